import SlussBundle
import SlussCore
import SlussDomain

/// Entries of bundles.
///
/// Ways: `0` entries as they are, each a line with its name and then its bytes; `1` a manifest and
/// payload files, with the lists of digests made here; `2` the lines of a log, envelope and body
/// in turn, with digests, chain and manifest made here, folded and shown.
enum BundleFuzz {
    static func run(way: Int, _ input: ArraySlice<UInt8>) -> Bool {
        let parts = FuzzInput.parts(input)
        return switch way % 3 {
        case 0: read(parts.map(entry)) != nil
        case 1: read(listed(manifest: parts[0], parts.dropFirst().map(entry))) != nil
        default: readLines(parts)
        }
    }

    private static func entry(_ part: [UInt8]) -> BundleEntry {
        let name = part.prefix { $0 != UInt8(ascii: "\n") }
        return BundleEntry(
            name: String(decoding: name, as: UTF8.self),
            bytes: Array(part.dropFirst(name.count + 1)))
    }

    /// The entries of a bundle around a manifest and payload files, all digests right.
    private static func listed(manifest: [UInt8], _ payload: [BundleEntry]) -> [BundleEntry] {
        let payload = [BundlePlan.readMe] + payload
        let list = BagManifest(files: payload.map { ($0.name, Digest.sha256($0.bytes)) })
        let tags = [
            BundleEntry(name: BundleLayout.bagit, bytes: BundleLayout.bagitBytes),
            BundleEntry(name: BagInfo.name, bytes: []),
            BundleEntry(name: BundleLayout.payloadManifest, bytes: list.bytes),
        ]
        let last = BundleEntry(name: "sluss/manifest.json", bytes: manifest)
        let tagList = BagManifest(
            files: (tags + [last]).map { ($0.name, Digest.sha256($0.bytes)) }, byName: true)
        let signature = SampleEntries.key.sign(
            tagList.bytes, namespace: BundleLayout.signatureNamespace)
        return tags + [
            BundleEntry(name: BundleLayout.tagManifest, bytes: tagList.bytes),
            BundleEntry(name: BundleLayout.signature, bytes: signature.armored), last,
        ] + payload
    }

    private static func read(_ entries: [BundleEntry]) -> [Write]? {
        var reader = BundleReader()
        var writes: [Write] = []
        do throws(BundleRefusal) {
            for entry in entries {
                precondition(BundleReader.bytesMax(entry.name) > 0)
                switch try reader.accept(entry) {
                case .none: continue
                case .opened(let manifest, _, _):
                    _ = (manifest.writeCount, manifest.fileName, manifest.receiver.description)
                case .writes(let lines): writes += lines.map(\.write)
                }
            }
            _ = try reader.finish()
            return writes
        } catch { return nil }
    }

    private static func readLines(_ parts: [[UInt8]]) -> Bool {
        var lines: [(envelope: [UInt8], body: [UInt8])] = []
        let record = RecordID(high: 1, low: 2).description
        for index in stride(from: 0, to: parts.count - 1, by: 2) where lines.count < 50 {
            lines.append(
                (SampleEntries.replacing(parts[index], "RECORD", record), parts[index + 1]))
        }
        let (segments, range) = SampleEntries.segments(lines)
        guard let range else { return false }
        var plan = BundlePlan()
        for segment in segments { plan.note(segment) }
        let head = plan.head(
            SampleEntries.manifest(range), signedBy: SampleEntries.key
        ).entries
        guard let writes = read(head + [BundlePlan.readMe] + segments.flatMap(\.files)) else {
            return false
        }
        precondition(writes.count == lines.count, "every line is a write")
        for (record, writes) in Dictionary(grouping: writes, by: \.record) {
            show(record, writes)
        }
        return true
    }

    private static func show(_ record: RecordID, _ writes: [Write]) {
        let fold = RecordFold(
            record: record, audience: SampleEntries.audience, writes: writes,
            branches: BranchTree([]))
        let again = RecordFold(
            record: record, audience: SampleEntries.audience, writes: writes.reversed(),
            branches: BranchTree([]))
        precondition(fold.state == again.state, "the order of writes changes nothing")
        let bytes = StateEncoder.encode(fold.state)
        let decoded = try? StateDecoder.decode(bytes)
        precondition(decoded == fold.state, "a state is read as it was written")
        _ = (fold.state.conflicts, fold.state.searchText, fold.state.holdsUnknown)
        if let idea = Idea(fold.state) {
            _ = (idea.title.map(DisplayText.line), idea.categories, idea.support, idea.answers)
            _ = (idea.status, idea.author, idea.submitter, idea.number, idea.day)
        }
        if let meeting = Meeting(fold.state) {
            _ = (meeting.present, meeting.addenda, meeting.signedDay)
            for kind in Meeting.EntryKind.allCases {
                for entry in meeting.entries(kind) { _ = (entry.texts, entry.value("due")) }
            }
        }
    }

    static var seeds: [[UInt8]] {
        let entries = SampleEntries.whole
        func part(_ entry: BundleEntry) -> [UInt8] {
            Array(entry.name.utf8) + [UInt8(ascii: "\n")] + entry.bytes
        }
        func inputs(_ lines: [(envelope: String, body: String)]) -> [UInt8] {
            FuzzInput.join(
                "2", lines.flatMap { [Array($0.envelope.utf8), Array($0.body.utf8)] })
        }
        guard let manifest = entries.first(where: { $0.name == "sluss/manifest.json" }) else {
            return []
        }
        let payload = entries.filter {
            $0.name.hasPrefix("data/") && $0.name != BundlePlan.readMe.name
        }.map(part)
        return [
            FuzzInput.join("0", entries.map(part)),
            FuzzInput.join("1", [manifest.bytes] + payload),
            FuzzInput.join("1", [SampleEntries.richManifest(manifest.bytes)] + payload),
            inputs(SampleEntries.lines), inputs(SampleEntries.meetingLines),
        ]
    }
}
