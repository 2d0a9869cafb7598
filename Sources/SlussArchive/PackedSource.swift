import SlussBundle

/// The packed bytes of a bundle: as they lie in its file, or out of an age file.
///
/// One zstd frame and nothing more comes out of it, and only bytes that age has authenticated.
final class PackedSource {
    /// Whether the file is an age file.
    let isEncrypted: Bool
    /// How many bytes the file has.
    var byteCount: UInt64 { file.byteCount }
    /// Its name, for failures.
    var path: String { file.path }

    private let file: RegularFile
    private var opener: AgeStreamOpener?
    private var frame = ZstdFrameScanner()
    /// What has been read but not been given out.
    private var waiting: [UInt8]
    private var isAtEnd = false

    /// Opens the file, and its header if it is an age file.
    init(path: String, unlock: (AgeHeader) throws -> AgeFileKey) throws {
        file = try RegularFile(path: path)
        let start = try file.next()
        isEncrypted = start.starts(with: AgeHeader.start)
        waiting = start
        if isEncrypted {
            do {
                let (header, rest) = try AgeFile.header(of: file, start)
                var opener = AgeStreamOpener(try AgeFile.key(of: header, unlock))
                waiting = try opener.open(rest)
                self.opener = consume opener
            } catch let error as AgeError { throw Self.refusal(error, path) }
        }
        try frame.accept(waiting)
    }

    /// The next bytes of the frame; none when file and frame have come whole.
    func next() throws -> [UInt8] {
        if !waiting.isEmpty {
            defer { waiting = [] }
            return waiting
        }
        while !isAtEnd {
            let bytes = try opened(try file.next())
            try frame.accept(bytes)
            if !bytes.isEmpty { return bytes }
        }
        guard frame.hasBegun else { throw BundleRefusal.notABundle }
        guard frame.isAtEnd else { throw BundleRefusal.damaged }
        return []
    }

    /// What comes out of the file's next bytes; there are none at its end.
    private func opened(_ bytes: [UInt8]) throws -> [UInt8] {
        isAtEnd = bytes.isEmpty
        guard opener != nil else { return bytes }
        do throws(AgeError) {
            return try isAtEnd ? opener?.finish() ?? [] : opener?.open(bytes) ?? []
        } catch { throw Self.refusal(error, path) }
    }

    /// What an age file's fault means for the bundle in it.
    private static func refusal(_ error: AgeError, _ path: String) -> any Error {
        switch error {
        case .notAge, .unsupportedVersion: BundleRefusal.notABundle
        case .noMatchingKey, .wrongPassphrase: BundleRefusal.noKey
        case .workFactorTooHigh(_, let max):
            BundleRefusal.overLimit("scryptWorkFactorMax", max: UInt64(max))
        case .notEnoughMemory: FileFailure(.read, path, number: FileFailure.noMemory)
        case .malformedHeader, .headerMACMismatch, .truncated, .damagedChunk, .trailingData,
            .unusableRecipients:
            BundleRefusal.damaged
        }
    }
}
