import SlussDomain
import SlussTerminal
import Testing

/// Whatever other computers have written, nothing of it acts on the terminal.
@Suite struct HostileTextTests {
    private static let hostile = "a\u{1B}[31m\u{9B}2J\u{202E}b\u{7}\u{200B}\r\nc"

    private static let card = IdeaCard(
        row: IdeaRow(
            record: "r1", number: hostile, title: hostile, status: Phrase(hostile, hostile),
            unseen: 1),
        problem: hostile, solution: hostile, day: hostile, conflicting: [],
        answers: [.init(text: hostile, role: Phrase("x", "x"), day: hostile)])

    static func isClean(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x0A: true
            case 0x00...0x1F, 0x7F...0x9F, 0x200B, 0x202A...0x202E: false
            default: true
            }
        }
    }

    @Test(arguments: [(80, 24), (40, 12), (5, 3)])
    func titlesTextsAndAnswersAreMadeVisible(columns: Int, rows: Int) {
        var run = ClientRun(columns: columns, rows: rows) {
            $0.ideas = [Self.card]
            $0.persons = [PersonRow(id: "p1", name: Self.hostile, hasPIN: true)]
        }
        for keys in ["2", "1", "⌫⌫5", "1", "⌫⌫6a⏎", "⌫⌫02"] {
            run.type(keys)
            #expect(Self.isClean(run.screen), "\(keys)")
            #expect(run.client.transcript.allSatisfy { Self.isClean($0) && !$0.contains("\n") })
        }
        #expect(columns < 40 || run.screen.contains("‹U+001B›"))
    }
}
