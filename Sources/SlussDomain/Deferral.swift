public import SlussCore

/// A conflict that somebody has put off, with why.
///
/// It is an entry of the record, so it travels; it holds as long as the values are those that were
/// put off. A further value brings the conflict back by itself.
public struct Deferral: Hashable, Sendable {
    /// Why.
    public let reason: String
    /// The day.
    public let day: String
    /// In what role.
    public let role: Role?

    /// A deferral.
    package init(reason: String, day: String, role: Role?) {
        self.reason = reason
        self.day = day
        self.role = role
    }
}

extension Conflict {
    /// The field in which putting it off is noted.
    public var deferralPath: FieldPath? { FieldPath("deferral.\(id)") }

    /// Names the values that are in conflict: other writes, another name.
    public var version: String {
        // FNV-1a, as for the id: it tells values apart that nobody forges against himself.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for dot in alternatives.flatMap(\.dots).sorted() {
            for byte in Array("\(dot)".utf8) {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            }
        }
        return String(hash, radix: 16)
    }
}

extension RecordState {
    /// How a conflict has been put off, if it is.
    public func deferral(of conflict: Conflict) -> Deferral? {
        guard let path = conflict.deferralPath, let last = entries(path).last?.value,
            last["values"]?.asText == conflict.version, let reason = last["text"]?.asText
        else { return nil }
        return Deferral(
            reason: reason, day: last["day"]?.asText ?? "–",
            role: last["role"]?.asText.flatMap { Role(rawValue: $0) })
    }
}
