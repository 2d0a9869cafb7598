import SlussBundle
import SlussCore

/// Checks that a folder is a BagIt 1.0 bag (RFC 8493), whole and unchanged.
///
/// Stricter than the RFC where bags differ from computer to computer or from tool to tool, so that
/// what is said to be whole is whole everywhere: SHA-256 lists alone, `bagit.txt` as Sluss writes
/// it, names as ``BagName`` has them, nothing but regular files and folders.
public enum BagFolder {
    /// Folders within each other, the bag counted.
    public static let depthMax = 32
    /// Files and folders in a bag: a bundle may have as many.
    public static let entriesMax = BundleLimits.entriesMax
    /// Bytes of all files together: a bundle may have as many.
    public static let totalBytesMax = BundleLimits.totalBytesMax
    /// Faults that are told; there is no use in more.
    public static let faultsMax = 100

    /// What was found.
    public struct Report: Sendable {
        /// How many files the payload has.
        public let fileCount: UInt64
        /// How many bytes they have.
        public let byteCount: UInt64
        /// What is wrong; none if the folder is a whole bag.
        public let faults: [BagFault]
    }

    /// Reads every file of the folder at `path` and compares it with the bag's lists.
    ///
    /// - Throws: ``FileFailure`` if the folder or a file in it cannot be read.
    public static func check(_ path: String) throws(FileFailure) -> Report {
        let walk = try BagWalk(
            path: path,
            keeping: [
                Text(BundleLayout.bagit): BundleLimits.entryBytesMax,
                Text(BagInfo.name): BundleLimits.entryBytesMax,
                Text(BundleLayout.payloadManifest): BundleLimits.listBytesMax,
                Text(BundleLayout.tagManifest): BundleLimits.listBytesMax,
            ])
        let payload = walk.files.filter { isPayload($0.key) }
        let byteCount = payload.values.reduce(UInt64(0)) { $0 + $1.byteCount }
        var faults = walk.faults
        // A walk that met a limit has not seen everything: what it misses may be there.
        let isWhole = !faults.contains { if case .overLimit = $0 { true } else { false } }
        if isWhole, faults.count < faultsMax {
            faults += foreign(walk) + bagit(walk) + payloadFaults(walk, payload) + tagFaults(walk)
            faults += infoFaults(walk, bytes: byteCount, files: UInt64(payload.count))
        }
        return Report(
            fileCount: UInt64(payload.count), byteCount: byteCount,
            faults: Array(faults.prefix(faultsMax)))
    }

    private static func isPayload(_ name: Text) -> Bool { name.utf8.starts(with: "data/".utf8) }

    /// Files that promise something which is not checked here.
    private static func foreign(_ walk: BagWalk) -> [BagFault] {
        walk.files.keys.filter { name in
            let name = name.string.lowercased()
            let isList = name.hasPrefix("manifest-") || name.hasPrefix("tagmanifest-")
            return name == "fetch.txt"
                || isList && name.hasSuffix(".txt") && !name.utf8.contains(UInt8(ascii: "/"))
                    && name != BundleLayout.payloadManifest && name != BundleLayout.tagManifest
        }.sorted().map { .foreignFile($0.string) }
    }

    private static func bagit(_ walk: BagWalk) -> [BagFault] {
        guard let bytes = walk.contents[Text(BundleLayout.bagit)] else {
            return [.missingFile(BundleLayout.bagit)]
        }
        guard bytes == BundleLayout.bagitBytes else {
            return [.malformedFile(BundleLayout.bagit, reason: "not BagIt 1.0 in UTF-8")]
        }
        return []
    }

    private static func payloadFaults(
        _ walk: BagWalk, _ payload: [Text: BagWalk.File]
    ) -> [BagFault] {
        let listName = BundleLayout.payloadManifest
        guard walk.hasPayload else { return [.missingFile("data/")] }
        guard let bytes = walk.contents[Text(listName)] else { return [.missingFile(listName)] }
        do throws(BagFault) {
            let list = try list(bytes, listName)
            guard list.allSatisfy({ isPayload(Text($0.name)) }) else {
                throw .malformedFile(listName, reason: "a name is not in data/")
            }
            let listed = Set(list.map { Text($0.name) })
            return faults(list, walk)
                + payload.keys.filter { !listed.contains($0) }.sorted()
                .map { .unlistedFile($0.string) }
        } catch { return [error] }
    }

    private static func tagFaults(_ walk: BagWalk) -> [BagFault] {
        let listName = BundleLayout.tagManifest
        guard let bytes = walk.contents[Text(listName)] else { return [] }
        do throws(BagFault) {
            let list = try list(bytes, listName)
            guard !list.contains(where: { isPayload(Text($0.name)) }) else {
                throw .malformedFile(listName, reason: "a name is in data/")
            }
            guard !list.contains(where: { $0.name.hasPrefix("tagmanifest-") }) else {
                throw .malformedFile(listName, reason: "lists a list of tag files")
            }
            guard list.contains(where: { Text($0.name) == Text(BundleLayout.payloadManifest) })
            else {
                throw .malformedFile(
                    listName, reason: "does not list \(BundleLayout.payloadManifest)")
            }
            return faults(list, walk)
        } catch { return [error] }
    }

    private static func infoFaults(
        _ walk: BagWalk, bytes: UInt64, files: UInt64
    ) -> [BagFault] {
        guard let content = walk.contents[Text(BagInfo.name)] else { return [] }
        do throws(BundleRefusal) {
            let info = try BagInfo(bytes: content)
            guard let oxum = info.oxum, oxum.bytes != bytes || oxum.files != files else {
                return []
            }
            return [.malformedFile(BagInfo.name, reason: "Payload-Oxum is not \(bytes).\(files)")]
        } catch { return [fault(error, BagInfo.name)] }
    }

    /// Reads a list, and asks each name in it for what a name must be.
    private static func list(
        _ bytes: [UInt8], _ listName: String
    ) throws(BagFault) -> [(name: String, digest: Digest)] {
        let list: BagManifest
        do throws(BundleRefusal) { list = try BagManifest(bytes: bytes, name: listName) } catch {
            throw fault(error, listName)
        }
        for file in list.files {
            if let flaw = BagName.flaw(file.name) {
                throw .malformedFile(listName, reason: "a name has \(flaw)")
            }
        }
        return list.files
    }

    private static func fault(_ refusal: BundleRefusal, _ name: String) -> BagFault {
        switch refusal {
        case .malformedFile(_, let reason): .malformedFile(name, reason: reason)
        case .overLimit(let limit, let max): .overLimit(limit, max: max)
        default: .malformedFile(name, reason: refusal.code)
        }
    }

    private static func faults(
        _ list: [(name: String, digest: Digest)], _ walk: BagWalk
    ) -> [BagFault] {
        list.lazy.compactMap { file -> BagFault? in
            guard let found = walk.files[Text(file.name)] else { return .missingFile(file.name) }
            return found.digest == file.digest ? nil : .digestMismatch(file.name)
        }.prefix(faultsMax).map { $0 }
    }
}
