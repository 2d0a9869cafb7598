import Foundation
import SlussDomain
import SlussTerminal
import Testing

/// What people do, and every screen they see on the way.
///
/// The screens lie in `Screens/`, one file for each story, language and size, to be read by eye.
/// `SLUSS_RECORD=1` writes them anew.
@Suite struct StoryTests {
    struct Variant: Sendable, CustomTestStringConvertible {
        let language: Language
        let columns: Int
        let rows: Int

        var testDescription: String { "\(language.rawValue)-\(columns)x\(rows)" }

        static let all = Language.allCases.flatMap { language in
            [(80, 24), (40, 12)].map { Variant(language: language, columns: $0.0, rows: $0.1) }
        }
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Screens")

    static func check(
        _ story: String, _ variant: Variant, prepare: (inout FakeBackend) -> Void = { _ in },
        _ script: (inout ClientRun) -> Void
    ) throws {
        var run = ClientRun(
            variant.language, columns: variant.columns, rows: variant.rows, prepare)
        script(&run)
        let drawn = run.screens.joined(separator: "\n\n") + "\n"
        let file = Self.folder.appendingPathComponent("\(story)-\(variant.testDescription).txt")
        if ProcessInfo.processInfo.environment["SLUSS_RECORD"] != nil {
            try Data(drawn.utf8).write(to: file)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(drawn == expected, "\(story) looks otherwise now; see docs/testing.md")
        for screen in run.screens {
            let rows = screen.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            #expect(rows.count == variant.rows)
            #expect(rows.allSatisfy { TextWidth.of($0) <= variant.columns + 1 })
        }
    }

    @Test(arguments: Variant.all) func anIdeaInThirtySeconds(variant: Variant) throws {
        try Self.check("idea", variant) { run in
            run.look("start")
            run.type("1")
            run.look("router")
            run.type("1")
            run.look("problem")
            run.type("Vagnen skramlar på natten⏎⏎")
            run.look("solution")
            run.type("mjuka hjul⏎⏎")
            run.look("who")
            run.type("3")
            run.look("receipt")
            run.type("⏎1")
            #expect(run.screen.contains("KANEL-47"), "neither Enter nor the digit before skips it")
            run.type("9")
            run.look("start again")
            #expect(run.backend.sent.map(\.problem) == ["Vagnen skramlar på natten"])
            #expect(run.backend.sent.map(\.solution) == ["mjuka hjul"])
            #expect(run.backend.sent.map(\.submitter) == ["anonymous"])
            #expect(run.backend.drafts.values.flatMap { $0 }.isEmpty)
        }
    }

    @Test(arguments: Variant.all) func somethingThatBelongsElsewhere(variant: Variant) throws {
        try Self.check("router", variant) { run in
            run.type("12")
            run.look("deviation")
            run.type("1Larmknappen nås inte från stolen⏎⏎⏎1")
            run.look("receipt with the duty")
            run.type("917")
            run.look("wrongdoing")
            #expect(run.backend.sent.map(\.origin) == ["deviation"])
        }
    }

    @Test(arguments: Variant.all) func aPersonalNumberIsTakenOut(variant: Variant) throws {
        try Self.check("number", variant) { run in
            run.type("11Taxi för 19900101-2385 igen⏎⏎")
            run.look("stopped")
            run.type("⌫")
            run.look("one press takes it")
            run.send(.key(.end))
            run.type("⏎⏎")
            run.look("went on")
            run.type("ring 0701740607⏎⏎")
            run.look("asked")
            run.type("⏎")
            run.look("a telephone it was")
            run.type("1")
            let sent = run.backend.sent.map { $0.problem + $0.solution }.joined()
            #expect(!sent.contains("2385") && sent.contains("0701740607"))
        }
    }

    @Test(arguments: Variant.all) func answersAndOurIdeas(variant: Variant) throws {
        try Self.check(
            "answers", variant,
            prepare: {
                $0.ideas = [SampleCards.answered, SampleCards.late, SampleCards.disputed]
            },
            { run in
                run.look("start with news")
                run.type("2")
                run.look("answers")
                run.type("1")
                run.look("the answer")
                #expect(run.backend.log.contains(.noteSeen(record: "r1", answers: 1)))
                run.type("1")
                run.look("agreed")
                run.type("1")
                #expect(run.backend.ideas[0].support == 4, "one press, one vote")
                run.type("⌫⌫5")
                run.look("our ideas")
                run.type("3")
                run.look("conflicting answers")
                run.type("⌫⌫29OMS-SB-04-26-0001⏎")
                run.look("code")
                run.type("KANEL-46⏎")
                run.look("wrong code")
                run.type("⌫⌫6skramlar⏎")
                run.look("found")
            })
    }

    @Test(arguments: Variant.all) func aWorkplaceMeeting(variant: Variant) throws {
        try Self.check(
            "meeting", variant,
            prepare: { $0.meetings = [SampleCards.meeting()].compactMap { $0 } },
            { run in
                run.type("3")
                run.look("meetings")
                run.type("9")
                run.look("new meeting")
                run.type("⏎")
                run.look("the notes")
                run.type("16⏎Prova röda brickan⏎⏎")
                run.look("written")
                run.type("25⏎Låna glidlakan⏎⏎enhetschef⏎")
                run.look("mandate")
                run.type("2")
                run.look("escalate")
                run.type("1")
                run.type("36⏎Hämta lakan⏎⏎kvällsgruppen⏎14⏎")
                run.type("59+6⏎")
                run.type("6")
                run.look("actions")
                run.type("1")
                run.look("how it stands")
                run.type("3⌫")
                run.type("7")
                run.look("a line to an idea")
                run.type("1")
                run.look("the idea")
                run.type("⏎⏎⏎1931")
                run.type("82")
                run.look("sign off")
                run.type("Eva⏎Bo⏎")
                run.look("signed")
                #expect(run.backend.changes.contains(.sign(["Eva", "Bo"])))
                #expect(run.backend.changes.contains(.present([9, 6])))
                #expect(run.backend.changes.contains(.action(place: 1, .done)))
                #expect(run.backend.sent.map(\.origin) == ["meeting"])
            })
    }

    @Test(arguments: Variant.all) func aSignedNoteTakesAdditionsOnly(variant: Variant) throws {
        try Self.check(
            "signed", variant,
            prepare: { $0.meetings = [SampleCards.meeting(isSigned: true)].compactMap { $0 } },
            { run in
                run.type("31")
                run.look("signed note")
                run.type("2")
                run.look("two does nothing")
                run.type("1Provet börjar v. 12⏎⏎")
                run.look("added")
            })
    }

    @Test(arguments: Variant.all) func somebodyCallsInTheMiddle(variant: Variant) throws {
        try Self.check(
            "lock", variant,
            prepare: {
                $0.persons = [
                    PersonRow(id: "p1", name: "Anna", hasPIN: false),
                    PersonRow(id: "p2", name: "Bo", hasPIN: true),
                ]
                $0.pins = ["p2": "4711"]
            },
            { run in
                run.type("0")
                run.look("who")
                run.type("3")
                run.type("1234⏎")
                run.look("wrong PIN")
                run.type("4711⏎")
                run.look("Bo")
                run.type("11Vagnen skramlar")
                run.send(.idle(seconds: 90))
                run.look("warned")
                run.type(" igen")
                run.send(.idle(seconds: 120))
                run.look("locked")
                run.type("1")
                run.look("the next person sees nothing")
                #expect(!run.screen.contains("Vagnen"))
                run.type("03")
                run.type("4711⏎")
                run.look("Bo and the text")
                #expect(run.screen.contains("Vagnen skramlar igen"))
                run.type("⏎0⏎")
                run.look("0 and Enter")
                #expect(!run.screen.contains("Vagnen"))
                #expect(run.backend.drafts["p2"]?.first?.idea?.problem == "Vagnen skramlar igen\n")
            })
    }

    @Test(arguments: Variant.all) func theStick(variant: Variant) throws {
        try Self.check(
            "stick", variant,
            prepare: {
                $0.exchange.read = [
                    Phrase(
                        "[KLAR] Inläst: paket 3 från Samordnaren. 1 nya, 4 ändrade.",
                        "[DONE] Read in: bundle 3 from the coordinator. 1 new, 4 changed.")
                ]
                $0.exchange.newAnswers = ["OMS-SB-04-26-0001  Handskar tar slut"]
                $0.exchange.bundle = 14
                $0.exchange.records = 23
                $0.exchange.file = "/media/sticka/OMS-SB-04-000014.sluss"
                $0.exchange.confirmed = 12
            },
            { run in
                run.type("7")
                run.look("which stick")
                run.type("1")
                run.look("what to do")
                run.type("1")
                run.look("done")
                run.type("⏎79/tmp/mapp⏎")
                run.look("a folder by name")
            })
    }

    @Test(arguments: Variant.all) func helpAndHandbook(variant: Variant) throws {
        try Self.check("help", variant) { run in
            run.type("4")
            run.look("help")
            run.type("⏎")
            run.look("further down")
            run.type("1")
            run.look("the other language")
            run.type("28")
            run.look("handbook")
        }
    }
}
