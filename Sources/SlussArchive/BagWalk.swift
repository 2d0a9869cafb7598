import Glibc
import SlussBundle
import SlussCore

/// Walks through a folder and digests every file in it, once, holding no more than one piece.
///
/// Each folder is read through its own descriptor and each file is opened in it, never through a
/// link, and only after the system has said that it is a regular file: what is not is never opened.
/// What is looked at is thus what lies in the folder, whatever happens to names meanwhile.
struct BagWalk {
    /// A file that was read.
    struct File {
        let digest: Digest
        let byteCount: UInt64
    }

    /// The files that were read, by their paths in the folder.
    private(set) var files: [Text: File] = [:]
    /// What the small files at the top say, as far as they are not too large.
    private(set) var contents: [Text: [UInt8]] = [:]
    /// What is wrong.
    private(set) var faults: [BagFault] = []
    /// Whether there is a folder `data`.
    private(set) var hasPayload = false

    private let wanted: [Text: Int]
    private let path: String
    private var entryCount = 0
    private var byteCount: UInt64 = 0

    /// The walk does not go on: a limit was met.
    private struct Stop: Error {}

    /// Walks through the folder at `path`; `wanted` are the files at the top whose contents are
    /// kept, each with its most bytes.
    init(path: String, keeping wanted: [Text: Int]) throws(FileFailure) {
        self.path = path
        self.wanted = wanted
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileFailure.last(.open, path) }
        do { try walk(descriptor, prefix: "", depth: 1) } catch {
            if let failure = error as? FileFailure { throw failure }
        }
    }

    private mutating func note(_ fault: BagFault) throws {
        guard faults.count < BagFolder.faultsMax else { throw Stop() }
        faults.append(fault)
    }

    private mutating func stop(_ name: String, max: some BinaryInteger) -> Stop {
        faults.append(.overLimit(name, max: UInt64(max)))
        return Stop()
    }

    /// Takes over the descriptor.
    private mutating func walk(_ descriptor: Int32, prefix: String, depth: Int) throws {
        guard let folder = fdopendir(descriptor) else {
            close(descriptor)
            throw FileFailure.last(.read, full(prefix))
        }
        defer { closedir(folder) }
        var kept: [String: String] = [:]
        for name in try names(folder, prefix) {
            let place = prefix + name
            if let flaw = BagName.partFlaw(name) {
                try note(.badName(place, reason: flaw))
                continue
            }
            if let twin = kept.updateValue(place, forKey: BagName.folded(name)) {
                try note(.sameName(place, as: twin))
            }
            var status = stat()
            guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                throw FileFailure.last(.read, full(place))
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                guard depth < BagFolder.depthMax else {
                    throw stop("depthMax", max: BagFolder.depthMax)
                }
                if place == "data" { hasPayload = true }
                let inner = openat(
                    descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                guard inner >= 0 else { throw FileFailure.last(.open, full(place)) }
                try walk(inner, prefix: place + "/", depth: depth + 1)
            case S_IFREG: try read(name, in: descriptor, place)
            default: try note(.notARegularFile(place))
            }
        }
    }

    /// The names in a folder, in the order of their bytes; those that are no text are noted.
    private mutating func names(_ folder: OpaquePointer, _ prefix: String) throws -> [String] {
        var names: [Text] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    (String(validatingCString: $0), String(cString: $0))
                }
            }
            if name.0 == "." || name.0 == ".." { continue }
            entryCount += 1
            guard entryCount <= BagFolder.entriesMax else {
                throw stop("entriesMax", max: BagFolder.entriesMax)
            }
            if let text = name.0 {
                names.append(Text(text))
            } else {
                try note(.badName(prefix + name.1, reason: "not UTF-8"))
            }
        }
        guard errno == 0 else { throw FileFailure.last(.read, full(prefix)) }
        return names.sorted().map(\.string)
    }

    private mutating func read(_ name: String, in folder: Int32, _ place: String) throws {
        let file = openat(
            folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard file >= 0 else { throw FileFailure.last(.open, full(place)) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw FileFailure.last(.read, full(place)) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            return try note(.notARegularFile(place))
        }
        try checkTotal(adding: UInt64(max(0, status.st_size)))
        var digest = RunningDigest()
        let keepMax = wanted[Text(place)]
        var content: [UInt8] = []
        try FileBytes.forEachPiece(of: file, named: full(place)) { piece in
            try checkTotal(adding: UInt64(piece.count))
            byteCount += UInt64(piece.count)
            digest.append(piece)
            if let keepMax, content.count <= keepMax { content += piece }
        }
        files[Text(place)] = File(digest: digest.digest, byteCount: digest.byteCount)
        guard let keepMax else { return }
        if content.count > keepMax {
            try note(.overLimit(place, max: UInt64(keepMax)))
        } else {
            contents[Text(place)] = content
        }
    }

    private mutating func checkTotal(adding more: UInt64) throws {
        let (sum, overflows) = byteCount.addingReportingOverflow(more)
        guard !overflows, sum <= BagFolder.totalBytesMax else {
            throw stop("totalBytesMax", max: BagFolder.totalBytesMax)
        }
    }

    private func full(_ place: String) -> String { path + "/" + place }
}
