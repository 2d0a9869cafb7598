/// A list of who may sign: the ALLOWED SIGNERS file of ssh-keygen(1).
///
/// Stricter than OpenSSH, never laxer: where `ssh-keygen` passes over a line that it cannot read,
/// the whole file is refused here, so that nobody believes in a line that does nothing. Lines with
/// keys of other kinds than Ed25519, and lines with `cert-authority`, are read and let nobody in.
public struct AllowedSigners: Sendable {
    /// Bytes of a file: a thousand signers take a tenth of this.
    public static let bytesMax = 1 << 20
    /// Bytes of a line: that of the largest RSA key which OpenSSH takes has 3 000.
    public static let lineBytesMax = 16 << 10
    /// Lines of a file.
    public static let linesMax = 10_000

    /// One line that names a key.
    struct Entry: Hashable, Sendable {
        /// Patterns of names, as they stand in the file.
        let principals: PatternList
        /// The key; `nil` if it is of a kind that is not used here.
        let key: DeviceKey?
        let options: SignerOptions
    }

    let entries: [Entry]

    /// Reads a file.
    ///
    /// Lines may end as on Windows, and the last one need not end.
    public init(bytes: [UInt8]) throws(AllowedSignersError) {
        guard bytes.count <= Self.bytesMax else { throw .tooLong(max: Self.bytesMax) }
        var entries: [Entry] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count <= Self.linesMax + 1 else { throw .tooManyLines(max: Self.linesMax) }
        for (index, line) in lines.enumerated() {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            do throws(Malformed) {
                if let entry = try Self.entry(line) { entries.append(entry) }
            } catch { throw .malformedLine(index + 1, reason: error.reason) }
        }
        self.entries = entries
    }

    /// Reads a line; `nil` for a comment or a line with nothing in it.
    private static func entry(_ line: ArraySlice<UInt8>) throws(Malformed) -> Entry? {
        guard line.count <= lineBytesMax else { throw Malformed("too long") }
        // Tabs separate as spaces do; OpenSSH would end the line at a NUL.
        guard line.allSatisfy({ $0 == UInt8(ascii: "\t") || $0 >= 0x20 && $0 != 0x7F }),
            String(validating: line, as: UTF8.self) != nil
        else { throw Malformed("a byte that is no text") }
        var scanner = SignerLineScanner(line)
        guard let first = scanner.peek, first != UInt8(ascii: "#") else { return nil }
        let principals = PatternList(try scanner.principals())
        guard let principals else { throw Malformed("principals") }
        var options = SignerOptions()
        if !scanner.isAtKey { options = try SignerOptions(try scanner.options()) }
        guard scanner.isAtKey else { throw Malformed("a key is missing") }
        return Entry(principals: principals, key: try scanner.key(), options: options)
    }

    /// Whether `key` may sign for `namespace`; answers with whom the key is said to belong to.
    ///
    /// As `ssh-keygen -Y verify`: the first line that lets the key in decides. A line with a
    /// pattern that is negated counts only where a `principal` is asked for, because without one
    /// nothing can be compared with it.
    ///
    /// - Parameters:
    ///   - principal: Who must have signed; `nil` for anyone in the list.
    ///   - seconds: When, in seconds since 1970.
    ///   - resolve: What a moment that a line names is in seconds since 1970; `nil` if it is none.
    /// - Throws: What is in the way, in the last of the lines with this key.
    public func principals(
        for key: DeviceKey, namespace: String, principal: String? = nil, at seconds: Int64,
        resolve: (SignerMoment) -> Int64?
    ) throws(SignerRefusal) -> String {
        var refusal = SignerRefusal.notListed
        for entry in entries where entry.key == key {
            if let principal {
                guard entry.principals.matches(principal) else {
                    refusal = .otherPrincipal
                    continue
                }
            } else if entry.principals.hasNegated {
                refusal = .otherPrincipal
                continue
            }
            if let reason = entry.options.refusal(
                namespace: namespace, at: seconds, resolve: resolve)
            {
                refusal = reason
                continue
            }
            return entry.principals.text
        }
        throw refusal
    }
}

/// Why a list of who may sign was not read.
public enum AllowedSignersError: Error, Hashable, Sendable {
    /// The file has more bytes than any such list.
    case tooLong(max: Int)
    /// The file has more lines than any such list.
    case tooManyLines(max: Int)
    /// A line is not what ssh-keygen(1) describes; the line is counted from 1.
    case malformedLine(Int, reason: String)
}

/// Why a list of who may sign does not let a key in.
public enum SignerRefusal: Error, Hashable, Sendable {
    /// The key is not in the list.
    case notListed
    /// The key is in the list, but not as the one who was asked for.
    case otherPrincipal
    /// The key is in the list as one that certifies others, not as one that signs.
    case authorityOnly
    /// The key is in the list, for other namespaces.
    case otherNamespace
    /// The key's time has not come.
    case notYetValid
    /// The key's time has passed.
    case expired
}
