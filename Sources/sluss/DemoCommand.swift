import ArgumentParser
import Foundation
import Glibc
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct DemoCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa hela kedjan på exempelenheterna, i en tillfällig mapp.",
            "Show the whole chain on the sample units, in a temporary folder.",
            example: "sluss demo --keep /tmp/sluss-demo",
            more: Phrase(
                "Sex enheter och en central, riktiga filer. Varje steg visar kommandot som någon hade skrivit, och svaret.",
                "Six units and a central, real files. Each step shows the command that a person would have typed, and the answer."
            ), name: "demo")
    }

    @Option(
        help: ArgumentHelp(
            say(
                "Behåll filerna i denna mapp, som inte får finnas än.",
                "Keep the files in this folder, which must not be there yet."), valueName: "dir"))
    var keep: String?

    @Flag(
        help: ArgumentHelp(
            say("Visa även svaren på vardagliga steg.", "Show the answers of everyday steps, too."))
    )
    var verbose = false

    @Option(
        help: ArgumentHelp(say("Språk: sv eller en.", "Language: sv or en."), valueName: "sv|en"))
    var lang: String?

    func run() throws {
        let folder = try keep.map(Self.newFolder) ?? Self.temporaryFolder()
        defer { if keep == nil { try? FileManager.default.removeItem(atPath: folder) } }
        // What a passing demo remembers of its stores passes with it.
        if keep == nil { setenv("XDG_STATE_HOME", folder + "/state", 1) }
        var stage = DemoStage(folder: folder, isVerbose: verbose)
        do { try DemoScript.run(on: &stage) } catch is StandardOutput.Failure {
            throw ExitCode(ExitStatus.inputOutput.rawValue)
        }
        if keep != nil {
            try stage.tell(
                say(
                    "Filerna ligger kvar i \(folder). Fortsätt själv, till exempel:\n  sluss --store \(folder)/central status",
                    "The files are kept in \(folder). Go on by hand, for example:\n  sluss --store \(folder)/central status"
                ))
        }
    }

    private static func newFolder(_ path: String) throws -> String {
        guard mkdir(path, 0o700) == 0 else {
            StandardOutput.writeError(
                say(
                    "[FEL] Mappen \(DisplayText.line(path)) finns redan eller går inte att göra. Inget har ändrats.\n",
                    "[ERROR] The folder \(DisplayText.line(path)) is there already or cannot be made. Nothing was changed.\n"
                ))
            throw ExitCode(ExitStatus.badInput.rawValue)
        }
        return path
    }

    private static func temporaryFolder() throws -> String {
        var template = Array((NSTemporaryDirectory() + "sluss-demo-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else {
            throw ExitCode(ExitStatus.inputOutput.rawValue)
        }
        return String(cString: made)
    }
}

/// Where the demo plays: runs commands as typed, shows them and their answers, and stops at once
/// if one ends otherwise than the script says.
struct DemoStage {
    /// A step of the demo did not end as it must: a defect in Sluss.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    let folder: String
    private let isVerbose: Bool
    private var day = Day(number: 0)

    init(folder: String, isVerbose: Bool) {
        self.folder = folder
        self.isVerbose = isVerbose
    }

    /// A line or more from the narrator.
    func tell(_ text: String) throws { try StandardOutput.write("\n" + text + "\n") }

    /// The day on which the next commands are typed.
    mutating func turn(to day: String) throws {
        guard let day = Day(day) else { throw Failed(description: day) }
        self.day = day
    }

    /// Runs a command and shows both it and its answer.
    @discardableResult
    func show(
        _ arguments: [String], at place: String, ending: ExitStatus = .done
    ) throws -> Answer {
        let answer = try perform(arguments, at: place, ending: ending)
        try StandardOutput.write(
            "\n$ " + Self.typed(arguments, folder: "\(folder)/\(place)") + "\n"
                + Self.indented(answer.text))
        return answer
    }

    /// Runs a command of which there are many alike; shown in full with `--verbose`.
    @discardableResult
    func run(
        _ arguments: [String], at place: String, ending: ExitStatus = .done
    ) throws -> Answer {
        if isVerbose { return try show(arguments, at: place, ending: ending) }
        return try perform(arguments, at: place, ending: ending)
    }

    private func perform(
        _ arguments: [String], at place: String, ending: ExitStatus
    ) throws -> Answer {
        let all = arguments + ["--store", "\(folder)/\(place)", "--today", day.description]
        let parsed = try Sluss.parseAsRoot(all)
        guard let command = parsed as? any SlussCommand else {
            throw Failed(description: arguments.joined(separator: " "))
        }
        let answer: Answer
        do { answer = try command.perform() } catch {
            throw Failed(description: Explanation(of: error).phrase.said)
        }
        guard answer.status == ending else {
            throw Failed(description: "\(arguments): \(answer.status)\n\(answer.text)")
        }
        return answer
    }

    /// The command as a person would type it.
    private static func typed(_ arguments: [String], folder: String) -> String {
        let words = ["sluss", "--store", folder] + arguments
        return words.map { word in
            let isPlain = word.utf8.allSatisfy { byte in
                FieldPath.isPlain(byte) || "/.:+=".utf8.contains(byte)
            }
            return isPlain && !word.isEmpty
                ? word : "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
        }.joined(separator: " ")
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map { "  \($0)\n" }.joined()
    }
}

extension FieldPath {
    fileprivate static func isPlain(_ byte: UInt8) -> Bool {
        (FieldPath(String(decoding: [byte], as: UTF8.self)) != nil)
    }
}
