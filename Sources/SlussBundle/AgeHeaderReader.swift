/// Reads the header of an age file from bytes that come in pieces.
///
/// Strict: what it takes is exactly what age-encryption.org/v1, "ABNF definition of file header",
/// allows, within ``AgeLimits``.
public struct AgeHeaderReader: Sendable {
    private enum Step: Sendable {
        case version
        case stanzaOrEnd
        case body(arguments: [[UInt8]], bytes: [UInt8])
    }

    private static let newline = UInt8(ascii: "\n")
    private static let family = Array("age-encryption.org/".utf8)
    private static let columns = 64

    private var step = Step.version
    private var bytes: [UInt8] = []
    /// Where the line begins that has not come whole.
    private var lineStart = 0
    private var stanzas: [AgeStanza] = []

    /// Starts before the first byte.
    public init() {}

    /// Takes the next bytes.
    ///
    /// - Returns: The header once it has come whole, and what follows it in `more`; the reader is
    ///   then done.
    public mutating func accept(
        _ more: ArraySlice<UInt8>
    ) throws(AgeError) -> (header: AgeHeader, rest: ArraySlice<UInt8>)? {
        var rest = more
        while !rest.isEmpty {
            let room = AgeLimits.lineBytesMax + 1 - (bytes.count - lineStart)
            let piece = rest.prefix(room)
            let end = piece.firstIndex(of: Self.newline)
            let taken = end.map { piece[...$0] } ?? piece
            bytes += taken
            rest = rest[taken.endIndex...]
            guard bytes.count <= AgeLimits.headerBytesMax else {
                throw .malformedHeader(reason: "longer than \(AgeLimits.headerBytesMax) bytes")
            }
            let line = bytes[lineStart...]
            if case .version = step { try Self.checkFamily(line) }
            guard end != nil else {
                guard line.count <= AgeLimits.lineBytesMax else {
                    throw .malformedHeader(
                        reason: "a line longer than \(AgeLimits.lineBytesMax) bytes")
                }
                continue
            }
            if let header = try accept(line: line.dropLast()) { return (header, rest) }
            lineStart = bytes.count
        }
        return nil
    }

    /// Ends before the header has come whole: says what is wrong with that.
    public func end() -> AgeError {
        if case .version = step, bytes.count < Self.family.count { return .notAge }
        return .truncated
    }

    /// Tells a file of another kind by its first bytes, not by a first line that never ends.
    private static func checkFamily(_ line: ArraySlice<UInt8>) throws(AgeError) {
        guard zip(line, family).allSatisfy({ $0 == $1 }) else { throw .notAge }
    }

    private mutating func accept(line: ArraySlice<UInt8>) throws(AgeError) -> AgeHeader? {
        switch step {
        case .version:
            guard line.count >= Self.family.count else { throw .notAge }
            guard line.elementsEqual(AgeHeader.start) else {
                guard line.allSatisfy(Self.isVisible), line.count > Self.family.count else {
                    throw .malformedHeader(reason: "version")
                }
                throw .unsupportedVersion
            }
            step = .stanzaOrEnd
        case .stanzaOrEnd:
            if line.starts(with: "---".utf8) { return try finish(line) }
            step = .body(arguments: try Self.arguments(line), bytes: [])
        case .body(let arguments, var body):
            guard line.count <= Self.columns,
                let part = CanonicalBase64.decode(line, padded: false)
            else { throw .malformedHeader(reason: "stanza body") }
            body += part
            if line.count == Self.columns {
                step = .body(arguments: arguments, bytes: body)
            } else {
                try add(AgeStanza(arguments: arguments, body: body))
                step = .stanzaOrEnd
            }
        }
        return nil
    }

    private static func isVisible(_ byte: UInt8) -> Bool { 0x21...0x7E ~= byte }

    private static func arguments(_ line: ArraySlice<UInt8>) throws(AgeError) -> [[UInt8]] {
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].elementsEqual("->".utf8),
            parts.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy(isVisible) })
        else { throw .malformedHeader(reason: "stanza") }
        return parts.dropFirst().map { Array($0) }
    }

    private mutating func add(_ stanza: AgeStanza) throws(AgeError) {
        stanzas.append(stanza)
        guard stanzas.count <= AgeLimits.stanzasMax else {
            throw .malformedHeader(reason: "more than \(AgeLimits.stanzasMax) stanzas")
        }
    }

    private func finish(_ line: ArraySlice<UInt8>) throws(AgeError) -> AgeHeader {
        let mark = Array("--- ".utf8)
        guard line.starts(with: mark),
            let mac = CanonicalBase64.decode(line.dropFirst(mark.count), padded: false),
            mac.count == 32
        else { throw .malformedHeader(reason: "MAC") }
        guard !stanzas.isEmpty else { throw .malformedHeader(reason: "no stanza") }
        let header = AgeHeader(
            bytes: bytes, coveredCount: lineStart + 3, stanzas: stanzas, mac: mac)
        guard !header.needsPassphrase || stanzas.count == 1 else {
            throw .malformedHeader(reason: "scrypt is not alone")
        }
        return header
    }
}
