import SlussCore
import SlussDomain
import SlussSync
import SlussTerminal

extension Backend {
    func answerOfMeetings(_ effect: Effect) throws -> Reply? {
        switch effect {
        case .startMeeting:
            return card(try writing("meeting") { try $0.startMeeting(by: author) })
        case .showMeeting(let reference):
            return card(try reading().meeting(reference))
        case .changeMeeting(let reference, let change):
            return card(
                try writing("meeting") {
                    try $0.edit(
                        reference, try Self.entry(change, in: try $0.meeting(reference)),
                        by: author)
                })
        default:
            let unit = try reading()
            return .meetings(
                try unit.meetings(unit: unit.unit.description).reversed().map(MeetingRow.init))
        }
    }

    private func card(_ meeting: Meeting) -> Reply {
        .meeting(MeetingCard(meeting, today: today()))
    }

    private static func entry(
        _ change: MeetingChange, in meeting: Meeting
    ) throws -> MeetingEntry {
        var entry = MeetingEntry()
        switch change {
        case .present(let counts): entry.present = counts
        case .action(let place, let status): entry.actionStatuses = [(place, status)]
        case .ready: entry.status = .ready
        case .sign(let names):
            entry.status = .signed
            entry.signers = names
        case .write(let line): write(line, in: meeting, to: &entry)
        }
        return entry
    }

    private static func write(
        _ line: MeetingLine, in meeting: Meeting, to entry: inout MeetingEntry
    ) {
        func noteLine(_ more: [String]) -> NoteLine {
            NoteLine(item: line.item, title: nil, text: line.text, more: more)
        }
        switch line.kind {
        case .item:
            let hasTitle = meeting.items.contains {
                $0.item == line.item && $0.value("title") != nil
            }
            entry.items = [
                NoteLine(
                    item: line.item, title: hasTitle ? nil : line.title,
                    text: line.text(
                        over: meeting.items.filter { $0.item == line.item }.flatMap(\.texts)))
            ]
        case .decision:
            let mandate = line.isWithinMandate.map { $0 ? "inom mandat" : "ej inom mandat" }
            entry.decisions = [noteLine([line.who ?? "", mandate ?? ""])]
        case .action:
            entry.actions = [noteLine([line.who ?? "", line.due ?? ""])]
        case .lift: entry.lifts = [noteLine([line.who ?? "", line.due ?? ""])]
        case .addendum: entry.addendum = line.text
        }
    }
}
