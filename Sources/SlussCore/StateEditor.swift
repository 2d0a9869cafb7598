/// Folds writes into a record's stored state without reading what they do not touch.
///
/// Gives byte for byte what decoding the state, ``RecordState/apply(_:)-swift.method`` and encoding
/// it would give: fields that no write changes are copied as they are. Most writes change one of a
/// record's ten or twenty fields, and the others hold most of its text.
package struct StateEditor: Sendable {
    /// A part of a field that has been changed.
    package struct Part: Sendable {
        /// Which.
        package let key: FieldKey
        /// As it was; `nil` if it was not there.
        package let before: FieldState?
        /// As it is now.
        package var now: FieldState
        /// Its place among the fields that are stored.
        fileprivate let place: Int?
    }

    /// The record.
    package let record: RecordID
    /// Its kind.
    package let kind: Text
    /// Who it is for.
    package let audience: Audience
    /// Every write that has been folded in.
    package private(set) var context: VersionVector
    /// What has been changed.
    package private(set) var parts: [Part] = []
    /// Whether a write held something that this release does not know.
    package private(set) var needsNewerRelease: Bool
    /// The parts' places, once there are more than a few.
    private var places: [FieldKey: Int] = [:]
    private let bytes: [UInt8]
    private let replicas: [ReplicaID]
    private let fields: [StateDecoder.Field]

    /// A record that nobody has written yet.
    package init(record: RecordID, kind: Text, audience: Audience) {
        self.record = record
        self.kind = kind
        self.audience = audience
        context = VersionVector()
        needsNewerRelease = false
        bytes = []
        replicas = []
        fields = []
    }

    /// Opens a stored state.
    ///
    /// - Parameter audience: Who it is likely for, which then need not be read.
    /// - Throws: ``StateDecoder/Damaged``.
    package init(
        _ bytes: [UInt8], audience: Audience? = nil
    ) throws(StateDecoder.Damaged) {
        var decoder = StateDecoder(bytes: bytes)
        let head = try decoder.head(likely: audience)
        record = head.record
        kind = head.kind
        self.audience = head.audience
        context = head.context
        needsNewerRelease = head.needsNewerRelease
        fields = try decoder.fieldPlaces()
        replicas = decoder.replicas
        self.bytes = bytes
    }

    /// Folds one more write in.
    ///
    /// - Precondition: as for ``RecordState/apply(_:)-swift.method``.
    package mutating func apply(_ write: Write) throws(StateDecoder.Damaged) {
        precondition(write.record == record, "a write is folded into its own record")
        precondition(write.kind == kind, "a write of another kind does not count")
        context.insert(write.dot)
        guard let body = write.body else { return }
        if body.needsNewerRelease { needsNewerRelease = true }
        for change in body.changes {
            let key = FieldKey(path: change.path, family: change.change.family)
            let index = try index(of: key)
            parts[index].now.apply(change.change, of: write, body)
        }
    }

    /// Up to so many are looked through; a crafted record can have a hundred thousand.
    private static let fewMax = 32

    /// The part's place among those that have been changed; it is read if it was not yet.
    private mutating func index(of key: FieldKey) throws(StateDecoder.Damaged) -> Int {
        if let known = known(key) { return known }
        if let place = place(of: key), let state = try stored(key) {
            parts.append(Part(key: key, before: state, now: state, place: place))
        } else {
            parts.append(Part(key: key, before: nil, now: .empty(key.family), place: nil))
        }
        if parts.count == Self.fewMax {
            for (index, part) in parts.enumerated() { places[part.key] = index }
        } else if parts.count > Self.fewMax {
            places[key] = parts.count - 1
        }
        return parts.count - 1
    }

    private func known(_ key: FieldKey) -> Int? {
        parts.count < Self.fewMax ? parts.firstIndex { $0.key == key } : places[key]
    }

    /// The field's place among those that are stored, which are sorted.
    private func place(of key: FieldKey) -> Int? {
        guard fields.count > Self.fewMax else { return fields.firstIndex { isField($0, key) } }
        var (low, high) = (0, fields.count)
        while low < high {
            let middle = (low + high) / 2
            if key.comes(before: fields[middle], in: bytes) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low > 0 && isField(fields[low - 1], key) ? low - 1 : nil
    }

    private func isField(_ field: StateDecoder.Field, _ key: FieldKey) -> Bool {
        field.family == key.family && key.path.isSpelled(bytes[field.path])
    }

    /// A part as it is stored, whether or not it has been changed; `nil` if it is not there.
    package func stored(_ key: FieldKey) throws(StateDecoder.Damaged) -> FieldState? {
        guard let place = place(of: key) else { return nil }
        var decoder = StateDecoder(bytes: bytes, at: fields[place].content, replicas)
        return try decoder.field(key.family)
    }

    /// A state with the changed fields only: enough to judge those.
    package var changes: RecordState {
        RecordState(
            record: record, kind: kind, audience: audience, context: context,
            fields: Dictionary(
                uniqueKeysWithValues: parts.filter { !$0.isGone }.map { ($0.key, $0.now) }),
            needsNewerRelease: needsNewerRelease)
    }

    /// The canonical bytes of the state, as ``StateEncoder`` writes them.
    package func encoded() throws(StateDecoder.Damaged) -> [UInt8] {
        var encoder = StateEncoder(capacity: bytes.count + 512)
        encoder.appendHead(
            record: record, kind: kind, audience: audience, needsNewerRelease: needsNewerRelease,
            context: context)
        let isAsBefore = replicas.elementsEqual(context.entries.lazy.map(\.replica))
        var now = [Int?](repeating: nil, count: fields.count)
        for (index, part) in parts.enumerated() { if let place = part.place { now[place] = index } }
        let gone = parts.count { $0.place != nil && $0.isGone }
        var newcomers = parts.filter { $0.place == nil && !$0.isGone }
            .sorted { $0.key < $1.key }[...]
        encoder.append(count: fields.count - gone + newcomers.count)
        for (place, field) in fields.enumerated() {
            while let newcomer = newcomers.first, newcomer.key.comes(before: field, in: bytes) {
                encoder.append(newcomer.key, newcomer.now)
                newcomers.removeFirst()
            }
            if let index = now[place] {
                if !parts[index].isGone { encoder.append(parts[index].key, parts[index].now) }
            } else if isAsBefore {
                encoder.append(raw: bytes[field.start..<field.end])
            } else {
                // A replica has come in between, and the others' places have moved.
                var decoder = StateDecoder(bytes: bytes, at: field.content, replicas)
                encoder.append(raw: bytes[field.start..<field.content])
                encoder.append(try decoder.field(field.family))
            }
        }
        for newcomer in newcomers { encoder.append(newcomer.key, newcomer.now) }
        return encoder.bytes
    }
}

extension StateEditor.Part {
    /// Whether it is a set that has lost its last element, and so is not there any more.
    fileprivate var isGone: Bool {
        if case .elements(let elements) = now { elements.isEmpty } else { false }
    }
}

extension FieldKey {
    fileprivate func comes(before field: StateDecoder.Field, in bytes: [UInt8]) -> Bool {
        let path = path.utf8
        if path.lexicographicallyPrecedes(bytes[field.path]) { return true }
        return path.elementsEqual(bytes[field.path]) && family < field.family
    }
}
