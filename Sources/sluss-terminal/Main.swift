import ArgumentParser
import Glibc
import SlussDomain
import SlussFrontEnd
import SlussSync
import SlussTerminal

/// The client for shared workplace machines.
struct TerminalCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sluss-terminal",
            abstract: say(
                "Sluss på enhetens gemensamma dator.", "Sluss on the unit's shared computer."),
            discussion: say(
                "Siffror, Enter och Backsteg räcker till allt. 0 sparar och låser.",
                "Digits, Enter and Backspace are enough for everything. 0 saves and locks."),
            version: Release.name)
    }

    @OptionGroup var options: TerminalOptions

    func run() throws {
        let backend: Backend
        do { backend = try Backend(options) } catch {
            let explanation = Explanation(of: error)
            StandardOutput.writeError(say("[FEL] ", "[ERROR] ") + explanation.phrase.said + "\n")
            throw ExitCode(explanation.status.rawValue)
        }
        let isPlain = options.plainMode || !CursesTerminal.isPossible
        var desk = Desk(
            unitName: backend.unitName, language: Speech.language, today: options.day,
            isPlain: isPlain, isCentral: backend.isCentral, lockAfter: options.lockAfterSeconds,
            session: Self.session())
        desk.isASCII = options.ascii
        guard let signals = Signals() else { throw ExitCode(ExitStatus.failed.rawValue) }
        var session = Session(
            client: Client(desk: desk), backend: backend, today: { options.day },
            terminal: isPlain
                ? PlainTerminal(signals)
                : CursesTerminal(signals, isHighContrast: options.highContrast))
        do { try session.run() } catch is StandardOutput.Failure {
            StandardOutput.writeError(
                say(
                    "[FEL] Utdata gick inte att skriva. Det som skrevs är sparat.\n",
                    "[ERROR] The output could not be written. What was written is kept.\n"))
            throw ExitCode(ExitStatus.inputOutput.rawValue)
        }
    }

    /// A name for this run's drafts that no other run has.
    private static func session() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(UInt64.random(in: .min ... .max, using: &generator), radix: 36)
    }
}

@main
enum Main {
    static func main() {
        ProcessStart.prepare()
        do {
            var command = try TerminalCommand.parseAsRoot()
            try command.run()
        } catch {
            TerminalCommand.exit(withError: error)
        }
    }
}
