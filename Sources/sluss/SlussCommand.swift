import ArgumentParser
import Foundation
import Glibc
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

/// What a command answers: text for people, JSON for programs, and the exit status.
struct Answer {
    var text: String
    var json: any Encodable
    var status = ExitStatus.done
}

/// A command: parses, calls one use case, answers.
protocol SlussCommand: ParsableCommand {
    var common: CommonOptions { get }

    func perform() throws -> Answer
}

extension SlussCommand {
    func run() throws {
        let answer: Answer
        do {
            answer = try perform()
        } catch is StandardOutput.Failure {
            throw Self.unanswered
        } catch {
            let explanation = Explanation(of: error)
            try fail(explanation)
            return
        }
        try write(common.json ? Self.encoded(answer.json) : answer.text)
        if answer.status != .done { throw ExitCode(answer.status.rawValue) }
    }

    private func fail(_ explanation: Explanation) throws {
        StandardOutput.writeError(say("[FEL] ", "[ERROR] ") + explanation.phrase.said + "\n")
        if common.json {
            try write(
                Self.encoded(
                    ErrorJSON(error: explanation.code, message: explanation.phrase.said)))
        }
        throw ExitCode(explanation.status.rawValue)
    }

    private func write(_ text: String) throws {
        do { try StandardOutput.write(text) } catch { throw Self.unanswered }
    }

    /// Says that the answer was lost, and gives the status.
    private static var unanswered: ExitCode {
        StandardOutput.writeError(
            say(
                "[FEL] Svaret gick inte att skriva ut. Det som skulle sparas är sparat: se efter innan du gör om det.\n",
                "[ERROR] The answer could not be written. What was to be saved is saved: look before you do it again.\n"
            ))
        return ExitCode(ExitStatus.inputOutput.rawValue)
    }

    static func encoded(_ value: any Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        return DisplayText.json(text) + "\n"
    }
}

private struct ErrorJSON: Encodable {
    let error: String
    let message: String
}

/// The options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "Mappen med enhetens lager (annars SLUSS_STORE, annars datamappen).",
                "The folder of the unit's store (else SLUSS_STORE, else the data folder)."),
            valueName: "dir"))
    var store: String?

    @Flag(
        name: .long,
        help: ArgumentHelp(say("Svara med JSON.", "Answer in JSON.")))
    var json = false

    @Option(
        name: .long,
        help: ArgumentHelp(say("Språk: sv eller en.", "Language: sv or en."), valueName: "sv|en"))
    var lang: String?

    @Option(name: .long, help: .hidden)
    var today: String?

    func validate() throws {
        if let lang, Language(rawValue: lang) == nil {
            throw ValidationError(say("Språket är sv eller en.", "The language is sv or en."))
        }
        if let today, Day(today) == nil {
            throw ValidationError(say("Dagen skrivs 2026-03-09.", "A day is written 2026-03-09."))
        }
    }

    var folder: String { store ?? Setting.storeFolder }

    /// The day of the computer's calendar.
    var day: Day { today.flatMap { Day($0) } ?? Setting.today }

    func reading() throws -> OpenUnit {
        try OpenUnit(folder: folder, for: .reading, today: day, on: .thisComputer)
    }

    func writing(_ act: String, keys: KeyAccess = KeyAccess()) throws -> OpenUnit {
        try OpenUnit(
            folder: folder, for: .writing(act), today: day, on: .thisComputer, keys: keys,
            notify: { StandardOutput.writeError(say("[TITTA] ", "[LOOK] ") + $0.said + "\n") })
    }
}

/// Help with an example, in this process's language.
func help(
    _ swedish: String, _ english: String, example: String, more: Phrase? = nil,
    subcommands: [any ParsableCommand.Type] = [], name: String? = nil
) -> CommandConfiguration {
    let heading = say("Exempel:", "Example:")
    let more = more.map { $0.said + "\n\n" } ?? ""
    return CommandConfiguration(
        commandName: name, abstract: say(swedish, english),
        discussion: "\(more)\(heading)\n  \(example)", subcommands: subcommands)
}

/// Reads a choice as typed, or refuses with the choices.
func choice<Choice: NamedChoice>(_ typed: String, _ label: Phrase) throws -> Choice {
    guard let choice = Choice(typed: typed) else {
        throw InputError.unknownChoice(
            label, choices: Phrase(Choice.names(.swedish), Choice.names(.english)))
    }
    return choice
}

/// Reads a day as typed.
func typedDay(_ typed: String?) throws -> Day? {
    guard let typed else { return nil }
    guard let day = Day(typed) else {
        throw InputError.malformed(Phrase("dagen", "the day"), example: "2026-03-20")
    }
    return day
}

/// Who is at the keyboard, as the options say.
struct PersonOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            say("Namn, om det ska synas.", "Name, if it is to be shown."), valueName: "name"))
    var author: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "Roll: medarbetare, enhetschef, innovationsledare, samordnare.",
                "Role: employee, manager, leader, coordinator."), valueName: "role"))
    var role: String?

    func person(at unit: OpenUnit) throws -> OpenUnit.Person {
        guard let role else { return OpenUnit.Person(name: author, role: unit.usualRole) }
        guard let known = Role(typed: role) else {
            let names = { (language: Language) in
                Role.allCases.map { $0.phrase(language) }.joined(separator: ", ")
            }
            throw InputError.unknownChoice(
                Phrase("roll", "role"), choices: Phrase(names(.swedish), names(.english)))
        }
        return OpenUnit.Person(name: author, role: known)
    }
}
