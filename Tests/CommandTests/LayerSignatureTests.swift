import Foundation
import Testing
import _SlussTestSupport

/// `sluss layer verify-signature` beside `ssh-keygen -Y verify`, on one table.
///
/// Whatever the table says, Sluss must never let a signature in that OpenSSH refuses.
@Suite struct LayerSignatureTests {
    /// Who lets the signature in.
    enum Verdict {
        case both
        case neither
        /// OpenSSH alone.
        case stricter
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        /// The list; KEY, OTHER and RSA stand for lines of `.pub` files.
        let signers: String
        var principal: String?
        /// Whom `ssh-keygen` is asked for where Sluss takes anyone.
        var asked = "anna@example.se"
        var namespace = "sluss-bundle"
        var moment: String?
        let verdict: Verdict
        /// The code of Sluss's refusal.
        var code: String?

        init(
            _ name: String, _ signers: String, _ verdict: Verdict, _ code: String? = nil,
            principal: String? = nil, asked: String = "anna@example.se",
            namespace: String = "sluss-bundle", moment: String? = nil
        ) {
            testDescription = name
            self.signers = signers
            self.verdict = verdict
            self.code = code
            self.principal = principal
            self.asked = principal ?? asked
            self.namespace = namespace
            self.moment = moment
        }
    }

    /// A signature over `fil` by the key KEY, and keys of other kinds.
    private final class Bench: Sendable {
        let transcript: Transcript
        private let keys: [(String, String)]

        init() throws {
            let transcript = try Transcript()
            self.transcript = transcript
            let made = try transcript.shell(
                """
                for kind in ed25519 rsa; do ssh-keygen -q -t $kind -N '' -C a@b -f $kind; done &&
                ssh-keygen -q -t ed25519 -N '' -C c -f other && printf 'hej\\n' >fil &&
                ssh-keygen -Y sign -q -n sluss-bundle -f ed25519 fil
                """)
            #expect(made.status == 0, "\(made.errors)")
            keys = try [("KEY", "ed25519"), ("OTHER", "other"), ("RSA", "rsa")].map { name, file in
                let line = try bytes(ofFile: transcript.folder.path(file + ".pub")).dropLast()
                return (name, String(decoding: line, as: UTF8.self))
            }
        }

        /// The list with the keys put in.
        func filled(_ signers: String) -> [UInt8] {
            Array(keys.reduce(signers) { $0.replacing($1.0, with: $1.1) }.utf8)
        }
    }

    private static let bench = Result { try Bench() }

    /// Both programs reckon local times by this zone, which has summer time.
    private static let zone = ["TZ": "Europe/Stockholm"]

    static let cases: [Case] = lines + options + times

    private static let lines = [
        Case("the key", "anna@example.se KEY\n", .both),
        Case("no line feed at the end", "anna@example.se KEY", .both),
        Case("Windows line ends", "anna@example.se KEY\r\n# x\r\n", .both),
        Case("comments and empty lines", "# who\n\n  \n\t# x\nanna@example.se KEY\n", .both),
        Case("tabs and spaces", " \tanna@example.se\t  KEY  x y\n", .both),
        Case("quoted principals", "\"anna@example.se\" KEY\n", .both),
        Case("several principals", "olle,anna@example.se KEY\n", .both),
        Case("a pattern", "*@example.se KEY\n", .both),
        Case(
            "a pattern that does not fit", "*@example.org KEY\n", .neither, "otherPrincipal",
            principal: "anna@example.se"),
        Case("a question mark", "?nna@example.se KEY\n", .both, principal: "anna@example.se"),
        Case("many stars", "*a*a*@*.se KEY\n", .both, principal: "anna@example.se"),
        Case(
            "a negated pattern", "!anna@example.se,* KEY\n", .neither, "otherPrincipal",
            principal: "anna@example.se"),
        Case("negated for someone else", "!olle,* KEY\n", .both, principal: "anna@example.se"),
        Case("negated, and nobody is asked for", "!olle,* KEY\n", .stricter, "otherPrincipal"),
        Case(
            "another principal", "olle KEY\n", .neither, "otherPrincipal",
            principal: "anna@example.se"),
        Case(
            "capitals count", "Anna@example.se KEY\n", .neither, "otherPrincipal",
            principal: "anna@example.se"),
        Case("the second line", "olle OTHER\nanna@example.se KEY\n", .both),
        Case(
            "the second line with the key", "olle KEY\nanna@example.se KEY\n", .both,
            principal: "anna@example.se"),
        Case("another key", "anna@example.se OTHER\n", .neither, "signerNotListed"),
        Case("another kind of key", "anna@example.se RSA\n", .neither, "signerNotListed"),
        Case("an RSA key beside it", "olle RSA\nanna@example.se KEY\n", .both),
        Case("nothing", "", .neither, "signerNotListed"),
        Case("comments alone", "#anna@example.se KEY\n", .neither, "signerNotListed"),
        Case("no principals", "KEY\n", .neither, "noSigners"),
        Case("principals alone", "anna@example.se\n", .neither, "noSigners"),
        Case("no blob", "anna@example.se ssh-ed25519\n", .neither, "noSigners"),
        Case("an unknown kind", "anna@example.se ssh-x AAAA\n", .neither, "noSigners"),
        Case(
            "a broken line beside it", "olle ssh-x AAAA\nanna@example.se KEY\n", .stricter,
            "noSigners"),
        Case("a quote that does not end", "\"anna@example.se KEY\n", .neither, "noSigners"),
        Case("a quote within", "anna@\"example.se\" KEY\n", .stricter, "noSigners"),
        Case("an empty pattern", ",anna@example.se KEY\n", .stricter, "noSigners"),
        Case(
            "a byte order mark", "\u{FEFF}anna@example.se KEY\n", .neither, "otherPrincipal",
            principal: "anna@example.se"),
        Case("a control character", "anna@example.se KEY \u{1}\n", .stricter, "noSigners"),
        Case("NUL", "anna@example.se KEY\u{0}\n", .stricter, "noSigners"),
    ]

    private static let options = [
        Case("the namespace", "anna@example.se namespaces=\"sluss-bundle\" KEY\n", .both),
        Case("among others", "anna@example.se namespaces=\"git,sluss-*\" KEY\n", .both),
        Case("in capitals", "anna@example.se NameSpaces=\"sluss-bundle\" KEY\n", .both),
        Case(
            "another namespace", "anna@example.se namespaces=\"git\" KEY\n", .neither,
            "namespaceNotAllowed"),
        Case(
            "a namespace shut out", "anna@example.se namespaces=\"!sluss-bundle,*\" KEY\n",
            .neither, "namespaceNotAllowed"),
        Case(
            "a namespace with a space", "anna@example.se namespaces=\"a b,sluss-bundle\" KEY\n",
            .both),
        Case("then a line without", "olle namespaces=\"git\" KEY\nanna@example.se KEY\n", .both),
        Case(
            "two namespaces", "anna@example.se namespaces=\"a\",namespaces=\"b\" KEY\n", .neither,
            "noSigners"),
        Case("no quotes", "anna@example.se namespaces=sluss-bundle KEY\n", .neither, "noSigners"),
        Case("no value", "anna@example.se namespaces KEY\n", .neither, "noSigners"),
        Case(
            "nothing in the quotes", "anna@example.se namespaces=\"\" KEY\n", .neither,
            "noSigners"),
        Case("an unknown option", "anna@example.se no-pty KEY\n", .neither, "noSigners"),
        Case(
            "a comma at the end", "anna@example.se namespaces=\"sluss-bundle\", KEY\n", .neither,
            "noSigners"),
        Case(
            "something behind the quotes", "anna@example.se namespaces=\"sluss-bundle\"x KEY\n",
            .neither, "noSigners"),
        Case("a quoted quote", "anna@example.se namespaces=\"a\\\",sluss-bundle\" KEY\n", .both),
        Case("an authority", "anna@example.se cert-authority KEY\n", .neither, "authorityOnly"),
        Case(
            "an authority in capitals", "anna@example.se CERT-AUTHORITY KEY\n", .neither,
            "authorityOnly"),
        Case("an authority beside it", "* cert-authority OTHER\nanna@example.se KEY\n", .both),
        Case(
            "an authority among options",
            "anna@example.se namespaces=\"sluss-bundle\",cert-authority KEY\n", .neither,
            "authorityOnly"),
        Case(
            "the signature is for something else", "anna@example.se KEY\n", .neither,
            "otherNamespace", namespace: "file"),
    ]

    private static func timed(
        _ name: String, _ options: String, at moment: String?, _ verdict: Verdict,
        _ code: String? = nil
    ) -> Case {
        Case(name, "anna@example.se \(options) KEY\n", verdict, code, moment: moment)
    }

    private static let times = [
        timed("after", "valid-after=\"20260101\"", at: "20260102", .both),
        timed("on the second", "valid-after=\"20260101\"", at: "20260101", .both),
        timed(
            "too early", "valid-after=\"20260101\"", at: "20251231235959", .neither,
            "notYetValid"),
        timed("before", "valid-before=\"20260101\"", at: "20251231", .both),
        timed("on the last second", "valid-before=\"20260101\"", at: "20260101", .both),
        timed("too late", "valid-before=\"20260101\"", at: "20260101000001", .neither, "expired"),
        timed("long ago, now", "valid-after=\"19990101\"", at: nil, .both),
        timed("long past, now", "valid-before=\"19990101\"", at: nil, .neither, "expired"),
        timed(
            "between", "valid-after=\"20260101Z\",valid-before=\"202601020000Z\"",
            at: "202601011200Z", .both),
        timed("UTC in small letters", "valid-after=\"20260101z\"", at: "20260102z", .both),
        timed(
            "UTC in words", "valid-after=\"20260101UTC\"", at: "20260102", .stricter,
            "noSigners"),
        timed("winter, local and UTC", "valid-after=\"202601151200\"", at: "202601151100Z", .both),
        timed(
            "winter, a second less", "valid-after=\"202601151200\"", at: "20260115105959Z",
            .neither, "notYetValid"),
        // OpenSSH takes a local time for standard time in summer, too.
        timed("summer, local and UTC", "valid-after=\"202607151200\"", at: "202607151100Z", .both),
        timed(
            "summer, a second less", "valid-after=\"202607151200\"", at: "20260715105959Z",
            .neither, "notYetValid"),
        timed("summer, before", "valid-before=\"202607151200\"", at: "20260715110000Z", .both),
        timed(
            "summer, no longer", "valid-before=\"202607151200\"", at: "20260715110001Z",
            .neither, "expired"),
        timed(
            "ends where it begins", "valid-after=\"20260101\",valid-before=\"20260101\"",
            at: "20260101", .neither, "expired"),
        timed(
            "ends before it begins", "valid-after=\"20260102\",valid-before=\"20260101\"",
            at: "20260101", .neither, "notYetValid"),
        timed("no day", "valid-after=\"20260230\"", at: "20260401", .stricter, "noSigners"),
        timed("no month", "valid-after=\"20261301\"", at: "20270101", .neither, "noSigners"),
        timed("no time", "valid-after=\"tomorrow\"", at: nil, .neither, "noSigners"),
        timed("the epoch", "valid-after=\"19700101Z\"", at: nil, .neither, "noSigners"),
        timed("before the epoch", "valid-after=\"19600101Z\"", at: nil, .neither, "noSigners"),
        timed(
            "twice", "valid-after=\"20200101\",valid-after=\"20200101\"", at: nil, .neither,
            "noSigners"),
        timed("signs", "valid-after=\"+2026101\"", at: nil, .neither, "noSigners"),
    ]

    @Test(arguments: cases) func weNeverTakeWhatOpenSSHRefuses(_ test: Case) throws {
        let bench = try Self.bench.get()
        let folder = try TemporaryFolder()
        // A folder of its own for the list: cases run side by side.
        let signers = try folder.write(bench.filled(test.signers), to: "signers")
        let file = bench.transcript.folder.path("fil")
        var arguments = [
            "layer", "verify-signature", "--json", "--signers", signers, "--signature",
            file + ".sig", "--namespace", test.namespace,
        ]
        if let principal = test.principal { arguments += ["--principal", principal] }
        if let moment = test.moment { arguments += ["--verify-time", moment] }
        let ours = try run(Transcript.program, arguments + [file], environment: Self.zone)
        let time = test.moment.map { "-Overify-time=\($0)" } ?? ""
        let theirs = try run(
            "/bin/bash",
            [
                "-c",
                "ssh-keygen -Y verify -f '\(signers)' -I '\(test.asked)' -n \(test.namespace) "
                    + "-s '\(file).sig' \(time) <'\(file)'",
            ], environment: Self.zone)
        #expect((theirs.status == 0) == (test.verdict != .neither), "\(theirs.errors)")
        #expect((ours.status == 0) == (test.verdict == .both), "\(ours.errors)")
        let answer = try bench.transcript.object(ours)
        #expect(answer["error"] as? String == test.code)
        if ours.status != 0 { #expect(ours.status == (test.code == "noSigners" ? 40 : 12)) }
    }
}
