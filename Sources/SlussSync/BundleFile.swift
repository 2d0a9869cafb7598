import SlussArchive
import SlussBundle

/// A bundle's file, read through once.
enum BundleFile {
    /// Reads a bundle to its end and hands out what is in it; throws if any of it is not right.
    ///
    /// - Returns: The manifest and the bundle's digest.
    @discardableResult
    static func read(
        _ path: String,
        unlock: (AgeHeader) throws -> AgeFileKey = { _ in throw AgeError.noMatchingKey },
        opened: (BundleManifest, BundleID) throws -> Void = { _, _ in },
        lines: ([LogLine]) throws -> Void = { _ in }
    ) throws -> (manifest: BundleManifest, id: BundleID) {
        let archive = try ArchiveReader(path: path, unlock: unlock)
        var reader = BundleReader()
        var found: BundleManifest?
        while let entry = try archive.next() {
            switch try reader.accept(entry) {
            case .none: continue
            case .opened(let manifest, let id):
                found = manifest
                try opened(manifest, id)
            case .writes(let writes): try lines(writes)
            }
        }
        let id = try reader.finish()
        guard let found else { throw BundleRefusal.damaged }
        return (found, id)
    }
}
