import Foundation
import Testing
import _SlussTestSupport

/// Signing off and what follows, with the sentences that a person gets.
@Suite struct MeetingTests {
    private static func made() throws -> (Transcript, String) {
        let transcript = try Transcript.made()
        let result = try transcript.sluss(
            "a", "meeting", "add", "--day", "2026-03-11", "--item", "5 Arbetsmiljö: ljudnivån")
        #expect(result.status == 0, "\(result.errors)")
        return (transcript, "OMS-SB-04-APT-2026-03-11")
    }

    @Test func aNoteIsSignedOffByTwo() throws {
        let (transcript, number) = try Self.made()
        let one = try transcript.sluss("a", "meeting", "edit", number, "--signer", "Anna")
        #expect(one.status == 65)
        #expect(
            one.errors == """
                [FEL] För att justera behövs två olika namn; här är 1. Ange ordföranden och en till. \
                Inget har ändrats.

                """)
        let both = ["--signer", "Anna", "--signer", "Bo Ö"]
        let early = try transcript.sluss(
            "a", ["meeting", "edit", number, "--status", "klar", "--lang", "en"] + both)
        #expect(early.status == 65)
        #expect(
            early.errors == """
                [ERROR] Names of those who sign off go with the status signed off. Choose it, or \
                leave the names until then. Nothing was changed.

                """)
        let signed = try transcript.sluss(
            "a", ["meeting", "edit", number, "--signed", "2026-03-12"] + both)
        #expect(signed.status == 0, "\(signed.errors)")
        let page = try transcript.sluss("a", "meeting", "show", number)
        #expect(page.output.contains("\nJusterad 2026-03-12 av: Anna och Bo Ö\n"))
        let json = try transcript.object(
            transcript.sluss("a", "meeting", "show", number, "--json"))
        #expect(json["signers"] as? [String] == ["Anna", "Bo Ö"])
        #expect(json["signed"] as? String == "2026-03-12")
    }

    @Test func aSignedNoteIsLockedButForAdditions() throws {
        let (transcript, number) = try Self.made()
        try transcript.sluss("a", "meeting", "edit", number, "--status", "justerad")
        let before = try transcript.sluss("a", "meeting", "show", number)
        for option in [["--item", "5: annat"], ["--status", "utkast"], ["--place", "Hallen"]] {
            let result = try transcript.sluss("a", ["meeting", "edit", number] + option)
            #expect(result.status == 65)
            #expect(
                result.errors == """
                    [FEL] \(number) är justerad och går inte att ändra. Skriv ett tillägg i stället \
                    (--addendum). Inget har ändrats.

                    """)
        }
        let english = try transcript.sluss(
            "a", "meeting", "edit", number, "--item", "5: x", "--lang", "en")
        #expect(
            english.errors == """
                [ERROR] \(number) is signed off and cannot be changed. Write an addition instead \
                (--addendum). Nothing was changed.

                """)
        let json = try transcript.sluss("a", "meeting", "edit", number, "--item", "5: x", "--json")
        #expect(try transcript.object(json)["error"] as? String == "signedNote")
        #expect(try transcript.sluss("a", "meeting", "show", number).output == before.output)
        let added = try transcript.sluss(
            "a", "meeting", "edit", number, "--addendum", "Provet börjar v. 12.")
        #expect(added.status == 0, "\(added.errors)")
        let after = try transcript.sluss("a", "meeting", "show", number)
        #expect(after.output == before.output + "Tillägg: Provet börjar v. 12.\n")
    }

    @Test func anIdeaShowsTheMeetingItCameFrom() throws {
        let (transcript, number) = try Self.made()
        let added = try transcript.sluss(
            "a", "idea", "add", "--problem", "Ljudnivån är hög i matsalen.", "--meeting", number,
            "--json")
        let idea = try #require(try transcript.object(added)["number"] as? String)
        let page = try transcript.sluss("a", "idea", "show", idea)
        #expect(page.output.contains("\nFrån APT: \(number)\n"))
        let english = try transcript.sluss("a", "idea", "show", idea, "--lang", "en")
        #expect(english.output.contains("\nFrom meeting: \(number)\n"))
        let json = try transcript.object(transcript.sluss("a", "idea", "show", idea, "--json"))
        #expect(json["meeting"] as? String == number)
        let other = try transcript.list(transcript.sluss("a", "idea", "list", "--json"))
        #expect(other.first?["meeting"] is NSNull)
    }
}
