import Foundation
import SlussCore
import SlussDomain
import SlussReview
import SlussSync
import Testing

/// The pages, as values: what they hold, in what order, for whom.
@Suite struct ReportTests {
    struct Variant: Sendable, CustomTestStringConvertible {
        let audience: ReportAudience
        let language: Language

        var testDescription: String { "\(audience.rawValue)-\(language.rawValue)" }

        static let all = ReportAudience.allCases.flatMap { audience in
            Language.allCases.map { Variant(audience: audience, language: $0) }
        }
    }

    private static func page(
        _ variant: Variant, _ sample: SampleMaterial = SampleMaterial()
    ) throws -> ReportPage {
        let request = ReportRequest(
            variant.audience,
            administration: variant.audience == .leader ? sample.text("OMS") : nil,
            unit: variant.audience == .unit ? SampleMaterial.code("OMS-SB-04") : nil,
            language: variant.language)
        return try ReportPage(request, of: sample.material)
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Pages")

    /// The pages lie in `Pages/`, to be opened in a browser and looked at; `SLUSS_RECORD=1` writes
    /// them anew.
    @Test(arguments: Variant.all) func aPageIsAsItWas(variant: Variant) throws {
        let html = try Self.page(variant).html
        let file = Self.folder.appendingPathComponent("\(variant.testDescription).html")
        if ProcessInfo.processInfo.environment["SLUSS_RECORD"] != nil {
            try Data(html.utf8).write(to: file)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(html == expected, "\(variant) looks otherwise now; see docs/testing.md")
    }

    @Test(arguments: Variant.all) func aPageNeedsNothingElse(variant: Variant) throws {
        let html = try Self.page(variant).html
        for word in ["http:", "https:", "src=", "href=", "url(", "@import", "<script", " on"] {
            let isInTag = html.matches(of: /<[^>]*>/).contains { $0.output.contains(word) }
            #expect(!isInTag, "\(word)")
        }
        #expect(html.contains("<html lang=\"\(variant.language.rawValue)\">"))
        #expect(html.matches(of: /<h1>/).count == 1)
        let levels = html.matches(of: /<h([1-6])/).compactMap { Int($0.1) }
        for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
        #expect(html.matches(of: /<table/).count == html.matches(of: /<caption/).count)
        // Every picture is followed by its table.
        for part in html.components(separatedBy: "</figure>").dropFirst() {
            #expect(part.hasPrefix("\n<div class=\"scroll\""))
        }
    }

    /// WCAG 2.1, 1.4.3 and 1.4.11: text 4.5 to 1, lines of a picture 3 to 1; here 7 for all that is
    /// not a thin line between rows.
    @Test func everyColourStandsOutFromThePage() throws {
        let html = try Self.page(Variant(audience: .coordinator, language: .swedish)).html
        func luminance(_ colour: String) -> Double {
            let wide = colour.count == 3 ? colour.map { "\($0)\($0)" }.joined() : colour
            let parts = stride(from: 0, to: 6, by: 2).map { place -> Double in
                let start = wide.index(wide.startIndex, offsetBy: place)
                let value =
                    Double(Int(wide[start..<wide.index(start, offsetBy: 2)], radix: 16) ?? 0) / 255
                return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
        }
        let style = try #require(
            html.components(separatedBy: "<style>").last?.components(
                separatedBy: "</style>"
            ).first)
        let colours = style.matches(
            of: /(color|fill|stroke|border-left|outline): ([^;]* )?#([0-9a-f]{6}|[0-9a-f]{3});/
        ).map { String($0.3) }
        #expect(colours.count >= 8)
        for colour in colours {
            #expect(1.05 / (luminance(colour) + 0.05) >= 7, "#\(colour)")
        }
    }

    /// The page on the wall is one sheet: the newest answers, the least time, and how many more.
    @Test func theUnitsPageShowsTheNewestAndSaysHowManyMore() throws {
        let unit = SampleMaterial.code("OMS-SB-04")
        var material = SampleMaterial().material
        material.ideas = (1...60).map { number in
            let day = SampleMaterial.today.adding(days: -number)
            var idea = ReportIdea(
                number: "OMS-SB-04-26-\(1000 + number)", problem: "Behov nummer \(number)",
                status: number % 2 == 0 ? "under-review" : "submitted",
                figures: KPIIdea(
                    unit: unit, day: day, steps: [.init(day, .submitted, visible: day)]))
            if number % 2 == 0 {
                idea.answers = [
                    .init(
                        text: String(repeating: "ord ", count: 60), role: .coordinator, given: day,
                        visible: day)
                ]
            }
            return idea
        }
        let page = try ReportPage(
            ReportRequest(.unit, unit: unit, language: .swedish), of: material)
        let html = page.html
        // Three lines around each answer, and 268 characters with what is before them are four.
        #expect(html.matches(of: /<article>/).count == 2)
        #expect(html.contains("+28 till. Se dem i Sluss."), "answers")
        #expect(html.contains("Behov nummer 2<") && !html.contains("Behov nummer 6<"))
        #expect(html.contains("+26 till. Se dem i Sluss."), "of 30 that wait")
        #expect(html.contains("Inkommen 30, Bereds 30"))
        let waiting = try #require(page.tables.first { $0.name == "vantar-pa-svar" })
        #expect(waiting.csv.components(separatedBy: "\r\n").count == 32, "the list has them all")
        #expect(page.tables.contains { $0.name == "lagen" })
    }

    private static let canary =
        "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;\u{202E}\u{1B}[31m</td></table>"

    /// A text from outside leaves the page's own tags as they are, whatever it says.
    @Test(arguments: Variant.all) func noTextActs(variant: Variant) throws {
        let hostile = try Self.page(variant, SampleMaterial(text: { _ in Self.canary })).html
        let harmless = try Self.page(variant, SampleMaterial(text: { _ in "ofarligt" })).html
        // Whether a cell is short enough to stay on one line is the only thing a text decides.
        func tags(_ html: String) -> [String] {
            html.matches(of: /<[^>]*>/).map { tag in
                String(tag.output).replacing(" class=\"short\"", with: "")
            }
        }
        #expect(tags(hostile) == tags(harmless))
        for scalar in hostile.unicodeScalars {
            #expect(scalar == "\n" || DisplayText.line(String(scalar)) == String(scalar))
        }
        #expect(hostile.contains("&quot;&#39;&gt;&lt;script&gt;alert(1)"))
    }

    @Test(arguments: Variant.all) func noCellOfATableIsAFormula(variant: Variant) throws {
        for formula in ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(1)", "\t=1"] {
            let page = try Self.page(variant, SampleMaterial(text: { _ in formula }))
            let all = page.tables.map(\.csv).joined()
            // The unit's page has a heading in its table, the others more.
            #expect(all.contains("\"'") || variant.audience == .unit)
            for table in page.tables {
                for field in table.csv.matches(of: /(?:^|,|\r\n)"([^"])/) {
                    #expect(!"=+-@\t".contains(field.1), "\(table.name)")
                }
            }
        }
    }

    @Test func tablesHaveNamesOfTheirOwn() throws {
        for variant in Variant.all {
            let names = try Self.page(variant).tables.map(\.name)
            #expect(Set(names).count == names.count)
            for name in names {
                #expect(name.utf8.allSatisfy { $0 == 0x2D || (0x61...0x7A).contains($0) })
            }
        }
    }

    /// The order of domain model §11: what to do stands before how it is.
    @Test func mondayIsReadFromTopToBottom() throws {
        let html = try Self.page(Variant(audience: .coordinator, language: .swedish)).html
        let headings = html.matches(of: /<h2[^>]*>([^<]*)</).map { String($0.1) }
        #expect(
            headings == [
                "Paket in", "Att göra i dag", "Nytt sedan sist", "Väntar på andra", "Att berätta",
                "Returpaket", "Läge tolv månader",
            ])
        #expect(html.contains("Måndag 9 mars 2026, v. 11"))
    }

    @Test func aLeadersPageHoldsOneAdministrationAlone() throws {
        let html = try Self.page(Variant(audience: .leader, language: .swedish)).html
        #expect(html.contains("OMS-SB-04"))
        #expect(!html.contains("BUN-GR-03"))
        #expect(!html.contains("TEK-KO-01"))
        #expect(html.contains("schemat för helger (MBL)"))
    }

    @Test func aUnitsPageHoldsOneUnitAndWhatItHasReplaced() throws {
        let html = try Self.page(Variant(audience: .unit, language: .swedish)).html
        for other in ["OMS-HT-02", "BUN-GR-03", "TEK-KO-01"] { #expect(!html.contains(other)) }
        #expect(html.contains("OMS-SB-01-26"))
    }

    /// The management gets figures and headings given on purpose: no need in anybody's own words,
    /// no answer, nothing of a meeting.
    @Test func theManagementReadsNobodysWords() throws {
        let html = try Self.page(
            Variant(audience: .management, language: .swedish),
            SampleMaterial(text: { $0 == "OMS" || $0 == "Röd bricka på hyllan" ? $0 : "ORD" })
        ).html
        let found = html.matches(of: /ORD/).count
        // Two administrations, in the table of them, and beside what has come into use.
        let administrations =
            html.matches(of: /<th scope="row" class="short">ORD</).count
            + html.matches(of: /<td class="short">ORD</).count
        #expect(found == administrations)
        #expect(html.contains("Röd bricka på hyllan"))
    }

    @Test func whoMayNotHaveAPageGetsNone() throws {
        var unit = SampleMaterial().material
        (unit.isCentral, unit.unit) = (false, SampleMaterial.code("OMS-SB-04"))
        func fault(_ request: ReportRequest, _ material: ReportMaterial) -> ReportError? {
            do { _ = try ReportPage(request, of: material) } catch { return error }
            return nil
        }
        for audience in [ReportAudience.coordinator, .leader, .management] {
            #expect(fault(ReportRequest(audience, language: .swedish), unit) == .onlyCentral)
        }
        let other = SampleMaterial.code("OMS-HT-02")
        #expect(fault(ReportRequest(.unit, unit: other, language: .swedish), unit) == .noSuchUnit)
        #expect(fault(ReportRequest(.unit, language: .swedish), unit) == nil)
        let central = SampleMaterial().material
        #expect(fault(ReportRequest(.unit, language: .swedish), central) == .noSuchUnit)
        #expect(
            fault(ReportRequest(.leader, administration: "XYZ", language: .swedish), central)
                == .noSuchAdministration(["BUN", "OMS", "TEK"]))
        let swapped = ReportRequest(
            .management, from: SampleMaterial.day("2026-02-01"),
            to: SampleMaterial.day("2026-01-01"), language: .swedish)
        #expect(fault(swapped, central) == .daysSwapped)
    }

    /// The half-year's figures against a count made here, from the same ideas.
    @Test func theFiguresOnThePageAreThoseOfTheIdeas() throws {
        let material = SampleMaterial().material
        let html = try Self.page(Variant(audience: .management, language: .english)).html
        let (first, last) = (SampleMaterial.day("2025-07-01"), SampleMaterial.day("2025-12-31"))
        let counted = material.ideas.filter { $0.status != "redirected" }
        let half = counted.filter { (first...last).contains($0.figures.day) }
        let used = half.filter { idea in
            idea.figures.steps.contains { $0.status == .inUse && $0.day <= last }
        }
        #expect(half.count >= 10)
        let percent = (Double(used.count) / Double(half.count) * 100).rounded()
        #expect(
            html.contains(
                "<th scope=\"row\">second half of 2025</th><td class=\"number\">\(half.count)</td>")
        )
        #expect(html.contains(">\(Int(percent))% (\(used.count) of \(half.count))</td></tr>"))
    }
}
