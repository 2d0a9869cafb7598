public import SlussCore
public import SlussDomain

/// The state of a set of audiences, as a digest and as four words for the phone.
///
/// Equal on any two stores that have the same writes for those audiences
/// (docs/sync-model.md, "State digest").
public struct StateCode: Hashable, Sendable {
    /// SHA-256 over every record, by id: the id and the SHA-256 of the state's canonical bytes.
    public let digest: Digest
    /// Four words.
    public var spoken: SpokenCode { SpokenCode(digest) }
}
