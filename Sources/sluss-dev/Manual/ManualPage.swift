import Foundation
import SlussCore
import SlussDomain
import SlussSync

/// One command's page of the manual, in the macros of man(7).
struct ManualPage {
    /// How the program is called, as typed: `sluss`, `idea`, `add`.
    let words: [String]
    /// The file it belongs in: `sluss-idea-add.1`.
    var file: String { words.joined(separator: "-") + ".1" }
    /// The page.
    let text: String

    /// The pages of a program: its own, and one for each command below it.
    static func all(of program: CommandDump, _ language: Language, day: Day) -> [ManualPage] {
        pages(of: program, above: [], language, day)
    }

    private static func pages(
        of command: CommandDump, above: [String], _ language: Language, _ day: Day
    ) -> [ManualPage] {
        let words = above + [command.commandName]
        var writer = Writer(language: language)
        writer.write(command, words, day)
        return [ManualPage(words: words, text: writer.text)]
            + command.shownCommands.flatMap { pages(of: $0, above: words, language, day) }
    }

    /// Makes text safe for troff: no letter of it acts, whatever it is.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            default: result.append(character)
            }
        }
        return result.hasPrefix(".") ? "\\&" + result : result
    }

    /// Puts a page together.
    private struct Writer {
        let language: Language
        var text = ""

        mutating func line(_ line: String) { text += line + "\n" }
        mutating func heading(_ phrase: Phrase) { line(".SH \(phrase(language))") }
        /// A line of text; one that begins with a quote or a dot would be a request.
        mutating func plain(_ words: some StringProtocol) {
            line(ManualPage.escaped(String(words)))
        }

        mutating func write(_ command: CommandDump, _ words: [String], _ day: Day) {
            let title = ManualPage.escaped(words.joined(separator: "-"))
            line(".\\\" Made by sluss-dev manual from the program's own help.")
            line(
                ".TH \(title.uppercased()) 1 \(day) \"\(Release.name)\" \"\(ManualWords.manual(language))\""
            )
            heading(ManualWords.name)
            let abstract = (command.abstract ?? "").trimmingSuffix { $0 == "." }
            line("\(title) \\- \(ManualPage.escaped(abstract))")
            heading(ManualWords.synopsis)
            synopsis(command, words)
            let (discussion, example) = parts(of: command.discussion ?? "")
            heading(ManualWords.description)
            paragraphs(discussion.isEmpty ? command.abstract ?? "" : discussion)
            if !command.shownCommands.isEmpty { commands(command, words) }
            heading(ManualWords.options)
            for argument in command.shownArguments { describe(argument) }
            if !example.isEmpty {
                heading(ManualWords.example)
                literally(example)
            }
            if words.count == 1 { common() }
            seeAlso(words)
        }

        private mutating func synopsis(_ command: CommandDump, _ words: [String]) {
            line(".B \(ManualPage.escaped(words.joined(separator: " ")))")
            for argument in command.shownArguments where !isUniversal(argument) {
                let used = usage(argument)
                line(argument.isOptional ? "[\(used)]" : used)
            }
            if !command.shownCommands.isEmpty {
                line("\\fI\(ManualPage.escaped(ManualWords.command(language)))\\fR")
            }
        }

        /// `help` and `version`, which every command has.
        private func isUniversal(_ argument: CommandDump.Argument) -> Bool {
            argument.names?.contains { ["--help", "--version"].contains($0.typed) } == true
        }

        private func usage(_ argument: CommandDump.Argument) -> String {
            let value = "\\fI\(ManualPage.escaped(argument.valueName ?? ""))\\fR"
            let more = argument.isRepeating ? " ..." : ""
            // A long name, if there is one; a page is read more often than it is typed.
            let name =
                argument.names?.first { $0.kind == .long }?.typed
                ?? argument.names?.first?.typed ?? ""
            switch argument.kind {
            case .positional: return value + more
            case .flag: return "\\fB\(ManualPage.escaped(name))\\fR"
            case .option: return "\\fB\(ManualPage.escaped(name))\\fR \(value)\(more)"
            }
        }

        private mutating func describe(_ argument: CommandDump.Argument) {
            line(".TP")
            let value = "\\fI\(ManualPage.escaped(argument.valueName ?? ""))\\fR"
            if argument.kind == .positional {
                line(value)
            } else {
                let names = (argument.names ?? []).map { "\\fB\(ManualPage.escaped($0.typed))\\fR" }
                line(names.joined(separator: ", ") + (argument.kind == .option ? " \(value)" : ""))
            }
            let names = Set((argument.names ?? []).map(\.typed))
            var meaning = argument.abstract ?? ""
            // These two are said by the library, in English always.
            if names.contains("--help") { meaning = ManualWords.showHelp(language) }
            if names.contains("--version") { meaning = ManualWords.showVersion(language) }
            if let usual = argument.defaultValue {
                meaning += " \(ManualWords.usual(language)) \(usual)"
            }
            plain(meaning.replacing("\n", with: " "))
        }

        private mutating func commands(_ command: CommandDump, _ words: [String]) {
            heading(ManualWords.commands)
            for sub in command.shownCommands {
                line(".TP")
                let name = (words + [sub.commandName]).joined(separator: "-")
                line("\\fB\(ManualPage.escaped(name))\\fR(1)")
                plain(sub.abstract ?? "")
            }
        }

        /// The help's text without its example, and the example's lines.
        private func parts(of discussion: String) -> (String, [Substring]) {
            let heading = ManualWords.exampleInHelp(language)
            let lines = discussion.split(separator: "\n", omittingEmptySubsequences: false)
            guard let start = lines.firstIndex(where: { $0 == heading }) else {
                return (discussion, [])
            }
            return (
                lines[..<start].joined(separator: "\n"),
                lines[start...].dropFirst().map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
            )
        }

        private mutating func paragraphs(_ text: String) {
            let paragraphs = text.split(separator: "\n\n")
            for (index, paragraph) in paragraphs.enumerated() {
                if index > 0 { line(".PP") }
                let lines = paragraph.split(separator: "\n")
                if lines.allSatisfy({ $0.hasPrefix(" ") }) {
                    literally(lines)
                } else {
                    for words in lines { plain(words.drop { $0 == " " }) }
                }
            }
        }

        /// Lines as they stand.
        private mutating func literally(_ lines: [Substring]) {
            line(".nf")
            line(".RS 4")
            for words in lines { plain(words) }
            line(".RE")
            line(".fi")
        }

        private mutating func common() {
            heading(ManualWords.statuses)
            for status in ExitStatus.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
                line(".TP")
                line(".B \(status.rawValue)")
                plain(ManualWords.meaning(status)(language))
            }
            heading(ManualWords.environment)
            for variable in ManualWords.variables {
                line(".TP")
                line(".B \(variable.name)")
                plain(variable.meaning(language))
            }
        }

        private mutating func seeAlso(_ words: [String]) {
            var pages = words.indices.dropFirst().map { words[..<$0].joined(separator: "-") }
            // The two programs name each other.
            if words.count == 1 {
                pages = ["sluss", "sluss-terminal"].filter { $0 != words.first }
            }
            heading(ManualWords.seeAlso)
            for page in pages { line("\\fB\(ManualPage.escaped(page))\\fR(1),") }
            line("/usr/share/doc/sluss")
        }
    }
}

extension String {
    /// Without the characters at its end for which a question is answered yes.
    fileprivate func trimmingSuffix(while isCut: (Character) -> Bool) -> String {
        var result = self
        while let last = result.last, isCut(last) { result.removeLast() }
        return result
    }
}
