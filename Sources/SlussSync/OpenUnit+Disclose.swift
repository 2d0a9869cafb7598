import Foundation
import Glibc
import SlussArchive
public import SlussCore
import SlussDomain
import SlussStore

/// A record as it is handed out: all that was said, but for what is masked.
public struct Disclosure: Sendable {
    /// What stands where something is masked.
    public static let mask = "▮▮▮"
    /// The field in which it is noted.
    public static let path: FieldPath = "disclosure"

    /// What was asked for.
    public struct Order: Sendable {
        /// The number of the decision.
        public var decision: String
        /// To whom, if that is to be noted.
        public var whom: String?
        /// The fields that are masked.
        public var masked: [String]

        /// Puts an order together.
        public init(decision: String, whom: String?, masked: [String]) {
            self.decision = decision
            self.whom = whom
            self.masked = masked
        }
    }

    /// The record; raw.
    public let state: RecordState
    /// Every write to it.
    public let history: [HistoryItem]
    /// The decision and to whom, as checked.
    public let order: Order
    /// In what role it is handed out.
    public let role: Role
    /// The day.
    public let today: Day
    /// The masked fields, those included that may hold what they held.
    private let hidden: Set<FieldPath>

    init(
        _ state: RecordState, _ history: [HistoryItem], _ order: Order, _ role: Role, _ today: Day
    ) throws {
        var hidden: Set<FieldPath> = []
        for name in order.masked {
            guard let path = FieldPath(name), state.definition?[path] != nil,
                state.paths.contains(path)
            else {
                let names = state.paths.map(\.description).joined(separator: ", ")
                throw InputError.unknownChoice(
                    Phrase("fältet", "the field"), choices: Phrase(names, names))
            }
            hidden.formUnion([path] + ErasureNote.beside(path, of: state.record))
        }
        self.state = state
        self.history = history
        self.order = order
        self.role = role
        self.today = today
        self.hidden = hidden
    }

    /// Whether a field is masked.
    public func isMasked(_ path: FieldPath) -> Bool {
        // The page says what was said, never who said it.
        hidden.contains(path) || path == "submitter"
    }

    /// A text, with every number that is certainly or likely a person's covered.
    public func shown(_ text: String, of path: FieldPath) -> String {
        isMasked(path)
            ? Self.mask : PersonalNumberScan.masked(text, today: today) { $0.level >= .likely }
    }

    /// Why a write was made, if it may be told: it may tell of what was masked.
    public func reason(_ item: HistoryItem) -> String? {
        guard let body = item.body, let reason = body.reason else { return nil }
        return body.changes.contains { isMasked($0.path) }
            ? Self.mask : shown(reason.string, of: Self.path)
    }

    fileprivate var entry: FieldValue {
        var members: [String: FieldValue] = [
            "decision": .text(order.decision), "day": .text(today.description),
            "role": .text(role.rawValue),
            "masked": .list(order.masked.map { .text($0) }),
        ]
        if let whom = order.whom { members["to"] = .text(whom) }
        return .structure(members)
    }
}

extension OpenUnit {
    /// Writes a record as a page to be handed out, and notes that in the record.
    ///
    /// The page gets its name only once the note is stored, and never another file's.
    ///
    /// - Parameter page: What makes the page.
    public func disclose(
        _ reference: String, _ order: Disclosure.Order, by person: Person, to path: String,
        mark: String, page: (Disclosure) -> String
    ) throws {
        guard isCentral, person.role.isCentral else { throw InputError.roleNotHere }
        var order = order
        order.decision = try Entered.name(
            order.decision, of: Phrase("beslutet", "the decision"), today: today)
        order.whom = try order.whom.map {
            try Entered.name($0, of: Phrase("mottagaren", "the receiver"), today: today)
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw InputError.targetTaken(path)
        }
        let (state, items) = try history(reference)
        guard state.definition?[Disclosure.path] != nil else {
            throw InputError.noSuchRecord(reference)
        }
        guard !state.isBlocked else { throw InputError.blockedNote(reference) }
        let disclosure = try Disclosure(state, items, order, person.role, today)
        let url = URL(fileURLWithPath: path)
        let aside = url.deletingLastPathComponent().path + "/.\(url.lastPathComponent).new"
        try ReportFile.write([ReportFile(path: aside, text: page(disclosure), mark: mark)])
        defer { unlink(aside) }
        try write { transaction in
            var ledger = try ledger(transaction)
            try enter(
                &ledger, record: state.record, kind: state.kind, audience: state.audience,
                body: Write.Body(
                    role: person.role,
                    changes: [.init(Disclosure.path, .append(disclosure.entry))]))
        }
        guard link(aside, path) == 0 else {
            let number = errno
            if number == EEXIST { throw InputError.targetTaken(path) }
            // A file system without links, such as a stick's.
            guard rename(aside, path) == 0 else {
                throw FileFailure(.rename, path, number: errno)
            }
            return
        }
    }
}
