public import SlussCore

/// The taking back of a resolution: the values that it had settled stand side by side again.
///
/// It is an entry of the record, so it travels and every store judges alike. It holds as long as
/// the resolution's value stands; whoever settles anew replaces that, and the entry says nothing
/// any more. It names the writes that gave the values; whoever shows it looks whether they did.
///
/// - Invariant: the values are two or more, and different.
public struct Reopening: Hashable, Sendable {
    /// The field.
    public let path: FieldPath
    /// The resolution.
    public let settled: Dot
    /// The values, and the write that gave each.
    public let values: [Value]
    /// The write that took the resolution back.
    public let dot: Dot

    /// One of the values.
    public struct Value: Hashable, Sendable {
        /// The write that gave it.
        public let dot: Dot
        /// The value.
        public let value: FieldValue

        /// A value and who gave it.
        public init(dot: Dot, value: FieldValue) {
            self.dot = dot
            self.value = value
        }
    }

    /// Reads an entry; `nil` if it is none, or from nobody honest.
    init?(_ entry: Entry) {
        guard let path = entry.value["field"]?.asText.flatMap({ FieldPath($0) }),
            let settled = entry.value["settled"]?.asText.flatMap({ Dot($0) }),
            case .list(let list)? = entry.value["values"]
        else { return nil }
        let values = list.compactMap { item -> Value? in
            guard let dot = item["write"]?.asText.flatMap({ Dot($0) }), let value = item["value"]
            else { return nil }
            return Value(dot: dot, value: value)
        }
        guard values.count == list.count, Set(values.map(\.value)).count > 1 else { return nil }
        self.path = path
        self.settled = settled
        self.values = values
        dot = entry.dot
    }

    /// What is written to take a resolution back.
    public static func entry(
        _ path: FieldPath, settled: Dot, values: [Value], day: Day, role: Role
    ) -> FieldValue {
        .structure([
            "field": .text(path.description), "settled": .text(settled.description),
            "values": .list(
                values.map {
                    .structure(["write": .text($0.dot.description), "value": $0.value])
                }),
            "day": .text(day.description), "role": .text(role.rawValue),
        ])
    }

    private static let first = "reopening"
    private static let prefix = Array("\(first).".utf8)

    /// The field in which the reopening of a conflict is noted.
    public static func path(_ conflict: String) -> FieldPath? { FieldPath("\(first).\(conflict)") }

    /// Whether a field is one of those.
    public static func isOne(_ path: FieldPath) -> Bool {
        path.utf8.starts(with: prefix)
    }

    /// Whether the bytes of a state may hold one.
    public static func mayHold(_ state: [UInt8]) -> Bool {
        guard let letter = prefix.first else { return false }
        var rest = state[...]
        while let place = rest.firstIndex(of: letter) {
            if rest[place...].starts(with: prefix) { return true }
            rest = rest[(place + 1)...]
        }
        return false
    }
}

extension Dot {
    /// Reads the written form.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, let replica = ReplicaID(String(decoding: parts[0], as: UTF8.self)),
            let counter = UInt64(String(decoding: parts[1], as: UTF8.self)),
            (1...Dot.counterMax).contains(counter)
        else { return nil }
        self.init(replica: replica, counter: counter)
    }
}

extension RecordState {
    /// The resolutions that have been taken back and not been given again, by field.
    public var reopenings: [FieldPath: Reopening] {
        var holding: [FieldPath: Reopening] = [:]
        for (key, state) in fields where key.family == .entries && Reopening.isOne(key.path) {
            guard case .entries(let entries) = state else { continue }
            for reopening in entries.lazy.compactMap({ Reopening($0) })
            where Reopening.path(Conflict.id(record, reopening.path)) == key.path {
                if values(beside: reopening.settled, reopening.path) != nil {
                    holding[reopening.path] = reopening
                }
            }
        }
        return holding
    }

    /// The writer of whose own register a write's value is one, if the field has such registers.
    public func writer(of dot: Dot, _ path: FieldPath) -> Text? {
        guard case .own(let registers) = self[path, .own] else { return nil }
        return registers.first { $0.value.contains { $0.dot == dot } }?.key
    }

    /// Whether a write's value stands in a field.
    public func stands(_ dot: Dot, _ path: FieldPath) -> Bool { values(beside: dot, path) != nil }

    /// The other values of the register in which a write's value stands; `nil` if it does not.
    private func values(beside dot: Dot, _ path: FieldPath) -> [Sibling]? {
        var registers: [[Sibling]] = [siblings(path)]
        if case .own(let own) = self[path, .own] { registers += own.values }
        return registers.first { $0.contains { $0.dot == dot } }?.filter { $0.dot != dot }
    }

    /// The values that a person must choose between since a resolution was taken back: those that
    /// it had settled, and what has come since.
    func alternatives(of reopening: Reopening) -> [Alternative] {
        let given = reopening.values.flatMap { value in
            [value.dot, reopening.dot].map {
                Sibling(dot: $0, role: .employee, value: value.value)
            }
        }
        return Judgement.alternatives(
            of: (values(beside: reopening.settled, reopening.path) ?? []) + given)
    }
}
