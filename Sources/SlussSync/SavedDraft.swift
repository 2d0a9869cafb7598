/// A text that someone has begun on this machine, as its list shows it: without its content.
public struct SavedDraft: Hashable, Sendable {
    /// What the client calls it.
    public let id: String
    /// What it is a draft of.
    public let kind: String
    /// When it was saved, in seconds since 1970, as the machine's clock said.
    public let seconds: Int64
}
