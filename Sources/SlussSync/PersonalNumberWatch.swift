import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// Looks for personal numbers in the writes of a bundle (domain §8.2: again at export and merge).
///
/// What people enter here is looked at when they enter it; what comes from elsewhere may have been
/// written by an older release, or by a program that does not look. A run is not stopped for it:
/// logs have no gaps.
struct PersonalNumberWatch {
    /// Places that are remembered, so that no bundle costs more than a list.
    static let placesMax = 1000

    private struct Place: Hashable {
        let record: Int64
        let field: String
        let level: PersonalNumberScan.Level
    }

    private let today: Day
    private var found: [Place: (label: Phrase, count: Int)] = [:]

    init(today: Day) { self.today = today }

    /// Whether a line can hold one; nearly none can, and is not looked at more closely.
    static func mayHold(_ body: [UInt8]) -> Bool {
        body.withUnsafeBufferPointer { PersonalNumberScan.mayHold(line: $0) }
    }

    /// Whether a line holds one.
    static func holds(_ line: LogLine, today: Day) -> Bool {
        guard let body = line.bodyBytes, mayHold(body) else { return false }
        var watch = Self(today: today)
        watch.note(line.write, of: 0)
        return !watch.found.isEmpty
    }

    /// Looks at a write's texts.
    ///
    /// - Parameter record: The number that stands for its record in the store.
    mutating func note(_ write: Write, of record: Int64) {
        guard let body = write.body else { return }
        for text in [body.author, body.writer].compactMap(\.self) {
            note(text, Self.author, of: record)
        }
        if let reason = body.reason { note(reason, Self.reason, of: record) }
        let definition = KindDefinition.all[write.kind]
        // A receipt holds random digits and nothing that anybody has written.
        for change in body.changes where change.path != "receipt" {
            let known = definition?[change.path]
            let field = known.map { ($0.pattern.joined(separator: "."), $0.label) } ?? Self.other
            change.change.forEachText { note($0, field, of: record) }
        }
    }

    private typealias Field = (name: String, label: Phrase)
    private static let author: Field = ("author", Phrase("namn på den som skrev", "writer's name"))
    private static let reason: Field = ("reason", Phrase("skäl", "reason"))
    private static let other: Field = ("other", Phrase("annat fält", "another field"))

    private mutating func note(_ text: Text, _ field: Field, of record: Int64) {
        for finding in PersonalNumberScan.findings(in: text.string, today: today)
        where finding.level >= .likely || !finding.isProbablyOther {
            let place = Place(record: record, field: field.name, level: finding.level)
            guard found[place] != nil || found.count < Self.placesMax else { continue }
            found[place, default: (field.label, 0)].count += 1
        }
    }

    /// What was found, with the records' numbers as they are now.
    func report(
        _ act: PersonalNumberReport.Act, in transaction: StoreTransaction
    ) throws -> PersonalNumberReport {
        let sightings = try found.map { place, what in
            PersonalNumberReport.Sighting(
                record: try name(of: place.record, in: transaction), field: place.field,
                label: what.label, level: place.level, count: what.count)
        }
        return PersonalNumberReport(
            sightings.sorted {
                ($1.level, $0.record, $0.field) < ($0.level, $1.record, $1.field)
            }, in: act)
    }

    private func name(of record: Int64, in transaction: StoreTransaction) throws -> String {
        let state = try transaction.record(no: record).state
        // A number from outside may be one, too.
        return state.namedNumber.map { PersonalNumberScan.masked($0, today: today) }
            ?? state.record.description
    }
}

extension Change {
    /// Hands out the texts that the change brings.
    fileprivate func forEachText(_ body: (Text) -> Void) {
        switch self {
        case .set(let value), .settle(let value), .fix(let value), .own(let value),
            .append(let value):
            value.forEachText(body)
        case .add(let texts): texts.forEach(body)
        case .remove, .plus: break
        }
    }
}

extension FieldValue {
    fileprivate func forEachText(_ body: (Text) -> Void) {
        switch self {
        case .text(let text): body(text)
        case .list(let values): for value in values { value.forEachText(body) }
        case .structure(let members): for value in members.values { value.forEachText(body) }
        case .null, .flag, .integer: break
        }
    }
}
