import ArgumentParser
import Glibc
import SlussDomain
import SlussFrontEnd
import SlussSync

/// The layers of a bundle, each alone: for testers and tool makers.
struct LayerCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        help(
            "För dig som testar eller bygger verktyg: ett lager av ett paket i taget.",
            "For testers and tool makers: one layer of a bundle at a time.",
            example: "sluss layer check-bag mapp",
            subcommands: [AgeDecrypt.self, VerifySignature.self, CheckBag.self, ReadJSON.self],
            name: "layer")
    }
}

extension LayerCommand {
    /// Opens an age file: the plain bytes on standard output, and nothing else.
    struct AgeDecrypt: ParsableCommand {
        static var configuration: CommandConfiguration {
            help(
                "Öppna en age-fil: bytesen på standard ut, när hela filen är kontrollerad.",
                "Open an age file: its bytes on standard output, when all of it is checked.",
                example: "sluss layer age-decrypt --identity nyckel fil.age > fil",
                name: "age-decrypt")
        }

        @Option(
            help: ArgumentHelp(
                say(
                    "En nyckelfil som age-keygen skriver dem; kan ges flera gånger.",
                    "A key file as age-keygen writes it; may be given several times."),
                valueName: "file"))
        var identity: [String] = []

        @Option(
            help: ArgumentHelp(
                say(
                    "En fil med lösenfrasen på en rad.", "A file with the passphrase on one line."),
                valueName: "file"))
        var passphraseFile: String?

        @Option(
            name: .long,
            help: ArgumentHelp(
                say("Språk: sv eller en.", "Language: sv or en."), valueName: "sv|en"))
        var lang: String?

        @Argument(help: ArgumentHelp(say("Filen.", "The file."), valueName: "file"))
        var file: String

        func validate() throws {
            guard !identity.isEmpty || passphraseFile != nil else {
                throw ValidationError(
                    say(
                        "Ange --identity eller --passphrase-file.",
                        "Give --identity or --passphrase-file."))
            }
            if let lang, Language(rawValue: lang) == nil {
                throw ValidationError(say("Språket är sv eller en.", "The language is sv or en."))
            }
        }

        func run() throws {
            do {
                try Layer.decrypt(
                    file, .init(identityFiles: identity, passphraseFile: passphraseFile)
                ) { try StandardOutput.write($0) }
            } catch is StandardOutput.Failure {
                try fail(
                    say(
                        "Allt gick inte att skriva ut: kasta det som kom.",
                        "Not all of it could be written out: discard what came."), .inputOutput)
            } catch {
                let explanation = Explanation(of: error)
                try fail(explanation.phrase.said, explanation.status)
            }
        }

        private func fail(_ sentence: String, _ status: ExitStatus) throws {
            StandardOutput.writeError(say("[FEL] ", "[ERROR] ") + sentence + "\n")
            throw ExitCode(status.rawValue)
        }
    }
}

extension LayerCommand {
    /// Checks a signature that `ssh-keygen -Y sign` could have made.
    struct VerifySignature: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Kontrollera en signatur i OpenSSH:s form.",
                "Check a signature in OpenSSH's form.",
                example:
                    "sluss layer verify-signature --signers signers --signature fil.sig fil",
                name: "verify-signature")
        }

        @OptionGroup var common: CommonOptions

        @Option(
            help: ArgumentHelp(
                say(
                    "Listan över vilka som får signera: ssh-keygen(1), ”ALLOWED SIGNERS”.",
                    "The list of who may sign: ssh-keygen(1), “ALLOWED SIGNERS”."),
                valueName: "file"))
        var signers: String

        @Option(help: ArgumentHelp(say("Signaturen.", "The signature."), valueName: "file"))
        var signature: String

        @Option(
            help: ArgumentHelp(
                say("Vad signaturen ska gälla.", "What the signature must be for.")))
        var namespace = "sluss-bundle"

        @Option(
            help: ArgumentHelp(
                say(
                    "Vem som ska ha signerat; annars vem som helst i listan.",
                    "Who must have signed; else anyone in the list."), valueName: "name"))
        var principal: String?

        @Option(
            help: ArgumentHelp(
                say(
                    "När nyckeln ska ha gällt: ÅÅÅÅMMDD[TTMM[SS]][Z]; annars nu.",
                    "When the key must have been valid: YYYYMMDD[HHMM[SS]][Z]; else now."),
                valueName: "time"))
        var verifyTime: String?

        @Argument(help: ArgumentHelp(say("Filen.", "The file."), valueName: "file"))
        var file: String

        func perform() throws -> Answer {
            let signer = try Layer.verifySignature(
                signature, of: file, signers: signers,
                .init(namespace: namespace, principal: principal, moment: verifyTime))
            let principals = DisplayText.line(signer.principals)
            return Answer(
                text: say(
                    "[KLAR] Signerad av \(principals) med nyckeln \(signer.fingerprint).\n",
                    "[DONE] Signed by \(principals) with the key \(signer.fingerprint).\n"),
                json: SignerJSON(
                    ok: true, principals: signer.principals, key: signer.fingerprint))
        }
    }

    private struct SignerJSON: Encodable {
        let ok: Bool
        let principals: String
        let key: String
    }
}

extension LayerCommand {
    /// Checks a folder that a bundle was unpacked to.
    struct CheckBag: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Kontrollera att en mapp är en hel BagIt 1.0-påse.",
                "Check that a folder is a whole BagIt 1.0 bag.",
                example: "sluss layer check-bag mapp", name: "check-bag")
        }

        @OptionGroup var common: CommonOptions

        @Argument(help: ArgumentHelp(say("Mappen.", "The folder."), valueName: "dir"))
        var folder: String

        func perform() throws -> Answer {
            let report = try Layer.checkBag(folder)
            let files = count(report.files, Phrase("fil", "file"), Phrase("filer", "files"))
            let findings = report.findings
            let text =
                findings.isEmpty
                ? say(
                    "[KLAR] Mappen är en hel påse: \(files), \(report.bytes) byte.\n",
                    "[DONE] The folder is a whole bag: \(files), \(report.bytes) bytes.\n")
                : findings.map { finding in
                    say("[FEL] ", "[ERROR] ")
                        + "\(finding.explanation.code): \(finding.explanation.phrase.said)\n"
                }.joined()
            return Answer(
                text: text,
                json: BagJSON(
                    ok: findings.isEmpty, files: report.files, bytes: report.bytes,
                    findings: findings.map {
                        .init(
                            code: $0.explanation.code, name: $0.name,
                            message: $0.explanation.phrase.said)
                    }),
                status: findings.isEmpty ? .done : .refused)
        }
    }

    private struct BagJSON: Encodable {
        struct Finding: Encodable {
            let code: String
            let name: String
            let message: String
        }

        let ok: Bool
        let files: UInt64
        let bytes: UInt64
        let findings: [Finding]
    }
}

extension LayerCommand {
    /// Says of each line on standard input whether it is JSON as a bundle's lines must be.
    struct ReadJSON: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Läs rader ur standard in; svara ”ok” eller vad som är fel för var och en.",
                "Read lines from standard input; answer “ok” or what is wrong for each.",
                example: "sluss layer read-json < rader.ndjson", name: "read-json")
        }

        /// How many refused lines are listed in JSON; all are counted.
        static let listedMax = 1000

        @OptionGroup var common: CommonOptions

        func perform() throws -> Answer {
            var lines = 0
            var refused: [LinesJSON.Refused] = []
            var refusedCount = 0
            var text = ""
            try Layer.readJSON(from: STDIN_FILENO) { explanation in
                lines += 1
                if let explanation {
                    refusedCount += 1
                    if common.json, refused.count < Self.listedMax {
                        refused.append(
                            .init(
                                line: lines, code: explanation.code,
                                message: explanation.phrase.said))
                    }
                }
                guard !common.json else { return }
                text += explanation.map { "\($0.code): \($0.phrase.said)\n" } ?? "ok\n"
            } pause: {
                try StandardOutput.write(text)
                text = ""
            }
            return Answer(
                text: "",
                json: LinesJSON(
                    ok: refusedCount == 0, lines: lines, refusedCount: refusedCount,
                    refused: refused),
                status: refusedCount == 0 ? .done : .refused)
        }
    }

    private struct LinesJSON: Encodable {
        struct Refused: Encodable {
            let line: Int
            let code: String
            let message: String
        }

        let ok: Bool
        let lines: Int
        let refusedCount: Int
        let refused: [Refused]
    }
}
