import Glibc
import SlussArchive
import SlussBundle
import SlussDomain

/// The layers of a bundle, each alone: for whoever tests Sluss, or writes a tool that reads or
/// makes bundles.
///
/// They need no store and change nothing. The readers are those of a bundle; only
/// ``checkBag(_:)`` knows less of it: what any bag must be, not what a bundle must have.
public enum Layer {
    /// Reads lines of JSON from a descriptor until it ends.
    ///
    /// - Parameters:
    ///   - verdict: Called for each line, with what is wrong with it or `nil`.
    ///   - pause: Called before more is waited for: what was answered should be shown.
    public static func readJSON(
        from descriptor: Int32, verdict: (Explanation?) throws -> Void,
        pause: () throws -> Void
    ) throws {
        var checker = JSONLineChecker()
        try FileBytes.forEachPiece(of: descriptor, named: "-") { piece in
            try checker.accept(Array(piece)[...]) { fault in
                try verdict(fault.map { Explanation($0) })
            }
            try pause()
        }
        if let fault = checker.finish() { try verdict(Explanation(fault)) }
        try pause()
    }

    /// What is wrong with a file of a bag.
    public struct BagFinding: Sendable {
        /// The file or limit; a name from outside, to be escaped when shown.
        public let name: String
        /// What is wrong with it.
        public let explanation: Explanation
    }

    /// What a folder turned out to be.
    public struct BagReport: Sendable {
        /// How many files the payload has.
        public let files: UInt64
        /// How many bytes they have.
        public let bytes: UInt64
        /// What is wrong; none if the folder is a whole bag.
        public let findings: [BagFinding]
    }

    /// Checks that a folder is a whole BagIt 1.0 bag.
    public static func checkBag(_ folder: String) throws -> BagReport {
        let report = try BagFolder.check(folder)
        return BagReport(
            files: report.fileCount, bytes: report.byteCount,
            findings: report.faults.map {
                BagFinding(name: $0.name, explanation: Explanation($0))
            })
    }

    /// Who signed a file.
    public struct Signer: Sendable {
        /// Whom the list of signers says the key belongs to; text from outside.
        public let principals: String
        /// The key's fingerprint, as `ssh-keygen -l` shows it.
        public let fingerprint: String
    }

    /// What a signature is to be.
    public struct SignatureDemand: Sendable {
        /// What it must be good for.
        public var namespace: String
        /// Who must have signed; `nil` for anyone in the list.
        public var principal: String?
        /// When the key must have been valid, as ssh-keygen(1) writes it; `nil` for now.
        public var moment: String?

        /// Puts a demand together.
        public init(namespace: String, principal: String? = nil, moment: String? = nil) {
            self.namespace = namespace
            self.principal = principal
            self.moment = moment
        }
    }

    /// Checks a signature in OpenSSH's form over a file of any size.
    ///
    /// - Throws: ``LayerError`` if it is none, if it does not fit the file, or if the key is not
    ///   one that may sign so.
    public static func verifySignature(
        _ signaturePath: String, of path: String, signers signersPath: String,
        _ demand: SignatureDemand
    ) throws -> Signer {
        let signature = try signature(signaturePath)
        let signers = try signers(signersPath)
        let seconds = try seconds(demand.moment)
        var hash = RunningMessageHash(signature.algorithm)
        try FileBytes.forEachPiece(ofFile: path) { hash.append($0) }
        let fingerprint = signature.key.fingerprint
        guard signature.verifies(hash.hash, namespace: signature.namespace) else {
            throw LayerError.signatureMismatch(fingerprint: fingerprint)
        }
        guard signature.verifies(hash.hash, namespace: demand.namespace) else {
            throw LayerError.otherNamespace(signature.namespace, fingerprint: fingerprint)
        }
        do throws(SignerRefusal) {
            let principals = try signers.principals(
                for: signature.key, namespace: demand.namespace, principal: demand.principal,
                at: seconds, resolve: LocalMoment.seconds)
            return Signer(principals: principals, fingerprint: fingerprint)
        } catch { throw LayerError.signerNotAllowed(error, fingerprint: fingerprint) }
    }

    private static func signature(_ path: String) throws -> SSHSignature {
        let max = SSHSignature.armoredBytesMax
        guard let bytes = try FileBytes.all(ofFile: path, max: max) else {
            throw LayerError.noSignature(.tooLong(max: max))
        }
        do throws(SSHSignatureError) { return try SSHSignature(armored: bytes) } catch {
            throw LayerError.noSignature(error)
        }
    }

    private static func signers(_ path: String) throws -> AllowedSigners {
        let max = AllowedSigners.bytesMax
        guard let bytes = try FileBytes.all(ofFile: path, max: max) else {
            throw LayerError.noSigners(.tooLong(max: max))
        }
        do throws(AllowedSignersError) { return try AllowedSigners(bytes: bytes) } catch {
            throw LayerError.noSigners(error)
        }
    }

    private static func seconds(_ moment: String?) throws -> Int64 {
        guard let moment else { return Int64(time(nil)) }
        guard let seconds = SignerMoment(Array(moment.utf8)).flatMap(LocalMoment.seconds) else {
            throw InputError.malformed(
                Phrase("tidpunkten", "the moment"), example: "20260309, 202603091530Z")
        }
        return seconds
    }
}

/// Moments of this computer's calendar.
enum LocalMoment {
    /// The moment in seconds since 1970, as OpenSSH's `parse_absolute_time` reckons it: a time
    /// that is not UTC is the computer's standard time, in summer too.
    static func seconds(_ moment: SignerMoment) -> Int64? {
        var fields = tm()
        fields.tm_year = Int32(moment.year - 1900)
        fields.tm_mon = Int32(moment.month - 1)
        fields.tm_mday = Int32(moment.day)
        fields.tm_hour = Int32(moment.hour)
        fields.tm_min = Int32(moment.minute)
        fields.tm_sec = Int32(moment.second)
        let seconds = moment.isUTC ? timegm(&fields) : mktime(&fields)
        return seconds > 0 ? Int64(seconds) : nil
    }
}
