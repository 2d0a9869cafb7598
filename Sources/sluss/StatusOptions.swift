import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

/// What is said together with a status.
struct StatusOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            say("Varför, vad, eller frågan.", "Why, what, or the question."), valueName: "text"))
    var text: String?

    @Option(
        help: ArgumentHelp(
            say("Vem har det nu: en roll.", "Who has it: a role."), valueName: "role")
    )
    var owner: String?

    @Option(
        help: ArgumentHelp(
            say(
                "Till vilken dag: testet slutar, idén väcks, nästa besked.",
                "Until which day: the test ends, the idea wakes, the next word."),
            valueName: "day"))
    var until: String?

    @Option(
        help: ArgumentHelp(
            say(
                "Från vilken dag: i bruk, mottagen av linjen. Annars i dag.",
                "Since which day: in use, accepted by the line. Otherwise today."),
            valueName: "day"))
    var day: String?

    @Option(
        help: ArgumentHelp(
            say("Skäl att avsluta: ", "Reason to close: ") + ClosingReason.names(Speech.language),
            valueName: "word"))
    var reason: String?

    @Option(
        help: ArgumentHelp(say("Vilken annan kanal.", "Which other channel."), valueName: "text"))
    var channel: String?

    @Option(
        help: ArgumentHelp(
            say("Vilken idé den lever vidare i.", "Which idea it lives on in."), valueName: "id"))
    var target: String?

    @Flag(
        help: ArgumentHelp(
            say(
                "Sätt statusen fast den inte följer, eller något saknas.",
                "Set the status though it does not follow, or something is missing.")))
    var force = false

    func entry(_ status: String) throws -> StatusEntry {
        var entry = StatusEntry(try choice(status, Phrase("status", "status")), text: text)
        entry.owner = owner
        entry.until = try typedDay(until)
        entry.day = try typedDay(day)
        entry.reason = try reason.map { try choice($0, StatusPart.reason.phrase) }
        entry.channel = channel
        entry.target = target
        entry.isForced = force
        return entry
    }
}
