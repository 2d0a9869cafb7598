import Foundation
import Testing
import _SlussTestSupport

/// Plain mode through pipes, as a screen reader or a script has it: whole transcripts.
///
/// The transcripts lie in `Transcripts/`. `SLUSS_RECORD=1` writes them anew.
@Suite struct PlainModeTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Transcripts")

    /// Runs the client with bytes on its input.
    private func client(
        _ place: Workplace, _ input: [UInt8], _ arguments: String...,
        settings: [String: String] = [:]
    ) throws -> ProcessResult {
        let file = try place.folder.write(input, to: "input")
        defer { try? FileManager.default.removeItem(atPath: file) }
        let words = [Workplace.client, "--today", Workplace.today] + arguments
        return try run(
            "/bin/sh", ["-c", "exec \"$@\" < '\(file)'", "sh"] + words,
            environment: place.environment().merging(["TERM": "dumb"]) { $1 }.merging(settings) {
                $1
            })
    }

    private func check(_ story: String, _ language: String, _ lines: [String]) throws {
        let place = try Workplace()
        let input = Array((lines.joined(separator: "\n") + "\n").utf8)
        let result = try client(place, input, "--lang", language)
        #expect(result.status == 0 && result.errors.isEmpty)
        // The code is another one every time.
        let shown = result.output.replacing(/(kod|code)(: | is: )\p{Lu}+-\d+/) {
            "\($0.1)\($0.2)KOD-00"
        }
        .replacing(/\d\d\.\d\d/, with: "00.00")
        #expect(!shown.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        let file = Self.folder.appendingPathComponent("\(story)-\(language).txt")
        if ProcessInfo.processInfo.environment["SLUSS_RECORD"] != nil {
            try Data(shown.utf8).write(to: file)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(shown == expected, "\(story) reads otherwise now; see docs/testing.md")
    }

    @Test(arguments: ["sv", "en"]) func anIdea(language: String) throws {
        try check(
            "idea", language,
            [
                "1", "", "Vagnen skramlar", "på natten", "", "mjuka hjul", "", "3", "9", "5", "1",
            ])
    }

    @Test(arguments: ["sv", "en"]) func aMeeting(language: String) throws {
        try check(
            "meeting", language,
            [
                "3", "9", "", "1", "6", "Vi provar röda brickan", "", "5", "9+6", "8", "2", "Eva",
                "Bo", "1", "Provet börjar v. 12", "",
            ])
    }

    @Test(arguments: ["sv", "en"]) func wrongAnswers(language: String) throws {
        try check(
            "wrong", language,
            [
                "77", "x", "1", "b", "1", "1", "kort", "", "Taxi för 19900101-2385 igen", "", "-",
                "Taxi för en boende", "", "<", "0", "5", "0", "",
            ])
    }

    @Test(arguments: ["sv", "en"]) func aPersonWithAPIN(language: String) throws {
        try check(
            "person", language,
            [
                "0", "9", "Bo", "4711", "4711", "1", "1", "Vagnen skramlar", "0", "2", "1234",
                "4711", "på natten", "0",
            ])
    }

    @Test func aLineThatIsNoTextIsSaidAndTheRestKept() throws {
        let place = try Workplace()
        let input =
            Array("1\n1\nVagnen skramlar\n".utf8) + [0x61, 0xFF, 0xFE, 0x0A]
            + Array("på natten\n\n\n1\n".utf8)
        let result = try client(place, input)
        #expect(result.output.contains("[FEL] Raden gick inte att läsa som text."))
        #expect(try place.problems() == ["Vagnen skramlar\npå natten"])
    }

    /// The input ends, as when the reader's program dies: also a line without its end is kept.
    @Test func theEndOfTheInputKeepsTheDraft() throws {
        let place = try Workplace()
        let result = try client(place, Array("1\n1\nVagnen skramlar\noch ingen sover".utf8))
        #expect(result.status == 0)
        #expect(try place.drafts().count == 1)
        let again = try client(place, Array("9\n1\n1\nvagnen\n\n\n1\n".utf8))
        #expect(again.output.contains("  och ingen sover"))
        #expect(try place.problems() == ["Vagnen skramlar\noch ingen sover"])
    }

    @Test(arguments: ["/dev/full", "/dev/null >&-"])
    func anOutputThatTakesNothingIsAnErrorAndTheTextIsKept(output: String) throws {
        let place = try Workplace()
        try place.folder.write(Array("1\n1\nVagnen skramlar\n".utf8), to: "input")
        let result = try run(
            "/bin/sh",
            ["-c", "'\(Workplace.client)' < '\(place.folder.path("input"))' > \(output)"],
            environment: place.environment())
        #expect(result.status == 30)
        #expect(result.errors.hasPrefix("[FEL] ") && !result.errors.contains("Failure"))
    }

    /// What is begun and not handed in is nowhere but in the encrypted drafts.
    @Test func whatIsNotSentIsNowhere() throws {
        let place = try Workplace()
        let text = "1\n1\nHemligheten heter Ossian 19900101-2385\n\n-\nOssian 900101-2385 bor här\n"
        let result = try client(place, Array(text.utf8))
        #expect(result.status == 0 && result.errors.isEmpty)
        #expect(try place.drafts().count == 1)
        #expect(!result.output.contains("2385"), "digits are not read out again")
        let found = place.files(with: ["Ossian", "0101-2385", "01012385"], except: ["input"])
        #expect(found.isEmpty)
    }
}

extension RealScreenTests {
    /// Where a screen is impossible, there are lines.
    @Suite struct DumbScreenTests {
        @Test(arguments: ["dumb", "no-such-terminal", ""])
        func aTerminalThatCannotGetsLines(name: String) async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place, settings: ["TERM": name], isRecorded: true)
            try await screen.wait(for: "Skriv en siffra och Enter.")
            try screen.type("1")
            try await screen.press("Enter", until: "Vad vill du berätta?")
            try screen.type("0")
            try await screen.press("Enter", until: "Sluss är låst")
            let isDumb = name != "no-such-terminal"
            let shown = String(decoding: try screen.recorded(), as: UTF8.self)
            #expect(!shown.contains("\u{1B}") || !isDumb)
        }

        @Test func aPINIsNotShownInPlainMode() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place, ["--plain-mode"])
            try await screen.wait(for: "0 Lås eller byt person")
            for (line, next) in [
                ("0", "9 Ny person"), ("9", "Vad ska det stå?"), ("Bo", "4 till 8"),
            ] {
                try screen.type(line)
                try await screen.press("Enter", until: next)
            }
            for next in ["en gång till", "vårdboende · Bo"] {
                try screen.type("4711")
                try await screen.press("Enter", until: next)
            }
            #expect(try !screen.screenAndHistory().contains("4711"))
        }

        /// Neither in a file, nor in the process's arguments, nor in its complaints.
        @Test func whatIsBeingWrittenIsNowhereElse() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await screen.wait(for: "1 Lämna idé")
            try await screen.press("1", until: "Vad vill du berätta?")
            try await screen.press("1", until: "Vad är problemet?")
            try screen.type("Ossian 19900101-2385 ringer")
            try screen.press("Enter", "Enter")
            try await screen.wait(for: "[STOPP] Det ser ut som ett personnummer.")
            try await waitUntil("the draft") { try !place.drafts().isEmpty }
            #expect(place.files(with: ["Ossian", "0101-2385"], except: []).isEmpty)
            let process = try screen.process()
            for name in ["cmdline", "environ"] {
                let text = String(
                    decoding: try bytes(ofFile: "/proc/\(process)/\(name)"), as: UTF8.self)
                #expect(!text.contains("Ossian") && !text.contains("2385"))
            }
        }
    }
}
