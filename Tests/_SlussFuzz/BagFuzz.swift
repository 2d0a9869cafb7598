import SlussBundle
import SlussCore

/// The lists of a bag.
///
/// Ways: `0` a list of digests; `1` bag-info; `2` names, one a line.
enum BagFuzz {
    static func run(way: Int, _ input: ArraySlice<UInt8>) -> Bool {
        switch way % 3 {
        case 0:
            guard let list = try? BagManifest(bytes: Array(input), name: "list") else {
                return false
            }
            precondition(list.bytes.elementsEqual(input), "a list is read as it was written")
            for file in list.files { _ = BagName.flaw(file.name) }
            return true
        case 1: return (try? BagInfo(bytes: Array(input))) != nil
        default:
            for line in input.split(separator: UInt8(ascii: "\n")) {
                let name = String(decoding: line, as: UTF8.self)
                guard BagName.flaw(name) == nil else { continue }
                for part in name.utf8.split(separator: UInt8(ascii: "/")) {
                    let part = String(decoding: part, as: UTF8.self)
                    precondition(BagName.partFlaw(part) == nil, "a good name has good parts")
                    let folded = BagName.folded(part)
                    precondition(BagName.folded(folded) == folded, "folding twice changes nothing")
                }
            }
            return true
        }
    }

    static var seeds: [[UInt8]] {
        let files = SampleEntries.whole.map { ($0.name, Digest.sha256($0.bytes)) }
        return [
            Array("0".utf8) + BagManifest(files: files).bytes,
            Array("1Source-Organization: OMS\nNote: a\n b\nPayload-Oxum: 12.3\n".utf8),
            Array("2data/å.txt\ndata/Straße/ﬁ\n../x\n~\na\\b\n".utf8),
        ]
    }
}
