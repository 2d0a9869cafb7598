import SlussCore

/// What a line of an ALLOWED SIGNERS file allows its key.
///
/// The options are `namespaces`, `valid-after`, `valid-before` and `cert-authority`; any other
/// refuses the file.
struct SignerOptions: Hashable, Sendable {
    private static let quote = UInt8(ascii: "\"")

    private(set) var isAuthority = false
    private(set) var namespaces: PatternList?
    private(set) var validAfter: SignerMoment?
    private(set) var validBefore: SignerMoment?

    /// No options: the key may sign anything at any time.
    init() {}

    /// Reads the options of a line; names in either case, values in quotes.
    init(_ bytes: [UInt8]) throws(Malformed) {
        var rest = bytes[...]
        while true {
            try readOption(&rest)
            if rest.isEmpty { return }
            guard rest.first == UInt8(ascii: ","), rest.count > 1 else {
                throw Malformed("options")
            }
            rest = rest.dropFirst()
        }
    }

    private mutating func readOption(_ rest: inout ArraySlice<UInt8>) throws(Malformed) {
        let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ",") }
        rest = rest.dropFirst(name.count)
        switch String(decoding: name, as: UTF8.self).lowercased() {
        case "cert-authority": isAuthority = true
        case "namespaces":
            guard namespaces == nil, let list = PatternList(try Self.value(&rest)) else {
                throw Malformed("namespaces")
            }
            namespaces = list
        case "valid-after":
            guard validAfter == nil, let moment = SignerMoment(try Self.value(&rest)) else {
                throw Malformed("valid-after")
            }
            validAfter = moment
        case "valid-before":
            guard validBefore == nil, let moment = SignerMoment(try Self.value(&rest)) else {
                throw Malformed("valid-before")
            }
            validBefore = moment
        default: throw Malformed("an option that is not known")
        }
    }

    /// A value: `="…"`, in which `\"` stands for a quote.
    private static func value(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> [UInt8] {
        guard rest.starts(with: "=\"".utf8) else { throw Malformed("a value without quotes") }
        rest = rest.dropFirst(2)
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == quote { return value }
            if byte == UInt8(ascii: "\\"), rest.first == quote {
                rest = rest.dropFirst()
                value.append(quote)
            } else {
                value.append(byte)
            }
        }
        throw Malformed("a quote does not end")
    }

    /// What keeps the key from signing for `namespace` then, if anything.
    func refusal(
        namespace: String, at seconds: Int64, resolve: (SignerMoment) -> Int64?
    ) -> SignerRefusal? {
        if isAuthority { return .authorityOnly }
        if let namespaces, !namespaces.matches(namespace) { return .otherNamespace }
        var earliest: Int64?
        if let validAfter {
            guard let start = resolve(validAfter), start <= seconds else { return .notYetValid }
            earliest = start
        }
        if let validBefore {
            // OpenSSH does not read a line whose time ends where it begins.
            guard let end = resolve(validBefore), end >= seconds, end > earliest ?? .min else {
                return .expired
            }
        }
        return nil
    }
}

/// A moment as ssh-keygen(1) writes it: `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, and `Z`
/// behind it for UTC; else the computer's own time, which only the caller knows.
public struct SignerMoment: Hashable, Sendable {
    /// The year, 1971 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month.
    public let day: Int
    /// The hour, 0 to 23.
    public let hour: Int
    /// The minute, 0 to 59.
    public let minute: Int
    /// The second, 0 to 59.
    public let second: Int
    /// Whether the moment is in UTC.
    public let isUTC: Bool

    /// Reads a moment; `nil` if it is none of the calendar, or before 1971.
    public init?(_ bytes: [UInt8]) {
        var digits = bytes[...]
        isUTC = digits.last == UInt8(ascii: "Z") || digits.last == UInt8(ascii: "z")
        if isUTC { digits = digits.dropLast() }
        guard [8, 12, 14].contains(digits.count),
            digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else { return nil }
        var rest = digits.map { Int($0 - UInt8(ascii: "0")) }[...]
        func number(_ count: Int) -> Int {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count).reduce(0) { $0 * 10 + $1 }
        }
        year = number(4)
        month = number(2)
        day = number(2)
        hour = number(2)
        minute = number(2)
        second = number(2)
        guard year > 1970, Day(year: year, month: month, day: day) != nil, hour < 24, minute < 60,
            second < 60
        else { return nil }
    }
}
