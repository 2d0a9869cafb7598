import SlussBundle
import SlussCore

/// Reads what one unit of a workload does, a round at a time.
///
/// The form of the files is said at the head of `workload.py`, which makes them.
final class WorkloadReader {
    private let file: LineFile
    private let json = StrictJSON()
    /// What the unit has pulled before the round that comes next; `nil` at the end.
    private var nextSeen: [UInt32]?

    /// Opens the file of a unit.
    init(_ workload: Workload, unit: Int) throws {
        file = try LineFile(path: workload.path(ofUnit: unit))
        guard let first = try nextLine(), case .seen(let seen) = first else {
            throw WorkloadFailure(what: "\(file.path) begins with no pull")
        }
        nextSeen = seen
    }

    private enum Line {
        case seen([UInt32])
        case op(WorkloadOp)
    }

    /// The next round; `nil` after the last.
    func nextRound() throws -> WorkloadRound? {
        guard let seen = nextSeen else { return nil }
        nextSeen = nil
        var ops: [WorkloadOp] = []
        while let line = try nextLine() {
            switch line {
            case .op(let op): ops.append(op)
            case .seen(let next):
                nextSeen = next
                return WorkloadRound(seen: seen, ops: ops)
            }
        }
        return WorkloadRound(seen: seen, ops: ops)
    }

    /// The value of the op whose line begins at `offset`; not to be mixed with ``nextRound()``.
    func text(at offset: UInt64) throws -> String {
        try file.seek(to: offset)
        guard case .op(let op) = try nextLine() else {
            throw WorkloadFailure(what: "no op at \(offset) of \(file.path)")
        }
        return op.text
    }

    private func nextLine() throws -> Line? {
        let start = file.offset
        guard let bytes = file.next() else { return nil }
        guard let value = try? json.value(bytes[...]), let read = Self.line(value, start) else {
            throw WorkloadFailure(what: "a line of \(file.path) is not as workload.py writes it")
        }
        return read
    }

    private static func line(_ value: FieldValue, _ offset: UInt64) -> Line? {
        if case .list(let counts) = value["seen"] {
            return .seen(counts.compactMap { $0.asInteger.map { UInt32(clamping: $0) } })
        }
        guard let record = value["r"]?.asText.flatMap(recordID),
            let field = value["f"]?.asText.flatMap({ WorkloadField(rawValue: $0) }),
            let text = value["v"]?.asText, let sequence = value["s"]?.asInteger,
            let milliseconds = value["ts"]?.asInteger
        else { return nil }
        return .op(
            WorkloadOp(
                record: record, isIdea: value["t"]?.asText == "idea", field: field, text: text,
                sequence: UInt32(clamping: sequence),
                day: Day(number: Int(milliseconds / 86_400_000)), offset: offset))
    }

    /// The 128 bits of a ULID: 26 digits of Crockford's base 32.
    static func recordID(_ ulid: String) -> RecordID? {
        let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        guard ulid.utf8.count == 26 else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for byte in ulid.utf8 {
            guard let digit = letters.firstIndex(of: byte) else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(digit)
        }
        return RecordID(high: high, low: low)
    }
}
