public import SlussCore
public import SlussDomain
import SlussStore

/// A status as someone sets it: where the idea stands, and what goes with that.
public struct StatusEntry: Sendable {
    /// The status.
    public var status: IdeaStatus
    /// Why, what, or the question.
    public var text: String?
    /// Who has it now: a role.
    public var owner: String?
    /// Until when.
    public var until: Day?
    /// Since when.
    public var day: Day?
    /// Why it was closed.
    public var reason: ClosingReason?
    /// Which other channel.
    public var channel: String?
    /// Which other idea: its number or id.
    public var target: String?
    /// Whether to set it though it does not follow, or something is missing.
    public var isForced = false

    /// A status alone.
    public init(_ status: IdeaStatus, text: String? = nil) {
        self.status = status
        self.text = text
    }
}

extension StatusEntry {
    /// A status that is set whatever stands: for lists read in, and for tests.
    package static func forced(_ status: IdeaStatus, text: String? = nil) -> Self {
        var entry = Self(status, text: text)
        entry.isForced = true
        return entry
    }
}

extension OpenUnit {
    /// The value of a status, if it may follow what stands and says what must be said.
    ///
    /// - Parameter answer: An answer in the same write: it is a first word, too.
    func statusValue(
        _ entry: StatusEntry, on state: RecordState, answer: String?,
        in transaction: StoreTransaction
    ) throws -> FieldValue {
        guard let idea = Idea(state) else { throw InputError.nothingToChange }
        let before = idea.standingStatuses
        let value = try statusParts(entry, in: transaction)
        if !entry.isForced {
            try refuseStep(entry.status, after: before)
            let missing = entry.status.required.filter { part in
                if part == .text, entry.status == .received {
                    return value[.text] == nil && answer == nil && idea.answers.isEmpty
                }
                if part == .text, entry.status == .effectFollowedUp {
                    return value[.text] == nil && state.text("effect") == nil
                }
                return value[part] == nil
            }
            if !missing.isEmpty {
                throw InputError.statusNeeds(entry.status, missing)
            }
        }
        var members = Dictionary(
            uniqueKeysWithValues: value.map { ($0.key.rawValue, FieldValue.text(Text($0.value))) })
        members["state"] = .text(Text(entry.status.rawValue))
        if let from = before.last { members["from"] = .text(Text(from)) }
        return .structure(members)
    }

    /// A status follows one that stands; where several do, any of them.
    private func refuseStep(_ status: IdeaStatus, after before: [String]) throws(InputError) {
        let known = before.compactMap(IdeaStatus.init)
        // The same again says more of it; after a later release's status, anything may come.
        guard !known.isEmpty, known.count == before.count, !known.contains(status),
            !known.contains(where: { $0.next.contains(status) })
        else { return }
        throw .statusDoesNotFollow(status, after: known[0])
    }

    private func statusParts(
        _ entry: StatusEntry, in transaction: StoreTransaction
    ) throws -> [StatusPart: String] {
        var parts: [StatusPart: String] = [:]
        let texts: [(StatusPart, String?, Int)] = [
            (.text, entry.text, 600), (.owner, entry.owner, 80), (.channel, entry.channel, 80),
        ]
        for (part, text, max) in texts {
            guard let text else { continue }
            let clean = try Entered.line(text, of: part.phrase, max: max)
            try Entered.refusePersonalNumber(clean, label: part.phrase, today: today)
            parts[part] = clean
        }
        parts[.until] = entry.until?.description
        parts[.day] = entry.day?.description
        if parts[.day] == nil, entry.status.required.contains(.day) {
            parts[.day] = today.description
        }
        parts[.reason] = entry.reason?.rawValue
        parts[.target] = try entry.target.map {
            try find($0, in: transaction).state.record.description
        }
        return parts
    }
}
