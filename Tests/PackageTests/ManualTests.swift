import Foundation
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// The manual that is made from the commands' own help.
@Suite struct ManualTests {
    private static let day = Day("2026-11-26") ?? Day(number: 0)

    /// A program whose help holds what a page could stumble over.
    private static func dump(abstract: String = "Do it.", discussion: String) throws -> CommandDump
    {
        let option: [String: Any] = [
            "kind": "option", "isOptional": false, "isRepeating": true, "shouldDisplay": true,
            "valueName": "dir", "abstract": "Where to.", "defaultValue": ".",
            "names": [["kind": "short", "name": "o"], ["kind": "long", "name": "output"]],
        ]
        let hidden: [String: Any] = [
            "kind": "option", "isOptional": true, "isRepeating": false, "shouldDisplay": false,
            "valueName": "today", "names": [["kind": "long", "name": "today"]],
        ]
        let file: [String: Any] = [
            "kind": "positional", "isOptional": true, "isRepeating": true, "shouldDisplay": true,
            "valueName": "file",
        ]
        let sub: [String: Any] = [
            "commandName": "give", "abstract": abstract, "discussion": discussion,
            "shouldDisplay": true, "arguments": [option, hidden, file],
        ]
        let help: [String: Any] = ["commandName": "help", "shouldDisplay": true]
        return try CommandDump(
            JSONSerialization.data(withJSONObject: [
                "serializationVersion": 0,
                "command": [
                    "commandName": "sluss", "abstract": "All.", "shouldDisplay": true,
                    "subcommands": [sub, help],
                ] as [String: Any],
            ]))
    }

    @Test func aPageSaysWhatTheHelpSays() throws {
        let program = try Self.dump(
            discussion: "One.\nTwo.\n\nMore.\n\nExempel:\n  sluss give -o x")
        let pages = ManualPage.all(of: program, .swedish, day: Self.day)
        #expect(pages.map(\.file) == ["sluss.1", "sluss-give.1"])
        #expect(
            pages.last?.text == """
                .\\" Made by sluss-dev manual from the program's own help.
                .TH SLUSS\\-GIVE 1 2026-11-26 "\(Release.name)" "Handbok för Sluss"
                .SH NAMN
                sluss\\-give \\- Do it
                .SH SYNTAX
                .B sluss give
                \\fB\\-\\-output\\fR \\fIdir\\fR ...
                [\\fIfile\\fR ...]
                .SH BESKRIVNING
                One.
                Two.
                .PP
                More.
                .SH FLAGGOR
                .TP
                \\fB\\-o\\fR, \\fB\\-\\-output\\fR \\fIdir\\fR
                Where to. Annars: .
                .TP
                \\fIfile\\fR

                .SH EXEMPEL
                .nf
                .RS 4
                sluss give \\-o x
                .RE
                .fi
                .SH SE ÄVEN
                \\fBsluss\\fR(1),
                /usr/share/doc/sluss

                """)
    }

    /// A line that begins with a dot or a quote would be a request, and a backslash an escape.
    @Test func noTextActs() throws {
        let program = try Self.dump(
            abstract: ".so /etc/passwd", discussion: "'ig\n.ex\n\\n(.x \\\" --\n\n  .sy ls")
        for page in ManualPage.all(of: program, .english, day: Self.day) {
            try Self.expectOnlyOurRequests(page)
        }
        #expect(ManualPage.escaped(".a") == "\\&.a")
        #expect(ManualPage.escaped("'\\") == "\\(aq\\e")
    }

    private static func expectOnlyOurRequests(_ page: ManualPage) throws {
        let requests = [".\\\"", ".TH", ".SH", ".TP", ".PP", ".nf", ".fi", ".RS", ".RE", ".B"]
        for line in page.text.split(separator: "\n")
        where line.hasPrefix(".") || line.hasPrefix("'") {
            let word = line.split(separator: " ").first.map(String.init) ?? ""
            #expect(requests.contains(word), "\(page.file): \(line)")
        }
        let escapes = page.text.matches(of: /\\(.)/).map { String($0.1) }
        #expect(Set(escapes).isSubset(of: ["-", "e", "(", "&", "f", "\""]), "\(page.file)")
    }

    @Test func everyCommandHasAPageInBothLanguages() throws {
        let files = try ManualCommand.files(Repository.programs, day: Self.day)
        let english = files.filter { $0.path.hasPrefix("man1/") }
        let swedish = files.filter { $0.path.hasPrefix("sv/man1/") }
        #expect(english.map { "sv/" + $0.path } == swedish.map(\.path))
        #expect(Set(files.map(\.path)).count == files.count)
        let names = Set(english.map(\.path))
        for name in ["sluss", "sluss-terminal", "sluss-export", "sluss-idea-add", "sluss-merge"] {
            #expect(names.contains("man1/\(name).1"))
        }
        #expect(!names.contains("man1/sluss-help.1"))
        for (one, other) in zip(english, swedish) {
            #expect(one.text != other.text, "\(one.path)")
            #expect(!one.text.contains("\n.SH NAMN\n") && other.text.contains("\n.SH NAMN\n"))
            for file in [one, other] {
                let name = (file.path as NSString).lastPathComponent
                try Self.expectOnlyOurRequests(
                    ManualPage(words: [String(name.dropLast(2))], text: file.text))
            }
        }
        let all = try #require(english.first { $0.path == "man1/sluss.1" })
        for status in ExitStatus.allCases {
            #expect(all.text.contains("\n.B \(status.rawValue)\n"), "\(status)")
        }
    }

    @Test func aHelpOfAnotherFormIsRefused() {
        let bytes = Data(
            #"{"serializationVersion":1,"command":{"commandName":"x","shouldDisplay":true}}"#.utf8)
        #expect(throws: PackageFailure.self) { try CommandDump(bytes) }
    }

    @Test func theManualIsWrittenToFiles() throws {
        let folder = try TemporaryFolder()
        let result = try run(
            "\(Repository.programs)/sluss-dev",
            [
                "manual", "--binaries", Repository.programs, "--output", folder.path, "--date",
                "2026-11-26",
            ])
        #expect(result.status == 0, "\(result.errors)")
        for path in ["man1/sluss.1", "sv/man1/sluss-terminal.1"] {
            #expect(FileManager.default.fileExists(atPath: folder.path(path)), "\(path)")
        }
    }

    @Test(arguments: ["sluss", "sluss-terminal"]) func completionsAreWhatBashCanRead(
        program: String
    ) throws {
        let folder = try TemporaryFolder()
        let script = try PackageInput.output(
            of: "\(Repository.programs)/\(program)", ["--generate-completion-script", "bash"],
            .swedish)
        let path = try folder.write(Array(PackageFiles.sourced(script)), to: "completion")
        let read = try run(
            "/bin/bash",
            ["--norc", "-c", "bash -n '\(path)' && source '\(path)' && complete -p \(program)"])
        #expect(read.status == 0 && read.errors.isEmpty, "\(read.errors)")
        #expect(read.output.hasPrefix("complete "))
    }
}
