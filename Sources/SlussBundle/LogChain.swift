public import SlussCore

/// The hash chain of a log: each write's digest covers all writes before it, byte for byte.
///
/// `digest(n) = SHA-256(digest(n−1) ‖ SHA-256(envelope line) ‖ SHA-256(body line))`. The first link
/// names the replica and its audience, so that no log can be passed off as another's. A body that
/// has been erased is replaced by its digest, and the chain still verifies.
public enum LogChain {
    /// The digest before the first write: SHA-256 of `sluss log <replica> <audience>`.
    public static func start(_ replica: ReplicaID, _ audience: Audience) -> Digest {
        Digest.sha256(Array("sluss log \(replica) \(audience)".utf8))
    }

    /// The name of the branch of `root` whose first write has this digest.
    ///
    /// The first 16 bytes of SHA-256 of `sluss branch <root> <digest>`, of which the first three are
    /// replaced by `brn`: the same in every store, whichever branch it met first.
    public static func branch(of root: ReplicaID, firstDigest: Digest) -> ReplicaID {
        let name = Digest.sha256(Array("sluss branch \(root) \(firstDigest)".utf8)).bytes
        guard let replica = ReplicaID(bytes: name.prefix(16)) else {
            preconditionFailure("a digest has 32 bytes")
        }
        return replica.asBranchName
    }

    /// The digest after one more write.
    public static func next(
        after digest: Digest, envelope: some Collection<UInt8>, bodyDigest: Digest
    ) -> Digest {
        var running = RunningDigest()
        running.append(digest)
        running.append(Digest.sha256(envelope))
        running.append(bodyDigest)
        return running.digest
    }
}
