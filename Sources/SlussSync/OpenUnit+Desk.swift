import SlussBundle
import SlussCore
public import SlussDomain
import SlussStore

/// What the client on a shared computer needs besides.
extension OpenUnit {
    /// The number of the newest of this store's bundles that the central says it has merged; 0 if
    /// it names none.
    public func confirmedByCentral() throws -> UInt64 {
        try store.read { try $0.peers().filter(\.isCentral).map(\.heard).max() ?? 0 }
    }

    /// The idea of that number, if the code is the one on its receipt.
    ///
    /// - Throws: ``InputError/wrongReceipt`` for a wrong number as for a wrong code, so that nobody
    ///   learns which of the two it was.
    public func idea(_ number: String, openedWith code: String) throws -> Idea {
        let letters = code.uppercased().filter(\.isLetter)
        let typed = "\(letters)-\(code.filter(\.isNumber))"
        return try store.read { transaction in
            for record in try transaction.records(number: number.uppercased()) {
                guard let idea = Idea(record.state),
                    let hash = record.state.value("receipt")?["scrypt"]?.asText,
                    try ReceiptHash.hash(typed, record: record.state.record).description == hash
                else { continue }
                return idea
            }
            throw InputError.wrongReceipt
        }
    }

    /// Begins the notes of a meeting today, with what the last one has left.
    ///
    /// Open actions come along as actions of the new note; the answers to the unit's ideas since
    /// the last meeting stand under their item.
    public func startMeeting(by person: Person) throws -> Meeting {
        let last = try meetings(unit: unit.description).last
        let ideas = try ideas(unit: unit.description)
        var entry = MeetingEntry()
        entry.day = today
        let answers = AgendaFill.answers(ideas, since: last?.day)
        if !answers.isEmpty {
            let item = StandingAgenda.items.first { $0.number == StandingAgenda.answersItem }
            entry.items.append(
                NoteLine(
                    item: StandingAgenda.answersItem, title: item?.title.swedish, text: answers))
        }
        for action in last.map(AgendaFill.openActions) ?? [] {
            entry.actions.append(
                NoteLine(
                    item: StandingAgenda.actionsItem, title: nil, text: action.text,
                    more: [action.who ?? "", action.due ?? "", action.status.rawValue]))
        }
        return try add(entry, by: person)
    }
}
