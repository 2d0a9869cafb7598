import ArgumentParser
import Glibc
import SlussFrontEnd
import SlussSync

/// The command line of Sluss.
struct Sluss: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sluss",
            abstract: say(
                "Idéer och mötesanteckningar där det inte finns nät.",
                "Ideas and meeting notes where there is no network."),
            discussion: say(
                """
                Varje enhet skriver i sitt eget lager och skickar ut paket till centralen, på en \
                sticka, en mapp eller i ett mejl. Centralen slår ihop paketen och skickar svar \
                tillbaka. Prova med: sluss demo
                """,
                """
                Each unit writes in its own store and exports bundles to the central, on a stick, \
                a share or by mail. The central merges them and sends answers back. Try: sluss demo
                """),
            version: Release.name,
            subcommands: [
                InitCommand.self, UnitCommand.self, KeyCommand.self, IdeaCommand.self,
                MeetingCommand.self, ActivityCommand.self, SearchCommand.self,
                HistoryCommand.self, BlockCommand.self, MaskCommand.self, DisposeCommand.self,
                ErasuresCommand.self, RetentionCommand.self, DiscloseCommand.self,

                ExportCommand.self, MergeCommand.self, ConflictsCommand.self,
                InspectCommand.self, VerifyCommand.self, BackupCommand.self, RestoreCommand.self,
                StatusCommand.self, CheckCommand.self, RepairCommand.self,
                ImportCommand.self, ReportCommand.self, SurveyCommand.self, DemoCommand.self,
                LayerCommand.self,
            ])
    }
}

@main
enum Main {
    static func main() {
        ProcessStart.prepare()
        do {
            var command = try Sluss.parseAsRoot(hoisted(Array(CommandLine.arguments.dropFirst())))
            try command.run()
        } catch {
            if Sluss.exitCode(for: error).rawValue == ExitStatus.usage.rawValue {
                StandardOutput.writeError(
                    say(
                        "[FEL] Kommandot gick inte att förstå. Inget har ändrats.\n",
                        "[ERROR] The command was not understood. Nothing was changed.\n"))
            }
            Sluss.exit(withError: error)
        }
    }

    /// Lets the common options stand before the command, too: moves them behind it.
    static func hoisted(_ arguments: [String]) -> [String] {
        var rest = arguments[...]
        var common: [String] = []
        while let first = rest.first {
            if first == "--json" || first.hasPrefix("--store=") || first.hasPrefix("--lang=") {
                common.append(first)
                rest = rest.dropFirst()
            } else if ["--store", "--lang"].contains(first), rest.count > 2 {
                common += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        return rest.isEmpty ? arguments : rest + common
    }
}
