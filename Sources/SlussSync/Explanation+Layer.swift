import SlussArchive
import SlussBundle
import SlussDomain

extension Explanation {
    /// Says what is wrong with a line of JSON: words that go behind a code, without a full stop.
    init(_ fault: JSONLineChecker.Fault) {
        let (swedish, english) = Self.words(fault)
        self.init(fault.rawValue, .refused, swedish, english)
    }

    private static func words(_ fault: JSONLineChecker.Fault) -> (String, String) {
        switch fault {
        case .tooLong:
            (
                "raden är längre än \(BundleLimits.lineBytesMax) byte",
                "the line is longer than \(BundleLimits.lineBytesMax) bytes"
            )
        case .empty: ("raden är tom", "the line is empty")
        case .carriageReturn:
            ("raden har ett vagnreturtecken", "the line has a carriage return")
        case .noLineFeed:
            ("sista raden har inget radslut", "the last line does not end in a line feed")
        case .malformed: ("inte strikt JSON i UTF-8", "not strict JSON in UTF-8")
        case .tooDeep:
            (
                "djupare än \(BundleLimits.depthMax) nivåer",
                "deeper than \(BundleLimits.depthMax) levels"
            )
        case .duplicateKey: ("samma nyckel två gånger", "the same key twice")
        case .number:
            (
                "ett tal som inte är ett heltal inom ±(2^53 − 1)",
                "a number that is not an integer within ±(2^53 − 1)"
            )
        case .nulInText: ("U+0000 i en text", "U+0000 in a text")
        case .noMemory:
            ("för stor för datorns minne", "too large for this computer's memory")
        }
    }

    /// Says what is wrong with a file of a bag.
    init(_ fault: BagFault) {
        let (swedish, english) = Self.words(fault, DisplayText.line(fault.name))
        self.init(fault.code, .refused, swedish, english)
    }

    private static func words(_ fault: BagFault, _ name: String) -> (String, String) {
        switch fault {
        case .missingFile: ("\(name) saknas", "\(name) is missing")
        case .unlistedFile:
            (
                "\(name) står inte i manifest-sha256.txt",
                "\(name) is not listed in manifest-sha256.txt"
            )
        case .foreignFile:
            (
                "\(name) lovar något som inte kontrolleras här",
                "\(name) promises what is not checked here"
            )
        case .digestMismatch:
            ("kontrollsumman stämmer inte för \(name)", "the checksum is wrong for \(name)")
        case .malformedFile(_, let reason):
            (
                "\(name) följer inte formatet (\(DisplayText.line(reason)))",
                "\(name) breaks the format (\(DisplayText.line(reason)))"
            )
        case .notARegularFile:
            (
                "\(name) är varken en vanlig fil eller en mapp",
                "\(name) is neither a regular file nor a folder"
            )
        case .badName(_, let reason):
            (
                "namnet \(name) fungerar inte överallt (\(DisplayText.line(reason)))",
                "the name \(name) does not work everywhere (\(DisplayText.line(reason)))"
            )
        case .sameName(_, let twin):
            (
                "\(name) och \(DisplayText.line(twin)) är samma namn på vissa datorer",
                "\(name) and \(DisplayText.line(twin)) are one name on some computers"
            )
        case .overLimit(_, let max):
            ("större än vad som läses (\(name): \(max))", "larger than is read (\(name): \(max))")
        }
    }

    init(_ error: LayerError) {
        switch error {
        case .noSignature(let reason): self = Self.noSignature(reason)
        case .noSigners(let reason): self = Self.noSigners(reason)
        case .age, .changedMeanwhile, .noIdentities, .noPassphrase: self = Self.ageFile(error)
        case .signatureMismatch(let fingerprint):
            self.init(
                "signatureMismatch", .refused,
                "Signaturen stämmer inte med filen: filen eller signaturen har ändrats, eller de hör inte ihop. Nyckeln som anges är \(fingerprint).",
                "The signature does not fit the file: one of them was changed, or they do not belong together. The key it names is \(fingerprint)."
            )
        case .otherNamespace(let namespace, let fingerprint):
            self.init(
                "otherNamespace", .refused,
                "Signaturen gäller något annat (\(DisplayText.line(namespace))). Nyckeln är \(fingerprint).",
                "The signature is for something else (\(DisplayText.line(namespace))). The key is \(fingerprint)."
            )
        case .signerNotAllowed(let refusal, let fingerprint):
            let (code, swedish, english) = Self.words(refusal)
            self.init(
                code, .refused,
                "Signaturen stämmer med filen, men nyckeln \(fingerprint) \(swedish).",
                "The signature fits the file, but the key \(fingerprint) \(english).")
        }
    }

    private static func noSignature(_ error: SSHSignatureError) -> Explanation {
        let (swedish, english) =
            switch error {
            case .tooLong(let max):
                ("den är längre än \(max) byte", "it is longer than \(max) bytes")
            case .notArmored:
                (
                    "den är inte skriven som ssh-keygen skriver signaturer",
                    "it is not written as ssh-keygen writes signatures"
                )
            case .unsupported(let kind):
                (
                    "den är av ett slag som inte läses: \(DisplayText.line(kind))",
                    "it is of a kind that is not read: \(DisplayText.line(kind))"
                )
            case .malformed(let reason):
                (DisplayText.line(reason), DisplayText.line(reason))
            }
        return Explanation(
            "noSignature", .refused, "Signaturfilen går inte att läsa: \(swedish).",
            "The signature file cannot be read: \(english).")
    }

    private static func noSigners(_ error: AllowedSignersError) -> Explanation {
        let (swedish, english) =
            switch error {
            case .tooLong(let max):
                ("den har mer än \(max) byte", "it has more than \(max) bytes")
            case .tooManyLines(let max):
                ("den har mer än \(max) rader", "it has more than \(max) lines")
            case .malformedLine(let line, let reason):
                ("rad \(line) (\(reason))", "line \(line) (\(reason))")
            }
        return Explanation(
            "noSigners", .key,
            "Listan över vilka som får signera går inte att läsa: \(swedish). Så här ser den ut: ssh-keygen(1), ”ALLOWED SIGNERS”.",
            "The list of who may sign cannot be read: \(english). For its form see ssh-keygen(1), “ALLOWED SIGNERS”."
        )
    }

    private static func words(_ refusal: SignerRefusal) -> (String, String, String) {
        switch refusal {
        case .notListed:
            ("signerNotListed", "står inte i listan", "is not in the list")
        case .otherPrincipal:
            (
                "otherPrincipal", "står inte i listan för den som skulle ha signerat",
                "is not in the list for the one who should have signed"
            )
        case .authorityOnly:
            (
                "authorityOnly", "står bara som utfärdare (cert-authority) i listan",
                "is in the list only as an authority (cert-authority)"
            )
        case .otherNamespace:
            (
                "namespaceNotAllowed", "får inte signera det här slaget",
                "may not sign things of this kind"
            )
        case .notYetValid: ("notYetValid", "gäller inte än", "is not valid yet")
        case .expired: ("expired", "gäller inte längre", "is not valid any more")
        }
    }
}
