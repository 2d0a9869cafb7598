/// A JSON text taken apart in the order in which it stands, so that members can be removed, doubled
/// and replaced by anything.
///
/// Reads only what Sluss writes itself: no white space.
indirect enum LooseJSON {
    /// Names, with their quotes and escapes, and values.
    case object([(name: String, value: LooseJSON)])
    case list([LooseJSON])
    /// A number, a text or a word, as it stands.
    case raw(String)

    /// One step from a value to one in it: the place of a member or of an element.
    typealias Path = [Int]

    init(_ text: String) {
        var rest = Array(text.utf8)[...]
        self.init(&rest)
    }

    private init(_ rest: inout ArraySlice<UInt8>) {
        switch rest.first {
        case UInt8(ascii: "{"):
            var members: [(name: String, value: LooseJSON)] = []
            rest.removeFirst()
            while let byte = rest.first, byte != UInt8(ascii: "}") {
                if byte == UInt8(ascii: ",") { rest.removeFirst() }
                let name = Self.token(&rest)
                rest.removeFirst()
                members.append((name, LooseJSON(&rest)))
            }
            rest = rest.dropFirst()
            self = .object(members)
        case UInt8(ascii: "["):
            var values: [LooseJSON] = []
            rest.removeFirst()
            while let byte = rest.first, byte != UInt8(ascii: "]") {
                if byte == UInt8(ascii: ",") { rest.removeFirst() }
                values.append(LooseJSON(&rest))
            }
            rest = rest.dropFirst()
            self = .list(values)
        default: self = .raw(Self.token(&rest))
        }
    }

    private static func token(_ rest: inout ArraySlice<UInt8>) -> String {
        var count = 0
        var isInText = false
        var isEscaped = false
        for byte in rest {
            if !isInText, ",:]}\n".utf8.contains(byte) { break }
            if byte == UInt8(ascii: "\""), !isEscaped { isInText.toggle() }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            count += 1
        }
        defer { rest = rest.dropFirst(count) }
        return String(decoding: rest.prefix(count), as: UTF8.self)
    }

    var text: String {
        switch self {
        case .object(let members):
            "{" + members.map { $0.name + ":" + $0.value.text }.joined(separator: ",") + "}"
        case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .raw(let text): text
        }
    }

    /// What is in it: a member's name, or an element's place.
    private var parts: [(name: String, value: LooseJSON)] {
        switch self {
        case .object(let members): members
        case .list(let values): values.enumerated().map { ("[\($0.offset)]", $0.element) }
        case .raw: []
        }
    }

    /// Every member and element, however deep, with a name for people: `"sender"."unit"`.
    var places: [(path: Path, name: String)] {
        parts.enumerated().flatMap { index, part in
            [([index], part.name)]
                + part.value.places.map { ([index] + $0.path, part.name + "." + $0.name) }
        }
    }

    /// The value at a place.
    subscript(path: Path) -> LooseJSON {
        guard let first = path.first else { return self }
        return parts[first].value[Array(path.dropFirst())]
    }

    /// The same with other members or elements in the place of one.
    func replacing(
        _ path: Path, with others: (String, LooseJSON) -> [(name: String, value: LooseJSON)]
    ) -> LooseJSON {
        guard let index = path.first else { return self }
        var parts = parts
        let (name, value) = parts[index]
        let rest = Array(path.dropFirst())
        let new =
            rest.isEmpty
            ? others(name, value) : [(name, value.replacing(rest, with: others))]
        parts.replaceSubrange(index...index, with: new)
        if case .list = self { return .list(parts.map(\.value)) }
        return .object(parts)
    }
}
