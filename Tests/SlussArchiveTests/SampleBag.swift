import Foundation
import SlussBundle
import SlussCore
import _SlussTestSupport

/// A bag that is put together file by file, rightly or wrongly.
struct SampleBag {
    /// Files by path; what the lists say is made from these.
    var files: [String: [UInt8]] = [
        "data/README.txt": Array("hej\n".utf8), "data/logs/a/1.ndjson": Array("{}\n".utf8),
    ]
    /// Files that are not listed, or that replace what was made, by path.
    var extra: [String: [UInt8]] = [
        "bagit.txt": SampleBag.bagit, "bag-info.txt": Array("Payload-Oxum: 7.2\n".utf8),
    ]
    /// What the payload's list says, instead of what would be right.
    var list: String?
    /// What the tag files' list says, instead of what would be right; empty for no list.
    var tagList: String?
    /// Commands of the shell that are run in the folder at last.
    var script = ""

    static let bagit = Array("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".utf8)

    private static func lines(_ files: [String: [UInt8]]) -> String {
        files.sorted { $0.key < $1.key }.map { "\(Digest.sha256($0.value))  \($0.key)\n" }.joined()
    }

    /// The payload's list as it should be.
    var rightList: String { Self.lines(files) }

    /// Writes the bag to a folder of its own.
    func write(to folder: TemporaryFolder, _ name: String) throws -> String {
        let place = try folder.folder(name)
        var all = files.merging(extra) { $1 }
        all["manifest-sha256.txt"] = all["manifest-sha256.txt"] ?? Array((list ?? rightList).utf8)
        let tags = all.filter { !$0.key.hasPrefix("data/") }
        let tagList = tagList ?? Self.lines(tags)
        if !tagList.isEmpty { all["tagmanifest-sha256.txt"] = Array(tagList.utf8) }
        for (path, bytes) in all {
            let url = URL(fileURLWithPath: place + "/" + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url)
        }
        if !script.isEmpty { try shell("cd '\(place)' && \(script)") }
        return place
    }
}
