/// Writes a record's state as canonical bytes: equal states give equal bytes.
///
/// The layout is private to a store and to `stateDigest`; bundles hold writes, never states. See
/// docs/sync-model.md, "State digest". Numbers are LEB128, texts and lists carry their length,
/// everything unordered is sorted, and replica ids stand once, in a table at the head.
package struct StateEncoder {
    package private(set) var bytes: [UInt8] = []
    /// Those of the context, sorted: a dot names its replica by its place here.
    private var replicas: [ReplicaID] = []

    package init() {}

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// The canonical bytes of a state.
    package static func encode(_ state: RecordState) -> [UInt8] {
        var encoder = StateEncoder()
        encoder.append(state)
        return encoder.bytes
    }

    private mutating func append(_ state: RecordState) {
        appendHead(
            record: state.record, kind: state.kind, audience: state.audience,
            needsNewerRelease: state.needsNewerRelease, context: state.context)
        append(count: state.fields.count)
        for (key, field) in state.fields.sorted(by: { $0.key < $1.key }) { append(key, field) }
    }

    mutating func appendHead(
        record: RecordID, kind: Text, audience: Audience, needsNewerRelease: Bool,
        context: VersionVector
    ) {
        bytes.append(StateDecoder.layout)
        bytes.append(contentsOf: record.bytes)
        append(kind)
        append(Text(audience.description))
        bytes.append(needsNewerRelease ? 1 : 0)
        append(count: context.replicaCount)
        replicas.reserveCapacity(context.replicaCount)
        for entry in context.entries {
            bytes.append(contentsOf: entry.replica.bytes)
            append(entry.count)
            replicas.append(entry.replica)
        }
    }

    mutating func append(count: Int) { append(UInt64(count)) }

    mutating func append(_ key: FieldKey, _ field: FieldState) {
        append(UInt64(key.path.utf8.count))
        bytes.append(contentsOf: key.path.utf8)
        bytes.append(key.family.rawValue)
        append(field)
    }

    /// Appends what has been encoded already, with the same replicas.
    mutating func append(raw: ArraySlice<UInt8>) { bytes.append(contentsOf: raw) }

    mutating func append(_ field: FieldState) {
        switch field {
        case .register(let siblings, let firsts):
            append(siblings)
            append(firsts)
        case .own(let registers):
            append(UInt64(registers.count))
            for (writer, siblings) in registers.sorted(by: { $0.key < $1.key }) {
                append(writer)
                append(siblings)
            }
        case .elements(let elements):
            append(UInt64(elements.count))
            for (text, dots) in elements.sorted(by: { $0.key < $1.key }) {
                append(text)
                append(dots)
            }
        case .total(let total): append(signed: total)
        case .entries(let entries):
            append(UInt64(entries.count))
            for entry in entries {
                append(entry.dot)
                append(entry.weight)
                append(entry.value)
            }
        }
    }

    private mutating func append(_ siblings: [Sibling]) {
        append(UInt64(siblings.count))
        for sibling in siblings {
            append(sibling.dot)
            append(Text(sibling.role.rawValue))
            append(sibling.value)
        }
    }

    private mutating func append(_ dots: [Dot]) {
        append(UInt64(dots.count))
        for dot in dots { append(dot) }
    }

    private mutating func append(_ dot: Dot) {
        var (low, high) = (0, replicas.count)
        while low < high {
            let middle = (low + high) / 2
            if replicas[middle] < dot.replica { low = middle + 1 } else { high = middle }
        }
        precondition(
            low < replicas.count && replicas[low] == dot.replica,
            "a state's context names every replica in it")
        append(UInt64(low))
        append(dot.counter)
    }

    mutating func append(_ value: FieldValue) {
        switch value {
        case .null: bytes.append(0)
        case .flag(false): bytes.append(1)
        case .flag(true): bytes.append(2)
        case .integer(let integer):
            bytes.append(3)
            append(signed: integer)
        case .text(let text):
            bytes.append(4)
            append(text)
        case .list(let values):
            bytes.append(5)
            append(UInt64(values.count))
            for value in values { append(value) }
        case .structure(let members):
            bytes.append(6)
            append(UInt64(members.count))
            for (name, value) in members.sorted(by: { Text($0.key) < Text($1.key) }) {
                append(Text(name))
                append(value)
            }
        }
    }

    private mutating func append(_ text: Text) {
        append(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(signed number: Int64) {
        append(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    private mutating func append(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
