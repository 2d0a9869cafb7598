import Foundation
import Testing
import _SlussTestSupport

/// A passphrase that is typed at a real terminal: asked for, not shown, and the terminal is left as
/// it was.
///
/// Method: a shell in a terminal of tmux; what a person types is typed, what she sees is read.
@Suite(.enabled(if: Terminal.isThere, Terminal.whyNot), .serialized)
struct TypedPassphraseTests {
    private static let secret = "fyra korta svåra ord"

    @Test func whatIsTypedOpensTheKeysAndIsNeverShown() throws {
        let transcript = try Transcript.made()
        let terminal = try Terminal(transcript)
        let protect = try terminal.enter(
            "sluss key protect --store a",
            answers: [("Ny lösenfras: ", Self.secret), ("En gång till: ", Self.secret)])
        #expect(protect.contains("ended 0") && protect.contains("Nycklarna är skyddade"))
        let request = "Lösenfras för a/keys: "
        let export = "sluss export --store a --output stick"
        let wrong = try terminal.enter(export, answers: [(request, "fyra andra svåra ord")])
        #expect(wrong.contains("ended 40") && wrong.contains("Lösenfrasen stämmer inte"))
        let right = try terminal.enter(export, answers: [(request, Self.secret)])
        #expect(right.contains("ended 0") && right.contains("[KLAR] Paket 1"))
        let merge = try terminal.enter("sluss merge stick --store central", answers: [])
        #expect(merge.contains("ended 0") && merge.contains("[INSLÄPPT]"))
        for screen in [protect, wrong, right] { #expect(!screen.contains("svåra ord")) }
        #expect(try terminal.enter("stty -a", answers: []).contains(" echo "))
    }

    @Test func aNewPassphraseIsTypedTwiceAlike() throws {
        let transcript = try Transcript.made()
        let terminal = try Terminal(transcript)
        let backup = "sluss backup --passphrase --store central --output copy.sluss"
        let commands = [
            (backup, "Lösenfras för säkerhetskopian: "),
            ("sluss key protect --store central", "Ny lösenfras: "),
            ("sluss key copy --protect --output keys --store central", "Ny lösenfras: "),
        ]
        for (command, request) in commands {
            let slip = try terminal.enter(
                command, answers: [(request, Self.secret), ("En gång till: ", Self.secret + "d")])
            #expect(slip.contains("ended 40"), "\(command)")
            let weak = try terminal.enter(
                command, answers: [(request, "kort"), ("En gång till: ", "kort")])
            #expect(weak.contains("ended 65") && weak.contains("minst tolv tecken"), "\(command)")
        }
        for name in ["copy.sluss", "keys", "keys.new"] {
            #expect(!FileManager.default.fileExists(atPath: transcript.folder.path(name)))
        }
        let made = try terminal.enter(
            backup,
            answers: [
                ("Lösenfras för säkerhetskopian: ", Self.secret), ("En gång till: ", Self.secret),
            ])
        #expect(made.contains("ended 0"))
        let verified = try terminal.enter(
            "sluss verify copy.sluss --store nowhere",
            answers: [("Paketets lösenfras: ", Self.secret)])
        #expect(verified.contains("ended 0") && !verified.contains("svåra ord"))
    }

    /// Whoever breaks off at the question sees again what they type.
    @Test(arguments: ["C-c", "C-\\", "C-d", "TERM", "HUP"])
    func theTerminalIsGivenBack(how: String) throws {
        let transcript = try Transcript.made()
        let terminal = try Terminal(transcript)
        try terminal.type("sluss key protect --store a; echo \"ended $?\"")
        try terminal.wait(for: "Ny lösenfras: ")
        if how.hasPrefix("C-") {
            try terminal.press(how)
        } else {
            kill(try #require(try terminal.runningProgram()), how == "TERM" ? SIGTERM : SIGHUP)
        }
        try terminal.wait(for: "READY", times: 2)
        try terminal.clear()
        #expect(try terminal.enter("stty -a", answers: []).contains(" echo "), "\(how)")
        let key = try transcript.shell("head -c 10 a/keys/device")
        #expect(key.output == "-----BEGIN")
    }

    @Test func aQuestionThatWasPutAsideIsAnsweredUnseenLater() throws {
        let transcript = try Transcript.made()
        let terminal = try Terminal(transcript)
        try terminal.type("sluss key protect --store a")
        try terminal.wait(for: "Ny lösenfras: ")
        try terminal.press("C-z")
        try terminal.wait(for: "READY", times: 2)
        #expect(try terminal.enter("stty -a", answers: []).contains(" echo "))
        try terminal.clear()
        try terminal.type("fg")
        try terminal.wait(for: "sluss key protect")
        usleep(300_000)
        try terminal.type(Self.secret)
        try terminal.wait(for: "En gång till: ")
        try terminal.type(Self.secret)
        let end = try terminal.wait(for: "Nycklarna är skyddade")
        #expect(!end.contains("svåra ord"))
    }
}
