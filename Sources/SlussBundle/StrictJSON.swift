import CSimdJSON
public import SlussCore

/// Reads JSON as strictly as RFC 8259 and I-JSON (RFC 7493) allow.
///
/// simdjson does the parsing; refused besides what it refuses are a byte order mark, equal keys in
/// one object, numbers that are not integers within ±(2^53 − 1), U+0000 in text, and nesting
/// beyond ``BundleLimits/depthMax``.
public final class StrictJSON {
    /// Why a text is not strict JSON.
    public enum Failure: String, Error, Sendable {
        case malformed = "not strict JSON"
        case tooDeep = "nested too deep"
        case duplicateKey = "the same key twice"
        case number = "a number that is not an integer within 2^53"
        case nulInText = "U+0000 in a text"
        case noMemory = "too large for this machine"
    }

    private let parser: OpaquePointer

    /// Makes a reader; it keeps its buffers for the next text.
    public init() {
        guard let parser = sluss_json_parser_new(BundleLimits.depthMax) else {
            preconditionFailure("no memory for a JSON parser")
        }
        self.parser = parser
    }

    deinit { sluss_json_parser_free(parser) }

    /// Parses one JSON text and hands it to `body`; the nodes are valid only there.
    func parse<Result>(
        _ bytes: ArraySlice<UInt8>, _ body: (JSONNode) throws(Malformed) -> Result
    ) throws(Malformed) -> Result {
        var nodes: UnsafePointer<sluss_json_node>?
        var count = 0
        let outcome = bytes.withUnsafeBufferPointer { buffer in
            sluss_json_parse(parser, buffer.baseAddress, buffer.count, &nodes, &count)
        }
        guard Int(outcome) == SLUSS_JSON_OK, let nodes, count > 0 else {
            throw Malformed(Self.failure(outcome).rawValue)
        }
        return try body(JSONNode(nodes: nodes))
    }

    /// Parses one JSON text into a value; for small texts and for tools.
    public func value(_ bytes: ArraySlice<UInt8>) throws(Failure) -> FieldValue {
        var nodes: UnsafePointer<sluss_json_node>?
        var count = 0
        let outcome = bytes.withUnsafeBufferPointer { buffer in
            sluss_json_parse(parser, buffer.baseAddress, buffer.count, &nodes, &count)
        }
        guard Int(outcome) == SLUSS_JSON_OK, let nodes, count > 0 else {
            throw Self.failure(outcome)
        }
        do { return try JSONNode(nodes: nodes).anyValue() } catch { throw .malformed }
    }

    private static func failure(_ outcome: Int32) -> Failure {
        switch Int(outcome) {
        case SLUSS_JSON_TOO_DEEP: .tooDeep
        case SLUSS_JSON_DUPLICATE_KEY: .duplicateKey
        case SLUSS_JSON_NUMBER: .number
        case SLUSS_JSON_NUL_IN_TEXT: .nulInText
        case SLUSS_JSON_NO_MEMORY: .noMemory
        default: .malformed
        }
    }
}

/// What is wrong with a text that must have a given shape; never holds the text itself.
struct Malformed: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// One value of a parsed text: a place in the parser's nodes, in preorder.
struct JSONNode {
    private let nodes: UnsafePointer<sluss_json_node>

    init(nodes: UnsafePointer<sluss_json_node>) { self.nodes = nodes }

    private var node: sluss_json_node { nodes.pointee }
    private var kind: Int { Int(node.kind) }

    /// The node behind this one and all it holds.
    private var next: JSONNode {
        var cursor = nodes + 1
        switch kind {
        case SLUSS_JSON_LIST:
            for _ in 0..<node.count { cursor = JSONNode(nodes: cursor).next.nodes }
        case SLUSS_JSON_STRUCTURE:
            for _ in 0..<node.count { cursor = JSONNode(nodes: cursor + 1).next.nodes }
        default: break
        }
        return JSONNode(nodes: cursor)
    }

    /// The text's bytes, if this is a text; valid as long as the nodes.
    var textBytes: UnsafeBufferPointer<UInt8>? {
        guard kind == SLUSS_JSON_TEXT else { return nil }
        let start = UnsafeRawPointer(node.text)?.assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: start, count: Int(node.count))
    }

    func text() throws(Malformed) -> String {
        guard let bytes = textBytes else { throw Malformed("a text is missing") }
        return String(decoding: bytes, as: UTF8.self)
    }

    func integer() throws(Malformed) -> Int64 {
        guard kind == SLUSS_JSON_INTEGER else { throw Malformed("a number is missing") }
        return node.integer
    }

    func flag() throws(Malformed) -> Bool {
        guard kind == SLUSS_JSON_TRUE || kind == SLUSS_JSON_FALSE else {
            throw Malformed("true or false is missing")
        }
        return kind == SLUSS_JSON_TRUE
    }

    var isNull: Bool { kind == SLUSS_JSON_NULL }

    func list(_ body: (JSONNode) throws(Malformed) -> Void) throws(Malformed) {
        guard kind == SLUSS_JSON_LIST else { throw Malformed("a list is missing") }
        var cursor = JSONNode(nodes: nodes + 1)
        for _ in 0..<node.count {
            try body(cursor)
            cursor = cursor.next
        }
    }

    func members(_ body: (String, JSONNode) throws(Malformed) -> Void) throws(Malformed) {
        guard kind == SLUSS_JSON_STRUCTURE else { throw Malformed("an object is missing") }
        var cursor = JSONNode(nodes: nodes + 1)
        for _ in 0..<node.count {
            let value = JSONNode(nodes: cursor.nodes + 1)
            try body(try cursor.text(), value)
            cursor = value.next
        }
    }

    /// A field's value; the names in it are plain (``FieldPath/isNameByte(_:)``).
    func fieldValue() throws(Malformed) -> FieldValue { try value(anyNames: false) }

    /// The value, whatever its names.
    func anyValue() throws(Malformed) -> FieldValue { try value(anyNames: true) }

    private func value(anyNames: Bool) throws(Malformed) -> FieldValue {
        switch kind {
        case SLUSS_JSON_NULL: return .null
        case SLUSS_JSON_FALSE: return .flag(false)
        case SLUSS_JSON_TRUE: return .flag(true)
        case SLUSS_JSON_INTEGER: return .integer(node.integer)
        case SLUSS_JSON_TEXT: return .text(try text())
        case SLUSS_JSON_LIST:
            var values: [FieldValue] = []
            try list { value throws(Malformed) in values.append(try value.value(anyNames: anyNames))
            }
            return .list(values)
        default:
            var members: [String: FieldValue] = [:]
            try self.members { name, value throws(Malformed) in
                guard anyNames || (!name.isEmpty && name.utf8.allSatisfy(FieldPath.isNameByte))
                else { throw Malformed("a name in a value is not plain") }
                members[name] = try value.value(anyNames: anyNames)
            }
            return .structure(members)
        }
    }
}
