import SlussCore
import SlussDomain
import SlussTerminal

/// Invented conflicts for the coordinator's stories.
enum SampleConflicts {
    static let facts: CentralFacts = {
        var facts = CentralFacts()
        (facts.conflicts, facts.putOff) = (2, 1)
        (facts.late, facts.soon, facts.later, facts.due, facts.unseen) = (1, 0, 1, 1, 4)
        return facts
    }()

    static func row(
        _ reference: String, _ number: String, _ field: Phrase, item: String? = nil,
        values: Int = 2, age: Int = 3, isPutOff: Bool = false
    ) -> ConflictRow {
        ConflictRow(
            reference: reference, name: "3dw9gx3c", number: number, field: field, item: item,
            unit: "Lomtjärns hemtjänst", values: values, age: age, isPutOff: isPutOff)
    }

    private static func state(_ word: String, _ members: [String: FieldValue] = [:]) -> FieldValue {
        .structure(members.merging(["state": .text(word)]) { $1 })
    }

    /// A unit has it in use, the central lets it rest.
    static let status = ConflictCard(
        row: row("r1/status", "OMS-HT-02-26-0001", Phrase("status", "status")),
        kind: KindDefinition.idea.label, version: "v1", content: .structure,
        base: state("submitted"),
        values: [
            .init(
                state("in-use"), place: "OMS-HT-02", role: .manager, author: "Eva",
                day: "2026-02-27"),
            .init(
                state(
                    "resting", ["text": .text("ny skolplattform"), "until": .text("2026-08-10")]),
                place: "KLK-SA-01", role: .coordinator, day: "2026-02-26"),
        ])

    /// Two have gone on with the same text.
    static let text = ConflictCard(
        row: row(
            "r2/item.a.text", "OMS-HT-02-APT-2026-02-20", Phrase("text", "text"), item: "5",
            age: 1),
        kind: KindDefinition.meeting.label, version: "v1", content: .text(min: 1, max: 2000),
        base: .text("Tungt lyft vid hörnrummet.\nVi lånar glidlakan i två veckor."),
        values: [
            .init(
                .text("Tungt lyft vid hörnrummet.\nVi lånar glidlakan i fyra veckor."),
                place: "OMS-HT-02 (A)", role: .employee, author: "Bo", day: "2026-03-01"),
            .init(
                .text(
                    "Tungt lyft vid hörnrummet och i duschen.\nVi lånar glidlakan i två veckor."),
                place: "OMS-HT-02 (B)", role: .employee, day: "2026-02-28"),
        ])

    /// Three headings with nothing before them, put off.
    static let three = ConflictCard(
        row: row(
            "r3/title", "BUN-FS-11-26-0008", Phrase("rubrik", "heading"), values: 3, age: 0,
            isPutOff: true),
        kind: KindDefinition.idea.label, version: "v1", content: .text(min: 1, max: 80), base: nil,
        values: [
            .init(.text("Samma mall"), place: "BUN-FS-11", role: .employee, day: "2026-03-02"),
            .init(
                .text("Samma mall i hela skolan"), place: "BUN-GR-03", role: .employee,
                day: "2026-03-02"),
            .init(.text("Veckobrevet"), place: "KLK-SA-01", role: .leader, day: "2026-03-02"),
        ], deferral: Deferral(reason: "frågar rektor", day: "2026-03-01", role: .coordinator))

    /// What a bundle may bring: a megabyte, controls, writing that turns round, marks upon marks.
    static let hostile: ConflictCard = {
        let text = "a\u{1B}[31m\u{9B}2J\u{202E}b\u{7}\u{200B}\r\nc"
        let marks = "e" + String(repeating: "\u{301}", count: 500_000)
        let megabyte = text + String(repeating: " ord", count: 250_000)
        return ConflictCard(
            row: ConflictRow(
                reference: "r4/problem", name: "3dw9gx3c", number: megabyte,
                field: Phrase(text, text),
                item: text, unit: megabyte, values: 12, age: 3),
            kind: KindDefinition.idea.label, version: "v1", content: .text(min: 10, max: 1000),
            base: .text(text),
            values: [megabyte, marks, text].map {
                .init(
                    .text($0), place: text, role: .employee, author: megabyte, day: text)
            }
                + (0..<9).map {
                    .init(.text("ord \($0)"), place: text, role: .employee, day: text)
                }, deferral: Deferral(reason: megabyte, day: megabyte, role: nil))
    }()

    /// What a conflict is when somebody has settled it.
    static func settled(
        _ conflict: ConflictCard, _ act: Decision.Act, _ reason: String, number: Int
    ) -> SettledCard {
        var own = ""
        if case .value(let text) = act { own = text }
        var card = SettledCard(
            mark: SettledMark(
                reference: conflict.row.reference, resolution: "w\(number)", place: conflict.row),
            conflict: conflict,
            chosen: .init(
                .text(own), place: "", role: .coordinator, author: "Eva", day: "2026-03-02"),
            content: .text(min: 1, max: 2000), reason: reason)
        if case .pick(let number) = act { card.chosen = [conflict.values[number - 1].brief] }
        return card
    }

    static func row(_ card: SettledCard) -> SettledRow {
        SettledRow(
            mark: card.mark, chosen: card.chosen.first ?? Phrase("", ""), day: card.day)
    }
}
