import Glibc
import SlussBundle
import Testing
import _SlussTestSupport

@testable import SlussArchive

/// Age files opened for their own sake, and writing that fails.
@Suite struct AgeFileTests {
    private static func seal(_ plain: [UInt8], to folder: TemporaryFolder) throws -> String {
        let key = AgeFileKey()
        let header = try AgeHeader(
            recipients: [SealedFile.identity(1).recipient], fileKey: key)
        var sealer = AgeStreamSealer(key)
        return try folder.write(header.bytes + sealer.seal(plain) + sealer.finish(), to: "sealed")
    }

    private static func decrypt(_ path: String, into plain: inout [UInt8]) throws {
        try AgeFile.decrypt(path: path) {
            try $0.unlock(identities: [SealedFile.identity(1)])
        } body: {
            plain += $0
        }
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 300_000])
    func whatWasSealedIsHandedOut(size: Int) throws {
        let folder = try TemporaryFolder()
        let plain = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        var opened: [UInt8] = []
        try Self.decrypt(Self.seal(plain, to: folder), into: &opened)
        let isSame = opened == plain
        #expect(isSame)
    }

    /// F59 and F60: whatever is wrong, not one byte comes out.
    @Test func nothingIsHandedOutOfAFileThatIsNotWhole() throws {
        let folder = try TemporaryFolder()
        let plain = [UInt8](repeating: 1, count: 200_000)
        let whole = try bytes(ofFile: Self.seal(plain, to: folder))
        var flipped = whole
        flipped[whole.count - 1] ^= 1
        for (file, expected) in [
            (flipped, AgeError.damagedChunk), (whole.dropLast(), .damagedChunk),
            (whole + [1], .damagedChunk), (Array(whole[..<100]), .truncated),
            (Array("hej".utf8), .notAge), ([], .notAge),
        ] {
            let path = try folder.write(file, to: "file")
            var opened: [UInt8] = []
            #expect(throws: expected) { try Self.decrypt(path, into: &opened) }
            #expect(opened.isEmpty)
        }
        let path = try folder.write(whole, to: "file")
        #expect(throws: AgeError.noMatchingKey) {
            try AgeFile.decrypt(path: path) {
                try $0.unlock(identities: [SealedFile.identity(2)])
            } body: { _ in
                Issue.record("handed out")
            }
        }
        var opened: [UInt8] = []
        #expect(throws: BundleRefusal.notABundle) {
            try Self.decrypt(folder.path, into: &opened)
        }
        #expect(throws: FileFailure.self) {
            try Self.decrypt(folder.path("none"), into: &opened)
        }
    }

    /// The second pass trusts nothing of the first.
    @Test func aFileThatChangesBetweenThePassesIsRefused() throws {
        let folder = try TemporaryFolder()
        let plain = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 >> 10) }
        let path = try Self.seal(plain, to: folder)
        let whole = try bytes(ofFile: path)
        var opened: [UInt8] = []
        #expect(throws: AgeError.damagedChunk) {
            try AgeFile.decrypt(path: path) {
                try $0.unlock(identities: [SealedFile.identity(1)])
            } body: { piece in
                if opened.isEmpty {
                    let descriptor = open(path, O_WRONLY)
                    pwrite(descriptor, [0, 0, 0], 3, whole.count - 20)
                    close(descriptor)
                }
                opened += piece
            }
        }
        let isTrue = plain.starts(with: opened)
        #expect(isTrue && opened.count < plain.count)
    }

    /// A full disk is told by its number, sealed or not, and nothing is written behind the hole.
    @Test func aFailedWriteIsKeptAndEndsTheFile() throws {
        for sealing in [Sealing.plain, try SealedFile.sealing(to: [1]).sealing] {
            let full = open("/dev/full", O_WRONLY)
            defer { close(full) }
            let sink = FileSink(full, sealing)
            let bytes = [UInt8](repeating: 1, count: 200_000)
            #expect(!bytes.withUnsafeBytes { sink.write($0) })
            #expect(sink.number == ENOSPC)
            #expect(!sink.finish())
            #expect(sink.number == ENOSPC)
        }
        let closed = FileSink(-1, .plain)
        #expect(![UInt8](repeating: 1, count: 1).withUnsafeBytes { closed.write($0) })
        #expect(closed.number == EBADF)
    }

    /// A whole export onto a disk that fills up: the number gets through libarchive.
    @Test func aWriterOnAFullDiskSaysSo() throws {
        let folder = try TemporaryFolder()
        for sealing in [Sealing.plain, try SealedFile.sealing(to: [1]).sealing] {
            let writer = try ArchiveWriter(folder: folder.path, name: "a", sealing: sealing)
            // The descriptor is the writer's own; /dev/full takes its place.
            let own = try #require(Self.descriptor(of: writer.temporaryPath))
            let full = open("/dev/full", O_WRONLY)
            dup2(full, own)
            close(full)
            #expect {
                for entry in SealedFile.large() { try writer.append(entry) }
                try writer.finish()
            } throws: { error in
                (error as? FileFailure)?.number == ENOSPC && (error as? FileFailure)?.act == .write
            }
        }
    }

    /// Which descriptor of this process has a file open.
    private static func descriptor(of path: String) -> Int32? {
        var wanted = stat()
        guard stat(path, &wanted) == 0 else { return nil }
        return (0..<1024).first { descriptor in
            var found = stat()
            return fstat(descriptor, &found) == 0 && found.st_ino == wanted.st_ino
                && found.st_dev == wanted.st_dev
        }
    }
}
