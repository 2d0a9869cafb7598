import Foundation
import Testing
import _SlussTestSupport

/// What Sluss leaves outside its store: nothing but the file that was asked for, and no word of a
/// note anywhere (promises P9 and P20).
@Suite struct SnoopTests {
    /// A unit and a central that have sent each other texts with a canary in every field.
    private static func canaries() throws -> (Transcript, texts: [String], output: String) {
        let transcript = try Transcript.made()
        let texts = (1...9).map { "kanariefågel\($0)kvittrar" }
        let stick = transcript.folder.path("stick")
        var output = ""
        func add(_ result: ProcessResult) { output += result.errors }
        add(
            try transcript.sluss(
                "a", "idea", "add", "--problem", "Behov \(texts[0])", "--solution",
                "Lösning \(texts[1])", "--title", "Rubrik \(texts[2])", "--author",
                "Namn \(texts[3])"))
        add(
            try transcript.sluss(
                "a", "meeting", "add", "--day", "2026-03-11", "--item", "5 Rubrik: \(texts[4])",
                "--decision", "5: beslut \(texts[5])", "--place", "Rum \(texts[6])"))
        add(try transcript.sluss("a", "idea", "add", "--problem", "\(texts[7]) 19900101-2385"))
        add(try transcript.sluss("a", "export", "--output", stick))
        add(try transcript.sluss("a", "backup", "--output", stick))
        let merge = try transcript.sluss("central", "merge", stick)
        output += merge.errors + merge.output
        add(
            try transcript.sluss(
                "central", "idea", "answer", "OMS-SB-04-26-0002", "Svar \(texts[8])"))
        add(try transcript.sluss("central", "export", "--output", stick))
        for arguments in [["status"], ["check"], ["unit", "list"], ["merge", stick]] {
            let result = try transcript.sluss("a", arguments)
            output += result.errors + result.output
        }
        // And errors: damaged, not for here, not understood.
        _ = try transcript.shell(
            "for f in stick/*.sluss; do head -c 700 $f > cut-$(basename $f); done")
        for arguments in [
            ["merge", transcript.folder.path(".")],
            ["verify", transcript.folder.path("a/sluss.sqlite")],
            ["idea", "edit", "OMS-SB-04-26-0002", "--problem", "kort"],
        ] {
            let result = try transcript.sluss("a", arguments)
            output += result.errors
        }
        return (transcript, texts, output)
    }

    @Test func noWordOfANoteIsFoundOutsideTheStores() throws {
        let (transcript, texts, output) = try Self.canaries()
        for text in texts { #expect(!output.contains(text), "\(text) in \(output)") }
        let found = try run(
            "/bin/bash",
            [
                "-c",
                """
                cd '\(transcript.folder.path)' && grep -rlaE 'kanarief|kvittrar|19900101' . \
                    --exclude=sluss.sqlite --exclude=sluss.sqlite-wal --exclude=sluss.sqlite-shm
                """,
            ])
        #expect(found.output.isEmpty, "\(found.output)")
        // The search finds what is there: in the store.
        let there = try run(
            "/bin/bash", ["-c", "grep -rla kanarief '\(transcript.folder.path("a"))' | wc -l"])
        #expect(there.output.trimmingCharacters(in: .whitespacesAndNewlines) != "0")
    }

    @Test(
        .enabled(
            if: FaultBench.isPossible,
            "Known skip: strace is not here, or may not trace (no ptrace in this container)."))
    func onlyTheStoreTheWitnessAndTheNamedFileAreWrittenTo() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a", "export", "--output", stick)
        _ = try transcript.shell(
            """
            head -c 500 stick/oms-sb-04-0001.sluss > stick/cut.sluss
            cp /bin/true stick/program.sluss
            """)
        for (place, line, allowed) in [
            ("central", "sluss merge stick", ["central/", "state/"]),
            ("central", "sluss verify stick/cut.sluss", ["central/", "state/"]),
            ("a", "sluss export --output stick", ["a/", "state/", "stick/"]),
            ("a", "sluss status", ["a/"]),
        ] {
            let result = try transcript.shell(
                """
                SLUSS_STORE="$PWD/\(place)" strace -f -qq -o trace -e \
                trace=openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,mkdir,socket,connect,execve \
                \(line) > /dev/null 2>&1; grep -E \
                'O_WRONLY|O_RDWR|O_CREAT|rename|unlink|link\\(|mkdir|socket|connect|execve' trace \
                | grep -v ENOENT
                """)
            let lines = result.output.split(separator: "\n").dropFirst()  // the program's own start
            for line in lines {
                let isAllowed =
                    line.contains("\"/dev/") || line.contains("socket(AF_UNIX")
                    || allowed.contains {
                        line.contains("\"\(transcript.folder.path($0))")
                            || line.contains("\"\($0)")
                    }
                #expect(isAllowed, "\(line)")
            }
        }
    }
}
