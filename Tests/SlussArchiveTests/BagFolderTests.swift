import Foundation
import SlussArchive
import SlussBundle
import Testing
import _SlussTestSupport

/// Bags of every kind, beside `bagit.py --validate` (Library of Congress).
@Suite struct BagFolderTests {
    /// Who calls the folder a whole bag.
    enum Verdict {
        case both
        case neither
        /// `bagit.py` alone.
        case stricter
        /// Not us, and `bagit.py` is not asked: it would wait for ever.
        case unasked
    }

    struct Case {
        let name: String
        let verdict: Verdict
        let codes: Set<String>
        let bag: SampleBag

        init(
            _ name: String, _ verdict: Verdict, _ codes: String...,
            change: (inout SampleBag) -> Void = { _ in }
        ) {
            self.name = name
            self.verdict = verdict
            self.codes = Set(codes)
            var bag = SampleBag()
            change(&bag)
            self.bag = bag
        }
    }

    static let cases: [Case] = whole + tagFiles + lists + infos + names + kinds

    private static let whole = [
        Case("whole", .both),
        Case("no list of tag files", .both) { $0.tagList = "" },
        Case("no bag-info", .both) { $0.extra["bag-info.txt"] = nil },
        Case("other tag files", .both) { $0.extra["sluss/manifest.json"] = Array("{}".utf8) },
        Case("a tag file that is not listed", .both) {
            $0.script = "echo x >note.txt"
        },
        Case("an empty file", .both) {
            $0.files["data/empty"] = []
            $0.extra["bag-info.txt"] = nil
        },
        Case("an empty folder", .both) { $0.script = "mkdir data/nothing" },
        Case("letters", .both) {
            $0.files["data/å ä ö.txt"] = [1]
            $0.extra["bag-info.txt"] = nil
        },
        Case("no payload at all", .both) {
            $0.files = [:]
            $0.extra["bag-info.txt"] = nil
            $0.script = "mkdir data"
        },
    ]

    private static let tagFiles = [
        Case("no bagit.txt", .neither, "missingFile") { $0.extra["bagit.txt"] = nil },
        Case("version 2.0", .neither, "malformedFile") {
            $0.extra["bagit.txt"] = Array(
                "BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n".utf8)
        },
        Case("version 0.97", .stricter, "malformedFile") {
            $0.extra["bagit.txt"] = Array(
                "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n".utf8)
        },
        Case("a mark before bagit.txt", .neither, "malformedFile") {
            $0.extra["bagit.txt"] = [0xEF, 0xBB, 0xBF] + SampleBag.bagit
        },
        Case("a mark before the list", .stricter, "malformedFile") {
            $0.list = "\u{FEFF}" + $0.rightList
        },
        Case("tag files in UTF-16", .neither, "malformedFile") { bag in
            bag.extra["bagit.txt"] = Array(
                "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n".utf8)
            for name in ["manifest-sha256.txt", "bag-info.txt"] {
                bag.extra[name] = bag.rightList.utf16.flatMap {
                    [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
                }
            }
        },
        Case("says UTF-16, is UTF-8", .neither, "malformedFile") {
            $0.extra["bagit.txt"] = Array(
                "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n".utf8)
        },
        Case("says ISO-8859-1", .stricter, "malformedFile") {
            $0.extra["bagit.txt"] = Array(
                "BagIt-Version: 1.0\nTag-File-Character-Encoding: ISO-8859-1\n".utf8)
        },
        Case("Windows line ends in bagit.txt", .stricter, "malformedFile") {
            $0.extra["bagit.txt"] = Array(
                "BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n".utf8)
        },
        Case("an empty bagit.txt", .neither, "malformedFile") { $0.extra["bagit.txt"] = [] },
        Case("fetch.txt", .neither, "foreignFile", "missingFile") {
            $0.extra["fetch.txt"] = Array("http://example.se/a 1 data/a\n".utf8)
            $0.list = $0.rightList + String(repeating: "0", count: 64) + "  data/a\n"
        },
        Case("fetch.txt for nothing", .stricter, "foreignFile") { $0.extra["fetch.txt"] = [] },
        Case("another list", .stricter, "foreignFile") { bag in
            bag.script = "md5sum data/README.txt data/logs/a/1.ndjson >manifest-md5.txt"
            bag.tagList = ""
        },
        Case("another list that is wrong", .neither, "foreignFile") { bag in
            bag.script =
                "echo 'd41d8cd98f00b204e9800998ecf8427e  data/README.txt' >manifest-md5.txt"
        },
        Case("another list of tag files", .stricter, "foreignFile") { bag in
            bag.script = "sha512sum bagit.txt >tagmanifest-sha512.txt"
        },
        Case("another list alone", .stricter, "foreignFile", "missingFile") { bag in
            bag.script =
                "rm manifest-sha256.txt && md5sum data/README.txt data/logs/a/1.ndjson >manifest-md5.txt"
            bag.tagList = ""
        },
    ]

    private static let lists = [
        Case("no list", .neither, "missingFile") {
            $0.tagList = ""
            $0.script = "rm manifest-sha256.txt"
        },
        Case("no payload", .neither, "missingFile", "malformedFile") { $0.script = "rm -r data" },
        Case("a file that is not listed", .neither, "unlistedFile", "malformedFile") {
            $0.script = "echo x >data/more"
        },
        Case("a hidden file that is not listed", .neither, "unlistedFile", "malformedFile") {
            $0.script = "echo x >data/.DS_Store"
        },
        Case("a file too few", .neither, "missingFile", "malformedFile") {
            $0.script = "rm data/README.txt"
        },
        Case("a changed file", .neither, "digestMismatch") {
            $0.script = "echo hEj >data/README.txt"
        },
        Case("a changed tag file", .neither, "digestMismatch") {
            $0.script = "echo 'A: b' >>bag-info.txt"
        },
        Case("a changed list", .neither, "digestMismatch", "unlistedFile") {
            $0.script = "sed -i 1d manifest-sha256.txt"
        },
        Case("a tag file too few", .neither, "missingFile") { $0.script = "rm bag-info.txt" },
        Case("capital digits", .stricter, "malformedFile") {
            $0.list = $0.rightList.uppercaseDigits
        },
        Case("one space", .stricter, "malformedFile") {
            $0.list = $0.rightList.replacing("  ", with: " ")
        },
        Case("a star", .stricter, "malformedFile") {
            $0.list = $0.rightList.replacing("  ", with: " *")
        },
        Case("./ before names", .stricter, "malformedFile") {
            $0.list = $0.rightList.replacing("  data", with: "  ./data")
        },
        Case("an empty part", .stricter, "malformedFile") {
            $0.list = $0.rightList.replacing("data/logs/", with: "data//logs/")
        },
        Case("a line twice", .neither, "malformedFile") { $0.list = $0.rightList + $0.rightList },
        Case("a line of nothing", .stricter, "malformedFile") { $0.list = $0.rightList + "\n" },
        Case("the last line does not end", .stricter, "malformedFile") {
            $0.list = String($0.rightList.dropLast())
        },
        Case("Windows line ends", .stricter, "malformedFile") {
            $0.list = $0.rightList.replacing("\n", with: "\r\n")
        },
        Case("a digest too short", .neither, "malformedFile") {
            $0.list = String($0.rightList.dropFirst())
        },
        Case("a comment", .stricter, "malformedFile") { $0.list = "# x\n" + $0.rightList },
        Case("a name outside", .neither, "malformedFile") {
            $0.list = $0.rightList + $0.rightList.prefix(64) + "  data/../../x\n"
        },
        Case("a name from the root", .neither, "malformedFile") {
            $0.list = $0.rightList + $0.rightList.prefix(64) + "  /etc/passwd\n"
        },
        Case("a tag file among the payload", .stricter, "malformedFile") { bag in
            bag.list = bag.rightList
            bag.tagList = ""
            bag.script = "sha256sum bagit.txt | sed 's/ bagit/ bagit/' >>manifest-sha256.txt"
        },
        Case("the payload among the tag files", .neither, "malformedFile") { bag in
            bag.script = "sha256sum data/README.txt >>tagmanifest-sha256.txt"
        },
        Case("a list of tag files that leaves the list out", .stricter, "malformedFile") { bag in
            bag.script = "sha256sum bagit.txt >tagmanifest-sha256.txt"
        },
        Case("an empty list of tag files", .stricter, "malformedFile") {
            $0.script = ": >tagmanifest-sha256.txt"
        },
    ]

    private static let infos = [
        Case("wrong Payload-Oxum", .neither, "malformedFile") {
            $0.extra["bag-info.txt"] = Array("Payload-Oxum: 8.2\n".utf8)
        },
        Case("in small letters", .stricter, "malformedFile") {
            $0.extra["bag-info.txt"] = Array("payload-oxum: 8.2\n".utf8)
        },
        Case("twice", .stricter, "malformedFile") {
            $0.extra["bag-info.txt"] = Array("Payload-Oxum: 7.2\nPayload-Oxum: 7.2\n".utf8)
        },
        Case("no number", .neither, "malformedFile") {
            $0.extra["bag-info.txt"] = Array("Payload-Oxum: x.2\n".utf8)
        },
        Case("of another world", .neither, "malformedFile") {
            $0.extra["bag-info.txt"] = Array("Payload-Oxum: 99999999999999999999.2\n".utf8)
        },
        Case("a label alone", .neither, "malformedFile") {
            $0.extra["bag-info.txt"] = Array("hej\n".utf8)
        },
        Case("a value that goes on", .both) {
            $0.extra["bag-info.txt"] = Array("Note: a\n  b\nPayload-Oxum: 7.2\n".utf8)
        },
        Case("a Payload-Oxum that goes on", .neither, "malformedFile") {
            $0.extra["bag-info.txt"] = Array("Payload-Oxum: 7.2\n  x\n".utf8)
        },
        Case("not UTF-8", .neither, "malformedFile") {
            $0.extra["bag-info.txt"] = Array("A: ".utf8) + [0xFF, 10]
        },
        Case("a mark before bag-info", .stricter, "malformedFile") {
            $0.extra["bag-info.txt"] = [0xEF, 0xBB, 0xBF] + Array("A: b\n".utf8)
        },
    ]

    private static func named(
        _ name: String, _ verdict: Verdict, _ codes: String...
    ) -> Case {
        var test = Case("name \(name.debugDescription)", verdict) {
            $0.files["data/" + name] = [1]
            $0.extra["bag-info.txt"] = nil
        }
        test = Case(test, codes: Set(codes))
        return test
    }

    private static let names = [
        named("a b", .both), named("räksmörgås", .both), named("~", .both), named("-rf", .both),
        named("back\\slash", .stricter, "badName", "malformedFile"),
        named("bell\u{7}", .stricter, "badName", "malformedFile"),
        named("100%", .stricter, "badName", "malformedFile"),
        named("50%0A", .neither, "badName", "malformedFile"),
        named(" before", .stricter, "badName", "malformedFile"),
        named("after ", .neither, "badName", "malformedFile"),
        named("after\u{3000}", .neither, "badName", "malformedFile"),
        named("line\nfeed", .neither, "badName", "malformedFile"),
        named("C1\u{85}x", .neither, "badName", "malformedFile"),
        Case("case", .stricter, "sameName") {
            $0.files["data/readme.TXT"] = [1]
            $0.extra["bag-info.txt"] = nil
        },
        Case("case of folders", .stricter, "sameName") {
            $0.files["data/LOGS/b"] = [1]
            $0.extra["bag-info.txt"] = nil
        },
        Case("sharp s", .stricter, "sameName") {
            $0.files["data/Straße"] = [1]
            $0.files["data/STRASSE"] = [1]
            $0.extra["bag-info.txt"] = nil
        },
        Case("not UTF-8 unlisted", .neither, "badName") {
            $0.script = "touch data/$'\\xff'"
        },
    ]

    private static let kinds = [
        Case("a link to a file", .stricter, "notARegularFile", "missingFile", "malformedFile") {
            $0.script = "mv data/README.txt x && ln -s ../x data/README.txt"
        },
        Case("a link to a folder", .stricter, "notARegularFile") {
            $0.script = "mkdir a && ln -s a b"
        },
        Case("the payload is a link", .stricter, "notARegularFile", "missingFile", "malformedFile")
        {
            $0.script = "mv data d && ln -s d data"
        },
        Case("a link to nothing", .stricter, "notARegularFile") { $0.script = "ln -s x nothing" },
        Case("a pipe", .unasked, "notARegularFile") { $0.script = "mkfifo data/pipe" },
        Case("a pipe for a list", .unasked, "notARegularFile", "missingFile") {
            $0.script =
                "rm manifest-sha256.txt tagmanifest-sha256.txt && mkfifo manifest-sha256.txt"
        },
        Case("a folder for a file", .neither, "missingFile") {
            $0.script = "rm bag-info.txt && mkdir bag-info.txt"
        },
    ]

    @Test func limitsHoldAndNothingIsReadBeyondThem() throws {
        let folder = try TemporaryFolder()
        func faults(_ name: String, _ script: String) throws -> [BagFault] {
            var bag = SampleBag()
            bag.script = script
            return try BagFolder.check(bag.write(to: folder, name)).faults
        }
        let deep = (0..<31).map { "\($0)" }.joined(separator: "/")
        #expect(try faults("deep", "mkdir -p \(deep)") == [])
        #expect(
            try faults("deeper", "mkdir -p \(deep)/x") == [.overLimit("depthMax", max: 32)])
        #expect(
            try faults("large", "truncate -s 5G data/large")
                == [.overLimit("totalBytesMax", max: 4 << 30)])
        #expect(
            try faults("list", "truncate -s 33M manifest-sha256.txt")
                == [.overLimit("manifest-sha256.txt", max: 32 << 20)])
        #expect(
            try faults("tag", "truncate -s 5M bagit.txt")
                == [.overLimit("bagit.txt", max: 4 << 20)])
        let many = try faults("many", "for i in {1..150}; do ln -s x link$i; done")
        #expect(many.count == BagFolder.faultsMax)
    }

    @Test func aFolderThatIsNoneIsAFailureOfTheFile() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write([], to: "file")
        for path in [file, folder.path("none")] {
            #expect(throws: FileFailure.self) { try BagFolder.check(path) }
        }
    }

    @Test func weCallNoFolderABagThatBagitRefuses() throws {
        let folder = try TemporaryFolder()
        var asked: [String] = []
        for (index, test) in Self.cases.enumerated() {
            let place = try test.bag.write(to: folder, "\(index)")
            let report = try BagFolder.check(place)
            #expect(Set(report.faults.map(\.code)) == test.codes, "\(test.name): \(report.faults)")
            #expect(report.faults.isEmpty == (test.verdict == .both), "\(test.name)")
            if test.verdict != .unasked { asked.append("\(index)") }
        }
        let python = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../.build-tools/bin/python").standardized.path
        let script = """
            import bagit, logging, sys
            logging.disable(logging.CRITICAL)
            for place in sys.argv[2:]:
                try:
                    bagit.Bag(sys.argv[1] + "/" + place).validate()
                    print(place, "whole")
                except Exception:
                    print(place, "refused")
            """
        let result = try run(python, ["-c", script, folder.path] + asked)
        #expect(result.status == 0, "\(result.errors)")
        let verdicts = result.output.split(separator: "\n")
        #expect(verdicts.count == asked.count)
        for line in verdicts {
            let words = line.split(separator: " ")
            guard let index = Int(words[0]) else { continue }
            let test = Self.cases[index]
            #expect((words[1] == "whole") == (test.verdict != .neither), "\(test.name)")
        }
    }
}

extension BagFolderTests.Case {
    fileprivate init(_ other: Self, codes: Set<String>) {
        name = other.name
        verdict = other.verdict
        bag = other.bag
        self.codes = codes
    }
}

extension String {
    /// The same with capitals for hexadecimal digits, in the digests alone.
    fileprivate var uppercaseDigits: String {
        split(separator: "\n").map { $0.prefix(64).uppercased() + $0.dropFirst(64) + "\n" }.joined()
    }
}
