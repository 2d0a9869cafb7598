/// Reads what ``StateEncoder`` wrote.
///
/// The bytes come from a store file that may be damaged, so every step is checked and nothing
/// traps.
package struct StateDecoder {
    /// The number of the layout, first byte of every state.
    static let layout: UInt8 = 1

    /// The bytes are not a state: the store is damaged.
    package struct Damaged: Error {}

    /// Where a field stands.
    struct Field {
        /// Its first byte, of its path's length.
        let start: Int
        let path: Range<Int>
        let family: FieldFamily
        /// The first byte of what the field holds.
        let content: Int
        /// The byte after its last.
        let end: Int
    }

    /// What stands before the fields.
    struct Head {
        let record: RecordID
        let kind: Text
        let audience: Audience
        let needsNewerRelease: Bool
        let context: VersionVector
    }

    private let bytes: [UInt8]
    private var place = 0
    private(set) var replicas: [ReplicaID] = []

    /// Reads a state.
    package static func decode(_ bytes: [UInt8]) throws(Damaged) -> RecordState {
        var decoder = StateDecoder(bytes: bytes)
        let state = try decoder.state()
        guard decoder.place == bytes.count else { throw Damaged() }
        return state
    }

    /// Reads which writes a state stands for, and no more of it.
    package static func context(of bytes: [UInt8]) throws(Damaged) -> VersionVector {
        var decoder = StateDecoder(bytes: bytes)
        return try decoder.head().context
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Begins at a field's content, with the replicas of the state's head.
    init(bytes: [UInt8], at place: Int, _ replicas: [ReplicaID]) {
        self.bytes = bytes
        self.place = place
        self.replicas = replicas
    }

    mutating func head(likely: Audience? = nil) throws(Damaged) -> Head {
        guard try byte() == Self.layout, let record = RecordID(bytes: try take(16)) else {
            throw Damaged()
        }
        let kind = try text()
        let audience = try audience(likely)
        let needsNewerRelease = try byte() == 1
        var context = VersionVector()
        for _ in 0..<(try count()) {
            guard let replica = ReplicaID(bytes: try take(16)) else { throw Damaged() }
            // Sorted, each once: what looks a replica up relies on it.
            guard replicas.last.map({ $0 < replica }) ?? true else { throw Damaged() }
            context[replica] = try counter()
            replicas.append(replica)
        }
        return Head(
            record: record, kind: kind, audience: audience, needsNewerRelease: needsNewerRelease,
            context: context)
    }

    private mutating func audience(_ likely: Audience?) throws(Damaged) -> Audience {
        let range = try skip(count())
        if let likely, likely.description.utf8.elementsEqual(bytes[range]) { return likely }
        guard let text = String(validating: bytes[range], as: UTF8.self),
            let audience = Audience(text)
        else { throw Damaged() }
        return audience
    }

    private mutating func state() throws(Damaged) -> RecordState {
        let head = try head()
        let number = try count()
        var fields: [FieldKey: FieldState] = [:]
        fields.reserveCapacity(min(number, 64))
        for _ in 0..<number {
            guard let path = FieldPath(bytes: bytes[try skip(count())]),
                let family = FieldFamily(rawValue: try byte())
            else { throw Damaged() }
            fields[FieldKey(path: path, family: family)] = try field(family)
        }
        return RecordState(
            record: head.record, kind: head.kind, audience: head.audience, context: head.context,
            fields: fields, needsNewerRelease: head.needsNewerRelease)
    }

    /// Where the fields stand, without what they hold.
    mutating func fieldPlaces() throws(Damaged) -> [Field] {
        let number = try count()
        var fields: [Field] = []
        fields.reserveCapacity(min(number, 64))
        for _ in 0..<number {
            let start = place
            let path = try skip(count())
            guard let family = FieldFamily(rawValue: try byte()) else { throw Damaged() }
            let content = place
            try skipField(family)
            fields.append(
                Field(
                    start: start, path: path, family: family, content: content, end: place))
        }
        guard place == bytes.count else { throw Damaged() }
        return fields
    }

    private mutating func skipField(_ family: FieldFamily) throws(Damaged) {
        switch family {
        case .register:
            try skipSiblings()
            try skipDots()
        case .own:
            for _ in 0..<(try count()) {
                try skip(count())
                try skipSiblings()
            }
        case .elements:
            for _ in 0..<(try count()) {
                try skip(count())
                try skipDots()
            }
        case .total: _ = try number()
        case .entries:
            for _ in 0..<(try count()) {
                _ = try dot()
                _ = try number()
                try skipValue(0)
            }
        }
    }

    private mutating func skipSiblings() throws(Damaged) {
        for _ in 0..<(try count()) {
            _ = try dot()
            try skip(count())
            try skipValue(0)
        }
    }

    private mutating func skipDots() throws(Damaged) {
        for _ in 0..<(try count()) { _ = try dot() }
    }

    private mutating func skipValue(_ depth: Int) throws(Damaged) {
        guard depth < Self.depthMax else { throw Damaged() }
        switch try byte() {
        case 0, 1, 2: break
        case 3: _ = try number()
        case 4: try skip(count())
        case 5: for _ in 0..<(try count()) { try skipValue(depth + 1) }
        case 6:
            for _ in 0..<(try count()) {
                try skip(count())
                try skipValue(depth + 1)
            }
        default: throw Damaged()
        }
    }

    mutating func field(_ family: FieldFamily) throws(Damaged) -> FieldState {
        switch family {
        case .register: return .register(siblings: try siblings(), firsts: try dots())
        case .own:
            var registers: [Text: [Sibling]] = [:]
            for _ in 0..<(try count()) { registers[try text()] = try siblings() }
            return .own(registers)
        case .elements:
            var elements: [Text: [Dot]] = [:]
            for _ in 0..<(try count()) { elements[try text()] = try dots() }
            return .elements(elements)
        case .total: return .total(try signed())
        case .entries:
            var entries: [Entry] = []
            for _ in 0..<(try count()) {
                entries.append(Entry(dot: try dot(), weight: try number(), value: try value(0)))
            }
            return .entries(entries)
        }
    }

    private mutating func siblings() throws(Damaged) -> [Sibling] {
        var siblings: [Sibling] = []
        for _ in 0..<(try count()) {
            let dot = try dot()
            guard let role = Role(bytes: bytes[try skip(count())]) else { throw Damaged() }
            siblings.append(Sibling(dot: dot, role: role, value: try value(0)))
        }
        return siblings
    }

    private mutating func dots() throws(Damaged) -> [Dot] {
        var dots: [Dot] = []
        for _ in 0..<(try count()) { dots.append(try dot()) }
        return dots
    }

    private mutating func dot() throws(Damaged) -> Dot {
        let index = try number()
        guard index < UInt64(replicas.count) else { throw Damaged() }
        return Dot(replica: replicas[Int(index)], counter: try counter())
    }

    private mutating func counter() throws(Damaged) -> UInt64 {
        let number = try number()
        guard number > 0, number <= Dot.counterMax else { throw Damaged() }
        return number
    }

    /// The deepest nesting of a value: more than a bundle line may have (bundle-format.md).
    private static let depthMax = 64

    private mutating func value(_ depth: Int) throws(Damaged) -> FieldValue {
        guard depth < Self.depthMax else { throw Damaged() }
        switch try byte() {
        case 0: return .null
        case 1: return .flag(false)
        case 2: return .flag(true)
        case 3: return .integer(try signed())
        case 4: return .text(try text())
        case 5:
            var values: [FieldValue] = []
            for _ in 0..<(try count()) { values.append(try value(depth + 1)) }
            return .list(values)
        case 6:
            var members: [String: FieldValue] = [:]
            for _ in 0..<(try count()) { members[try text().string] = try value(depth + 1) }
            return .structure(members)
        default: throw Damaged()
        }
    }

    private mutating func text() throws(Damaged) -> Text {
        let range = try skip(count())
        // Twice as fast as `String(validating:as:)`, and texts are most of a state.
        guard let text = try? UTF8Span(validating: bytes.span.extracting(range)) else {
            throw Damaged()
        }
        return Text(String(copying: text))
    }

    private mutating func signed() throws(Damaged) -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    /// A count of things that each take at least one byte, so it can never exceed what is left.
    private mutating func count() throws(Damaged) -> Int {
        let number = try number()
        guard number <= UInt64(bytes.count - place) else { throw Damaged() }
        return Int(number)
    }

    private mutating func number() throws(Damaged) -> UInt64 {
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let next = try byte()
            result |= UInt64(next & 0x7F) << shift
            if next & 0x80 == 0 { return result }
        }
        throw Damaged()
    }

    private mutating func byte() throws(Damaged) -> UInt8 {
        guard place < bytes.count else { throw Damaged() }
        place += 1
        return bytes[place - 1]
    }

    private mutating func take(_ count: Int) throws(Damaged) -> ArraySlice<UInt8> {
        bytes[try skip(count)]
    }

    @discardableResult
    private mutating func skip(_ count: Int) throws(Damaged) -> Range<Int> {
        guard count <= bytes.count - place else { throw Damaged() }
        place += count
        return place - count..<place
    }
}
