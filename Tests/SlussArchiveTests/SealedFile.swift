import SlussArchive
import SlussBundle
import _SlussTestSupport

/// Bundles' files, closed and open, and what is made of them.
enum SealedFile {
    static func identity(_ number: UInt8) throws -> AgeIdentity {
        guard let identity = AgeIdentity(bytes: [UInt8](repeating: number, count: 32)) else {
            throw AgeError.noMatchingKey
        }
        return identity
    }

    static let entries = [
        BundleEntry(name: "bagit.txt", bytes: Array("ett\n".utf8)),
        BundleEntry(name: "data/README.txt", bytes: []),
        BundleEntry(name: "data/logs/x.ndjson", bytes: Array("tv\u{E5}\n".utf8)),
    ]

    static func large(_ count: Int = 600_000) -> [BundleEntry] {
        var generator = SplitMix64(seed: 5)
        let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return entries + [BundleEntry(name: "data/noise", bytes: noise)]
    }

    static func write(
        _ folder: TemporaryFolder, _ name: String, _ sealing: Sealing,
        _ entries: [BundleEntry] = entries
    ) throws -> String {
        let writer = try ArchiveWriter(folder: folder.path, name: name, sealing: sealing)
        for entry in entries { try writer.append(entry) }
        try writer.finish()
        return try writer.commit()
    }

    static func sealing(to numbers: [UInt8]) throws -> (sealing: Sealing, key: AgeFileKey) {
        let key = AgeFileKey()
        let header = try AgeHeader(
            recipients: numbers.map { try identity($0).recipient }, fileKey: key)
        return (.sealed(header, key), key)
    }

    /// The entries of a file, and whether it was encrypted.
    static func read(
        _ path: String, unlock: (AgeHeader) throws -> AgeFileKey
    ) throws -> (entries: [BundleEntry], isEncrypted: Bool) {
        let reader = try ArchiveReader(path: path, unlock: unlock)
        var entries: [BundleEntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return (entries, reader.isEncrypted)
    }

    static func read(_ path: String, as number: UInt8) throws -> [BundleEntry] {
        try read(path) { try $0.unlock(identities: [identity(number)]) }.entries
    }

    static func refusal(_ path: String, as number: UInt8 = 1) -> BundleRefusal? {
        do {
            _ = try read(path, as: number)
            return nil
        } catch { return error as? BundleRefusal }
    }

    static func isSame(_ left: [BundleEntry], _ right: [BundleEntry]) -> Bool {
        left.map(\.name) == right.map(\.name) && left.map(\.bytes) == right.map(\.bytes)
    }
}
