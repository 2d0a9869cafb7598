import Glibc
import SlussArchive
import SlussBundle

/// Files that may be bundles.
///
/// Ways: `0` the file as it is; `1` a tar, packed here; `2` what an age file holds, sealed here;
/// `3` a tar, packed and sealed here.
enum ArchiveFuzz {
    private static let fileKey = AgeFileKey()
    private static let identity = AgeIdentity()
    private static let header = try? AgeHeader(recipients: [identity.recipient], fileKey: fileKey)

    static func run(way: Int, _ input: ArraySlice<UInt8>) -> Bool {
        switch way & 3 {
        case 0: read(Array(input))
        case 1: read(packed(input))
        case 2: read(sealed(Array(input)))
        default: read(sealed(packed(input)))
        }
    }

    /// A zstd frame (RFC 8878) of raw blocks: what is packed comes out as it is.
    private static func packed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        // Magic number, no size and no checksum, a window of 2 MiB.
        var frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0, 0x58]
        var rest = bytes
        repeat {
            let block = rest.prefix(1 << 17)
            rest = rest.dropFirst(block.count)
            let header = block.count << 3 | (rest.isEmpty ? 1 : 0)
            frame += [0, 8, 16].map { UInt8(truncatingIfNeeded: header >> $0) } + block
        } while !rest.isEmpty
        return frame
    }

    private static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        guard let header else { return [] }
        var sealer = AgeStreamSealer(fileKey)
        return header.bytes + sealer.seal(bytes) + sealer.finish()
    }

    private static func read(_ file: [UInt8]) -> Bool {
        var template = Array("/dev/shm/sluss-fuzz-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        precondition(descriptor >= 0, "no file in memory")
        unlink(template)
        defer { close(descriptor) }
        let count = file.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        precondition(count == file.count, "the file in memory is full")
        var reader = BundleReader()
        var isRefused = false
        do {
            let archive = try ArchiveReader(path: "/proc/self/fd/\(descriptor)") { _ in fileKey }
            while let entry = try archive.next() {
                guard !isRefused else { continue }
                do { _ = try reader.accept(entry) } catch { isRefused = true }
            }
            if !isRefused { _ = try reader.finish() }
            return !isRefused
        } catch is BundleRefusal {
            return false
        } catch {
            preconditionFailure("a file in memory can be read: \(error)")
        }
    }

    static var seeds: [[UInt8]] {
        let entries = SampleEntries.whole
        guard let folder = FuzzFolder() else { return [] }
        defer { folder.remove() }
        let plain = folder.pack(entries, .plain)
        let tar = SampleEntries.tar(entries)
        var seeds = ["0", "2"].map { Array($0.utf8) + plain }
        seeds += ["1", "3"].map { Array($0.utf8) + tar }
        if let header {
            seeds.append(Array("0".utf8) + folder.pack(entries, .sealed(header, fileKey)))
        }
        return seeds
    }
}

/// A folder in which an archive is packed.
struct FuzzFolder {
    private let path: String

    init?() {
        var template = Array("/tmp/sluss-fuzz-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { return nil }
        path = String(cString: made)
    }

    func remove() { rmdir(path) }

    /// The bytes of an archive of the entries.
    func pack(_ entries: [BundleEntry], _ sealing: Sealing) -> [UInt8] {
        guard let writer = try? ArchiveWriter(folder: path, name: "a.sluss", sealing: sealing),
            (try? entries.forEach(writer.append)) != nil, (try? writer.finish()) != nil,
            let file = try? writer.commit()
        else { return [] }
        defer { unlink(file) }
        return (try? FileBytes.all(ofFile: file, max: 1 << 24)) ?? []
    }
}
