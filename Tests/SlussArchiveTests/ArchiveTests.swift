import Foundation
import SlussArchive
import SlussBundle
import Testing
import _SlussTestSupport

/// One file on a real disk, written, read back, and damaged in every way.
@Suite struct ArchiveTests {
    private static let entries = [
        BundleEntry(name: "bagit.txt", bytes: Array("ett\n".utf8)),
        BundleEntry(name: "data/README.txt", bytes: []),
        BundleEntry(
            name: "data/logs/x.ndjson",
            bytes: (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }),
    ]

    private static func write(_ folder: TemporaryFolder, _ name: String = "a.sluss") throws
        -> String
    {
        let writer = try ArchiveWriter(folder: folder.path, name: name, sealing: .plain)
        for entry in entries { try writer.append(entry) }
        try writer.finish()
        return try writer.commit()
    }

    private static func read(_ path: String) throws -> [BundleEntry] {
        let reader = try ArchiveReader(path: path) { _ in throw AgeError.noMatchingKey }
        var entries: [BundleEntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    private static func refusal(_ path: String) -> BundleRefusal? {
        do {
            _ = try read(path)
            return nil
        } catch { return error as? BundleRefusal }
    }

    /// What is stored as it is stands in a frame like any other, to us and to `zstd`.
    @Test func whatIsNotPackedComesBackToo() throws {
        let folder = try TemporaryFolder()
        let writer = try ArchiveWriter(
            folder: folder.path, name: "a.sluss", sealing: .plain, packing: .stored)
        for entry in Self.entries { try writer.append(entry) }
        try writer.finish()
        let path = try writer.commit()
        #expect(try Self.read(path).map(\.bytes) == Self.entries.map(\.bytes))
        let other = try Self.write(folder, "b.sluss")
        #expect(
            try shell("zstd -dcq < '\(path)' | sha256sum")
                == shell("zstd -dcq < '\(other)' | sha256sum"))
    }

    @Test func entriesComeBackAndTheBytesAreTheSameEachTime() throws {
        let folder = try TemporaryFolder()
        let path = try Self.write(folder)
        let read = try Self.read(path)
        #expect(read.map(\.name) == Self.entries.map(\.name))
        #expect(read.map(\.bytes) == Self.entries.map(\.bytes))
        let again = try Self.write(folder, "b.sluss")
        #expect(try bytes(ofFile: path) == bytes(ofFile: again))
    }

    @Test func noTemporaryFileIsLeftBehind() throws {
        let folder = try TemporaryFolder()
        _ = try Self.write(folder)
        do {
            let writer = try ArchiveWriter(folder: folder.path, name: "halv.sluss", sealing: .plain)
            try writer.append(Self.entries[0])
        }
        do {
            let writer = try ArchiveWriter(
                folder: folder.path, name: "annan.sluss", sealing: .plain)
            try writer.append(Self.entries[0])
            try writer.finish()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.sluss"])
    }

    @Test func aFileCutAnywhereIsRefused() throws {
        let folder = try TemporaryFolder()
        let whole = try bytes(ofFile: Self.write(folder))
        for length in stride(from: 0, to: whole.count, by: 97) {
            let path = try folder.write(Array(whole[..<length]), to: "cut")
            #expect(Self.refusal(path) != nil, "cut at \(length)")
        }
        let path = try folder.write(Array(whole.dropLast()), to: "cut")
        #expect(Self.refusal(path) != nil)
    }

    @Test func aFlippedByteIsRefusedOrChangesNothingButContentsThatDigestsCover() throws {
        let folder = try TemporaryFolder()
        let whole = try bytes(ofFile: Self.write(folder))
        var generator = SplitMix64(seed: 1)
        for _ in 0..<300 {
            var changed = whole
            changed[Int.random(in: 0..<whole.count, using: &generator)] ^=
                UInt8(1 << Int.random(in: 0..<8, using: &generator))
            let path = try folder.write(changed, to: "flip")
            guard Self.refusal(path) == nil else { continue }
            #expect(try Self.read(path).map(\.name) == Self.entries.map(\.name))
        }
    }

    @Test(arguments: [
        "junk", "zeros", "twice",
    ])
    func whatFollowsTheEndIsRefused(what: String) throws {
        let folder = try TemporaryFolder()
        let whole = try bytes(ofFile: Self.write(folder))
        let tail: [UInt8] =
            switch what {
            case "junk": Array("hej".utf8)
            case "zeros": [UInt8](repeating: 0, count: 512)
            default: whole
            }
        let path = try folder.write(whole + tail, to: "tail")
        #expect(Self.refusal(path) != nil)
    }

    @Test func whatIsNoRegularFileOrNoPackedFileIsRefusedAtOnce() throws {
        let folder = try TemporaryFolder()
        let text = try folder.write(Array("Hej, det här är ingen sluss.".utf8), to: "text")
        let empty = try folder.write([], to: "empty")
        let age = try folder.write(Array("age-encryption.org/v1\n-> X".utf8), to: "age")
        #expect(Self.refusal(text) == .notABundle)
        #expect(Self.refusal(empty) == .notABundle)
        #expect(Self.refusal(age) == .damaged)
        #expect(Self.refusal(folder.path) == .notABundle)
        #expect(Self.refusal("/dev/zero") == .notABundle)
        mkfifo(folder.path("fifo"), 0o600)
        #expect(Self.refusal(folder.path("fifo")) == .notABundle)
        #expect(throws: FileFailure.self) { try Self.read(folder.path("none")) }
    }

    /// Archives by the standard tools, each with something that a bundle must not have.
    @Test(arguments: [
        ("gzip", "tar -czf out one"), ("plain tar", "tar -cf out one"),
        ("zip", "bsdtar --format zip -cf out one"), ("7z", "bsdtar --format 7zip -cf out one"),
        ("symlink", "ln -s one two; bsdtar --zstd -cf out two"),
        ("hard link", "ln one two; bsdtar --zstd -cf out one two"),
        ("folder", "mkdir d; bsdtar --zstd -cf out d"),
        ("other mode", "chmod 755 one; bsdtar --uid 0 --gid 0 --zstd -cf out one"),
        ("padded", "tar --owner 0 --group 0 --mtime @0 --mode 644 --zstd -cf out one"),
        ("parent", "tar -P --transform s,one,../one, --zstd -cf out one"),
    ])
    func foreignArchivesAreRefused(what: String, command: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("ett\n".utf8), to: "one")
        try shell("cd '\(folder.path)' && \(command)")
        #expect(Self.refusal(folder.path("out")) != nil, "\(what)")
    }

    @Test func whatAKilledProcessLeftIsSweptAwayAndNothingElse() throws {
        let folder = try TemporaryFolder()
        let mine = ArchiveWriter.temporaryPrefix + "\(ProcessInfo.processInfo.processIdentifier)-a"
        for name in [ArchiveWriter.temporaryPrefix + "999999999-a", mine, ".sluss-tmp-x", "a"] {
            try folder.write([1], to: name)
        }
        ArchiveWriter.sweep(folder.path)
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
                == [mine, ".sluss-tmp-x", "a"])
    }

    @Test func nothingHidesBehindTheFrame() throws {
        let folder = try TemporaryFolder()
        let whole = try bytes(ofFile: Self.write(folder))
        // A skippable frame (RFC 8878, section 3.1.2) and an empty one: readers pass over both.
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]
        let empty: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x20, 0, 1, 0, 0]
        for tail in [skippable, empty] {
            let path = try folder.write(whole + tail, to: "tail")
            #expect(Self.refusal(path) == .notCanonical)
        }
    }

    @Test func aFilePackedTwiceIsRefused() throws {
        let folder = try TemporaryFolder()
        let path = try Self.write(folder)
        try shell("zstd -q '\(path)' -o '\(folder.path("twice"))'")
        #expect(Self.refusal(folder.path("twice")) != nil)
    }

    private static let plainTar = "tar --owner 0 --group 0 --mtime @0 --mode 644 --zstd -cf out"

    @Test func aBombInOneFileIsStoppedBySize() throws {
        let folder = try TemporaryFolder()
        try shell("cd '\(folder.path)' && truncate -s 900M one && \(Self.plainTar) one")
        #expect(
            Self.refusal(folder.path("out"))
                == .overLimit("entryBytesMax", max: UInt64(BundleLimits.entryBytesMax)))
    }

    @Test func aBombInManyFilesIsStoppedByRatio() throws {
        let folder = try TemporaryFolder()
        try shell(
            "cd '\(folder.path)' && for i in $(seq 20); do truncate -s 4M f$i; done && \(Self.plainTar) f*"
        )
        #expect(
            Self.refusal(folder.path("out")) == .overLimit("ratioMax", max: BundleLimits.ratioMax))
    }

    @Test func manySmallFilesAreStoppedByRatioOrNumber() throws {
        let folder = try TemporaryFolder()
        try shell(
            """
            cd '\(folder.path)' && python3 - <<'END'
            import tarfile
            with tarfile.open('t.tar', 'w') as t:
                for i in range(210000):
                    t.addfile(tarfile.TarInfo(f'{i}'))
            END
            zstd -q t.tar -o out
            """)
        #expect(Self.refusal(folder.path("out"))?.code == "overLimit")
    }
}
