import SlussCore
import SlussDomain
import SlussTerminal

/// Ideas and a meeting for the stories.
enum SampleCards {
    static let answered = IdeaCard(
        row: IdeaRow(
            record: "r1", number: "OMS-SB-04-26-0001", title: "Handskar tar slut i förrådet",
            status: IdeaStatus.testing.phrase, unseen: 1),
        problem: "På helgerna tar skydd och handskar slut i förrådet.",
        solution: "Märk varje hylla med bild och ett streck för lägsta nivå.",
        day: "2026-01-12", support: 3,
        answers: [
            .init(
                text: "Vi vill testa i liten skala. Vem hos er kan vara med?",
                role: Role.leader.phrase, day: "2026-02-20")
        ])
    static let late = IdeaCard(
        row: IdeaRow(
            record: "r2", number: "OMS-SB-04-26-0004", title: "Vagnen skramlar på natten",
            status: IdeaStatus.submitted.phrase, daysLeft: -3),
        problem: "Vagnen skramlar på natten", day: "2026-02-13")
    static let disputed = IdeaCard(
        row: IdeaRow(
            record: "r3", number: "OMS-SB-04-26-0003", title: "Karta i varje bil",
            status: Phrase("OLIKA BESKED", "CONFLICTING ANSWERS"), isInConflict: true),
        problem: "Nya vikarier hittar inte i mörkret.", day: "2026-01-20",
        conflicting: [IdeaStatus.inUse.phrase, IdeaStatus.resting.phrase])

    static func meeting(isSigned: Bool = false) -> MeetingCard? {
        var fields: [(String, FieldValue)] = [
            ("number", .text("OMS-SB-04-APT-2026-03-02")), ("day", .text("2026-03-02")),
            ("present", .list([.integer(9), .integer(6)])),
            ("item.a.number", .integer(5)), ("item.a.title", .text("Arbetsmiljö")),
            ("item.a.text", .text("Tungt lyft vid hörnrummet.")),
            ("decision.b.item", .integer(5)), ("decision.b.text", .text("Låna glidlakan.")),
            ("action.c.item", .integer(2)), ("action.c.text", .text("Hämta glidlakan")),
            ("action.c.who", .text("kvällsgruppen")), ("action.c.due", .text("2026-03-01")),
            ("action.c.status", .text("open")),
        ]
        let status: [String: FieldValue] =
            isSigned
            ? ["state": .text("signed"), "by": .list([.text("Chef"), .text("Ombud")])]
            : ["state": .text("draft")]
        fields.append(("status", .structure(status)))
        return SampleState.meeting(fields).map {
            MeetingCard($0, today: Day(year: 2026, month: 3, day: 2) ?? Day(number: 0))
        }
    }
}
