public import SlussCore

/// Why a bundle was refused.
///
/// A refusal changes nothing. Payloads name entries, replicas and counts, never the text of an
/// idea or note, since messages end up in logs and bug reports. Entry names come from outside:
/// whoever shows them escapes them. The sentences for people are in SlussSync.
public enum BundleRefusal: Error, Hashable, Sendable {
    /// The file is not a regular file, not zstd, or not tar.
    case notABundle
    /// The file is encrypted, and none of the keys here opens it.
    case noKey
    /// The archive ends too early, or cannot be unpacked.
    case damaged
    /// Something follows the archive's end, or it is not packed as the format asks.
    case notCanonical
    /// The bundle is of a format that this release does not know.
    case unsupportedFormat(found: Int64, newestKnown: Int64)
    /// An entry that must be there is not, or not where it must be.
    case missingEntry(String)
    /// An entry that must not be there.
    case unexpectedEntry(String)
    /// An entry's bytes are not those that the manifest lists.
    case digestMismatch(String)
    /// A tag file is not as the format asks.
    case malformedFile(String, reason: String)
    /// A line of a log is not as the format asks.
    case malformedLine(file: String, line: Int, reason: String)
    /// Something is larger than the format allows.
    case overLimit(String, max: UInt64)
    /// A log's digests do not follow from its lines.
    case brokenChain(replica: ReplicaID)
    /// The bundle starts after the last write that is here.
    case missingHistory(of: ReplicaID, held: UInt64, firstInBundle: UInt64)
    /// A write's context names writes that are neither here nor in the bundle.
    case missingContext(of: ReplicaID, held: UInt64, needed: UInt64)
    /// The bundle continues a branch of a log that is not here: two machines have written under
    /// one name, and where they parted is not in the bundle.
    case missingBranch(of: ReplicaID, counter: UInt64)
    /// The bundle's signature is not right.
    case badSignature
    /// The bundle is not encrypted, and the network does not allow that.
    case notEncrypted
    /// The bundle was signed by a device that has not been let in.
    case unknownDevice(DeviceKey, unit: UnitCode)
    /// The bundle is of a network that this store has not been let into, since it is in none.
    case unknownNetwork(root: DeviceKey?)
    /// The bundle is of another network.
    case wrongNetwork(NetworkID?)
    /// The device that signed is another unit's than the bundle says.
    case wrongSender(UnitCode)
    /// The device has been shut out, and the bundle holds nothing that still counts.
    case revoked(DeviceKey, unit: UnitCode)
    /// A statement is not signed by who may say so.
    case untrustedStatement
    /// The bundle is for someone else.
    case wrongReceiver(String)
    /// A log is for a unit that this store has nothing to do with.
    case wrongAudience(String)

    /// The refusal's name in JSON and in fixtures.
    public var code: String {
        switch self {
        case .notABundle: "notABundle"
        case .noKey: "noKey"
        case .damaged: "damaged"
        case .notCanonical: "notCanonical"
        case .unsupportedFormat: "unsupportedFormat"
        case .missingEntry: "missingEntry"
        case .unexpectedEntry: "unexpectedEntry"
        case .digestMismatch: "digestMismatch"
        case .malformedFile: "malformedFile"
        case .malformedLine: "malformedLine"
        case .overLimit: "overLimit"
        case .brokenChain: "brokenChain"
        case .missingHistory: "missingHistory"
        case .missingContext: "missingContext"
        case .missingBranch: "missingBranch"
        case .badSignature: "badSignature"
        case .notEncrypted: "notEncrypted"
        case .unknownDevice: "unknownDevice"
        case .unknownNetwork: "unknownNetwork"
        case .wrongNetwork: "wrongNetwork"
        case .wrongSender: "wrongSender"
        case .revoked: "revoked"
        case .untrustedStatement: "untrustedStatement"
        case .wrongReceiver: "wrongReceiver"
        case .wrongAudience: "wrongAudience"
        }
    }

    /// Whether an earlier bundle, or a new export, would make this one mergeable.
    public var isGap: Bool {
        switch self {
        case .missingHistory, .missingContext, .missingBranch: true
        default: false
        }
    }
}
