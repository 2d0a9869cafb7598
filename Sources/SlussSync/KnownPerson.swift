/// Someone who writes on this machine, as the machine knows them.
///
/// Known here alone: it is no account, and nothing of it is ever sent.
public struct KnownPerson: Hashable, Sendable {
    /// What the machine calls the person: 16 hexadecimal digits.
    public let id: String
    /// The name as it was typed; text from outside, to be escaped when shown.
    public let name: String
    /// Whether the person's drafts open with a PIN only.
    public let hasPIN: Bool
}
