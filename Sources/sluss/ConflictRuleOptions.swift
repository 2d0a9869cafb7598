import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

/// Settles many conflicts by one rule.
struct ConflictRuleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            say(
                "Avgör alla som regeln passar på: enhetens eller centralens värde.",
                "Settle all that the rule fits: the unit's or the central's value."),
            valueName: "unit|central"))
    var take: String?

    @Option(help: ArgumentHelp(say("Bara detta fält.", "Only this field."), valueName: "field"))
    var field: String?

    @Option(
        help: ArgumentHelp(
            say("Bara denna enhets poster.", "Only this unit's records."), valueName: "code"))
    var unit: String?

    @Option(
        help: ArgumentHelp(
            say("Bara idéer eller anteckningar.", "Only ideas or notes."),
            valueName: "idea|meeting"))
    var kind: String?

    @Flag(
        help: ArgumentHelp(
            say("Visa vad regeln passar på, och ändra inget.", "Show what the rule fits only.")))
    var dryRun = false

    func perform(
        _ common: CommonOptions, _ options: PersonOptions, _ reason: String
    ) throws -> Answer {
        var rule = OpenUnit.ConflictRule(
            side: try choice(take ?? "", Phrase("vems värde", "whose value")))
        rule.field = field
        rule.unit = unit?.uppercased()
        rule.kind = try kind.map { typed in
            guard let kind = ImportKind(rawValue: typed) else {
                throw InputError.unknownChoice(
                    Phrase("slaget", "the kind"), choices: Phrase("idea, meeting", "idea, meeting"))
            }
            return kind
        }
        let unit = try dryRun ? common.reading() : common.writing("conflicts resolve")
        let (settled, left, run) = try unit.resolve(
            rule, reason: reason, by: try options.person(at: unit), isPlan: dryRun)
        let head =
            dryRun
            ? say(
                "[FÖRHANDSVISNING] \(settled.count) skulle avgöras, \(left) lämnas.",
                "[PLAN] \(settled.count) would be settled, \(left) left.")
            : say(
                "[KLAR] \(settled.count) avgjorda, \(left) lämnade. Beskeden följer med nästa paket.",
                "[DONE] \(settled.count) settled, \(left) left. They travel with the next bundle.")
        let rows = settled.prefix(Self.shownMax).map { view, pick in
            "  \(view.conflict.id)  \(view.title): "
                + view.values[pick - 1].value.brief(in: view.content)
        }
        let more =
            settled.count > Self.shownMax
            ? ["  … " + say("och fler", "and more") + " (\(settled.count - Self.shownMax))"] : []
        let undo = run.map {
            [
                say(
                    "Ångra med: sluss conflicts undo \($0)", "Undo with: sluss conflicts undo \($0)"
                )
            ]
        }
        return Answer(
            text: ([head] + rows + more + (undo ?? [])).joined(separator: "\n") + "\n",
            json: RuleJSON(
                plan: dryRun,
                settled: settled.map { .init(id: $0.view.conflict.id, pick: $0.pick) },
                left: left, run: run))
    }

    /// How many rows people are shown; JSON has all.
    private static let shownMax = 40
}

private struct RuleJSON: Encodable {
    struct Row: Encodable {
        let id: String
        let pick: Int
    }

    let plan: Bool
    let settled: [Row]
    let left: Int
    @OrNull var run: Int64?
}
