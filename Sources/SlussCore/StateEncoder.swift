/// Writes a record's state as canonical bytes: equal states give equal bytes.
///
/// The layout is private to a store and to `stateDigest`; bundles hold writes, never states. See
/// docs/sync-model.md, "State digest". Numbers are LEB128, texts and lists carry their length,
/// everything unordered is sorted, and replica ids stand once, in a table at the head.
package struct StateEncoder {
    package private(set) var bytes: [UInt8] = []
    private var replicas: [ReplicaID: UInt64] = [:]

    package init() {}

    /// The canonical bytes of a state.
    package static func encode(_ state: RecordState) -> [UInt8] {
        var encoder = StateEncoder()
        encoder.append(state)
        return encoder.bytes
    }

    private mutating func append(_ state: RecordState) {
        bytes.append(StateDecoder.layout)
        bytes.append(contentsOf: state.record.bytes)
        append(state.kind)
        append(Text(state.audience.description))
        bytes.append(state.needsNewerRelease ? 1 : 0)
        let context = state.context.entries
        append(UInt64(context.count))
        for (index, entry) in context.enumerated() {
            bytes.append(contentsOf: entry.replica.bytes)
            append(entry.count)
            replicas[entry.replica] = UInt64(index)
        }
        append(UInt64(state.fields.count))
        for (key, field) in state.fields.sorted(by: { $0.key < $1.key }) {
            append(Text(key.path.description))
            bytes.append(key.family.rawValue)
            append(field)
        }
    }

    private mutating func append(_ field: FieldState) {
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
        guard let index = replicas[dot.replica] else {
            preconditionFailure("a state's context names every replica in it")
        }
        append(index)
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
