import Foundation
import Testing
import _SlussTestSupport

/// What a person and a script are told of personal numbers in a bundle.
///
/// One gets in where the clock is behind.
@Suite struct PersonalNumberTests {
    @Test func aBundleWithAPersonalNumberIsMadeAndMergedAndSaid() throws {
        let transcript = try Transcript.made()
        try transcript.sluss(
            "a", "idea", "add", "--problem", "Det gällde 202312312388.", "--today", "2023-06-01")
        let stick = transcript.folder.path("stick")
        let out = try transcript.sluss("a", "export", "--output", stick)
        #expect(out.status == 3, "\(out.errors)")
        #expect(
            out.output.contains(
                """
                   [TITTA] Det som skickas har något som ser ut som personnummer:
                     OMS-SB-04-23-0001, problem/behov: säkert (1)
                   Paketet är gjort ändå. Ta bort numren ur texterna
                """))
        let json = try transcript.list(
            transcript.sluss("a", "export", "--output", stick, "--json"))
        let expected: [NSDictionary] = [
            ["record": "OMS-SB-04-23-0001", "field": "problem", "level": "certain", "count": 1]
        ]
        #expect(json.first?["personalNumbers"] as? [NSDictionary] == expected)

        let english = try transcript.sluss(
            "central", "merge", stick, "--dry-run", "--lang", "en")
        #expect(english.status == 3)
        #expect(
            english.output.contains(
                """
                   [LOOK] What came in has something that looks like personal identity numbers:
                     OMS-SB-04-23-0001, problem/need: certain (1)
                   Nothing was stopped. Take the numbers out of the texts
                """))
        let merged = try transcript.sluss("central", "merge", stick, "--json")
        #expect(merged.status == 3)
        let bundles = try transcript.object(merged)["bundles"] as? [[String: Any]]
        #expect(bundles?.first?["personalNumbers"] as? [NSDictionary] == expected)
        for result in [out, english, merged] {
            #expect(!result.output.contains("2388") && !result.errors.contains("2388"))
        }
        // Without one nothing is said.
        let other = try transcript.sluss("b", "export", "--output", stick, "--json")
        #expect(other.status == 0)
        #expect((try transcript.list(other).first?["personalNumbers"] as? [Any])?.isEmpty == true)
    }
}
