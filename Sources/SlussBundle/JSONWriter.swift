public import SlussCore

/// Writes one JSON text without spaces, in the order it is told: the form of a bundle's own lines.
///
/// Own code because the lines' bytes are digested as they are first written, so they must not
/// change with a library's release, and because Foundation's encoder is ten times too slow here.
public struct JSONWriter {
    /// The text so far.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Starts an empty text.
    public init() {}

    /// Writes an object around what `body` writes.
    public mutating func object(_ body: (inout JSONWriter) -> Void) {
        wrap(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// Writes a list around what `body` writes.
    public mutating func list(_ body: (inout JSONWriter) -> Void) {
        wrap(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    /// Writes a member's name; its value comes next.
    public mutating func key(_ name: String) {
        text(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a text.
    ///
    /// Escaped are `"`, `\` and controls below U+0020; the rest is UTF-8.
    public mutating func text(_ text: String) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\\"): bytes += [byte, byte]
            case 0..<0x20: bytes += Array("\\u00".utf8) + Array(Hex.string([byte]).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes an integer.
    public mutating func integer(_ number: some BinaryInteger) { raw(String(number)) }

    /// Writes a value; the members of structures in the order of their names' bytes.
    public mutating func value(_ value: FieldValue) {
        switch value {
        case .null: raw("null")
        case .flag(let flag): raw(flag ? "true" : "false")
        case .integer(let number): integer(number)
        case .text(let text): self.text(text.string)
        case .list(let values): list { writer in for value in values { writer.value(value) } }
        case .structure(let members):
            object { writer in
                for (name, value) in members.sorted(by: { Text($0.key) < Text($1.key) }) {
                    writer.key(name)
                    writer.value(value)
                }
            }
        }
    }

    private mutating func raw(_ text: String) {
        comma()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func wrap(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        comma()
        bytes.append(open)
        needsComma = false
        body(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }
}
