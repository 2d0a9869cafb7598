import Foundation
import Testing
import _SlussTestSupport

/// `sluss layer …` as a tool maker sees it: text, JSON and exit status.
@Suite struct LayerTests {
    @Test func readJSONAnswersEachLine() throws {
        let transcript = try Transcript()
        let good = try transcript.shell(#"printf '{"a":1}\n[]\n' | sluss layer read-json"#)
        #expect(good.status == 0 && good.output == "ok\nok\n" && good.errors.isEmpty)
        let none = try transcript.shell("sluss layer read-json </dev/null")
        #expect(none.status == 0 && none.output.isEmpty)
        let mixed = try transcript.shell(
            #"printf '{"a":1}\n{"a":1,"a":2}\n\nlast' | sluss layer read-json --lang en"#)
        #expect(mixed.status == 12)
        #expect(
            mixed.output == """
                ok
                duplicateKey: the same key twice
                empty: the line is empty
                noLineFeed: the last line does not end in a line feed

                """)
        let json = try transcript.shell(
            #"printf '1\n1.5\n' | sluss layer read-json --json"#)
        #expect(json.status == 12)
        let answer = try transcript.object(json)
        #expect(answer["ok"] as? Bool == false && answer["lines"] as? Int == 2)
        let refused = try #require(answer["refused"] as? [[String: Any]])
        #expect(refused.count == 1 && refused[0]["line"] as? Int == 2)
        #expect(refused[0]["code"] as? String == "number")
    }

    /// The lines of F69: what other readers have let in.
    @Test(arguments: [
        (#"'{"a":1,"a":1}\n'"#, "duplicateKey"), (#"'{"a":1,"\\u0061":1}\n'"#, "duplicateKey"),
        (#"'[1,]\n'"#, "malformed"), (#"'{"a":1,}\n'"#, "malformed"),
        (#"'\xef\xbb\xbf{}\n'"#, "malformed"), (#"'{}\r\n'"#, "carriageReturn"),
        (#"'{}\0\n'"#, "malformed"), (#"'"\\u0000"\n'"#, "nulInText"),
        (#"'"\\ud800"\n'"#, "malformed"), (#"'"\xed\xa0\x80"\n'"#, "malformed"),
        (#"'\xff\xfe{\0}\0\n'"#, "malformed"), (#"'%0400d\n' 7"#, "number"),
        (#"'%s\n' -0.0"#, "number"), (#"'NaN\n'"#, "malformed"), (#"'// x\n'"#, "malformed"),
        (#"'%s\n' "$(printf '[%.0s' {1..60000}; printf ']%.0s' {1..60000})""#, "tooDeep"),
    ])
    func hostileLinesAreRefused(line: String, code: String) throws {
        let result = try Transcript().shell("printf \(line) | sluss layer read-json")
        #expect(result.status == 12)
        #expect(result.output.hasPrefix(code + ": ") && result.output.hasSuffix("\n"))
        #expect(result.output.split(separator: "\n").count == 1)
    }

    @Test func aLineOf64MegabytesIsNotKept() throws {
        let result = try Transcript().shell(
            """
            (head -c 67108864 /dev/zero | tr '\\0' 1; printf '\\n{}\\n') |
            (ulimit -v 1000000; sluss layer read-json)
            """)
        #expect(result.status == 12, "\(result.errors)")
        #expect(result.output == "tooLong: raden är längre än 1048576 byte\nok\n")
    }

    @Test func answersComeAsLinesCome() throws {
        let result = try Transcript().shell(
            """
            coproc sluss layer read-json
            echo '{}' >&${COPROC[1]} && read -r -t 20 first <&${COPROC[0]} && echo "$first"
            """)
        #expect(result.output == "ok\n")
    }

    @Test func anAnswerThatCannotBeWrittenIsAFailure() throws {
        let transcript = try Transcript()
        let result = try transcript.shell("echo '{}' | sluss layer read-json >/dev/full")
        #expect(result.status == 30)
        #expect(result.errors.hasPrefix("[FEL] Svaret gick inte att skriva ut."))
    }

    @Test func whatExportPacksIsAWholeBag() throws {
        let transcript = try Transcript.made(allowPlain: true)
        let result = try transcript.shell(
            """
            sluss export --store a --plain --output stick >/dev/null
            mkdir bag && bsdtar -xf stick/oms-sb-04-0001.sluss -C bag && sluss layer check-bag bag
            """)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("[KLAR] Mappen är en hel påse: 3 filer, "))
        let json = try transcript.object(transcript.shell("sluss layer check-bag bag --json"))
        #expect(json["ok"] as? Bool == true && json["files"] as? Int == 3)
        #expect((json["findings"] as? [Any])?.isEmpty == true)
    }

    @Test func aBrokenBagIsRefusedWithEveryFault() throws {
        let transcript = try Transcript()
        let result = try transcript.shell(
            """
            mkdir -p bag/data && cd bag && echo hej >data/a && sha256sum data/a >manifest-sha256.txt &&
            printf 'BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n' >bagit.txt &&
            echo x >>data/a && touch data/b fetch.txt && ln -s a data/$'\\e[31m' && ln -s a data/c &&
            sluss layer check-bag . --lang en
            """)
        #expect(result.status == 12)
        #expect(
            result.output == """
                [ERROR] badName: the name data/‹U+001B›[31m does not work everywhere (a control character)
                [ERROR] notARegularFile: data/c is neither a regular file nor a folder
                [ERROR] foreignFile: fetch.txt promises what is not checked here
                [ERROR] digestMismatch: the checksum is wrong for data/a
                [ERROR] unlistedFile: data/b is not listed in manifest-sha256.txt

                """)
        let json = try transcript.object(transcript.shell("sluss layer check-bag bag --json"))
        let findings = try #require(json["findings"] as? [[String: Any]])
        #expect(json["ok"] as? Bool == false && findings.count == 5)
        #expect(findings.first?["name"] as? String == "data/\u{1B}[31m")
        #expect(try transcript.shell("sluss layer check-bag nowhere").status == 30)
        #expect(try transcript.shell("sluss layer check-bag bag/data/a").status == 30)
        #expect(try transcript.shell("sluss layer check-bag").status == 64)
    }

    /// A pipe that is opened would wait, and a device may do anything.
    @Test func whatIsNoRegularFileIsNeverOpened() throws {
        let transcript = try Transcript()
        let result = try transcript.shell(
            """
            mkdir -p bag/data && mkfifo bag/data/pipe bag/manifest-sha256.txt &&
            ln -s /dev/zero bag/data/zero && ln -s / bag/data/root &&
            python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("bag/data/socket")' &&
            strace -f -o trace sluss layer check-bag bag; echo "status $?"
            grep -cE 'open(at2?)?\\(.*"(bag/)?(data/)?(pipe|manifest-sha256.txt|zero|root|socket)"' trace
            """)
        #expect(result.output.contains("status 12"))
        #expect(result.output.hasSuffix("\n0\n"), "\(result.output)")
        #expect(result.output.components(separatedBy: "notARegularFile").count == 6)
    }

    /// Key, list of signers, file and signature.
    private static func signed() throws -> Transcript {
        let transcript = try Transcript()
        let made = try transcript.shell(
            """
            ssh-keygen -q -t ed25519 -N '' -C anna -f key && head -c 3000000 /dev/urandom >file &&
            ssh-keygen -Y sign -q -n sluss-bundle -f key file &&
            echo "anna@example.se $(cat key.pub)" >signers
            """)
        #expect(made.status == 0, "\(made.errors)")
        return transcript
    }

    @Test func aSignatureIsToldWithItsKey() throws {
        let transcript = try Self.signed()
        let result = try transcript.shell(
            """
            sluss layer verify-signature --signers signers --signature file.sig file &&
            ssh-keygen -l -f key.pub | cut -d' ' -f2
            """)
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0] == "[KLAR] Signerad av anna@example.se med nyckeln \(lines[1]).")
        let json = try transcript.object(
            transcript.shell(
                "sluss layer verify-signature --signers signers --signature file.sig file --json"))
        #expect(json["ok"] as? Bool == true && json["key"] as? String == String(lines[1]))
        #expect(json["principals"] as? String == "anna@example.se")
    }

    @Test(arguments: [
        ("printf x >>file", "signatureMismatch", 12),
        ("sed -i '2s/./B/30' file.sig", "noSignature", 12),
        (": >file.sig", "noSignature", 12),
        ("head -c 5000 /dev/zero >file.sig", "noSignature", 12),
        ("ssh-keygen -Y sign -q -n git -f key <file >file.sig", "otherNamespace", 12),
        (
            "rm key && ssh-keygen -q -t ed25519 -N '' -f key && ssh-keygen -Y sign -q -n sluss-bundle -f key <file >file.sig",
            "signerNotListed", 12
        ),
        (
            "ssh-keygen -q -t ecdsa -N '' -f ec && ssh-keygen -Y sign -q -n sluss-bundle -f ec <file >file.sig",
            "noSignature", 12
        ),
        ("sed -i 's/$/\\r/' file.sig", "noSignature", 12),
        ("echo x >signers", "noSigners", 40), (": >signers", "signerNotListed", 12),
        ("rm file", "inputOutput", 30), ("rm file.sig", "inputOutput", 30),
        ("rm signers", "inputOutput", 30), ("rm file && mkdir file", "inputOutput", 30),
    ])
    func aSignatureThatIsNotRightIsRefused(change: String, code: String, status: Int32) throws {
        let transcript = try Self.signed()
        let result = try transcript.shell(
            """
            \(change) && sluss layer verify-signature --json --signers signers \
            --signature file.sig file
            """)
        #expect(result.status == status, "\(result.errors)")
        #expect(try transcript.object(result)["error"] as? String == code)
        #expect(result.errors.hasPrefix("[FEL] "))
    }

    @Test func whichKeySignedIsShownWhenItIsNotListed() throws {
        let transcript = try Self.signed()
        let result = try transcript.shell(
            """
            : >signers; ssh-keygen -l -f key.pub | cut -d' ' -f2
            sluss layer verify-signature --signers signers --signature file.sig file 2>&1
            """)
        let fingerprint = try #require(result.output.split(separator: "\n").first)
        #expect(result.output.contains("men nyckeln \(fingerprint) står inte i listan."))
    }

    @Test(arguments: [
        "--signers signers file", "--signature file.sig file",
        "--signers signers --signature file.sig",
    ])
    func aSignatureCommandThatLacksSomethingIsNotUnderstood(arguments: String) throws {
        let result = try Transcript().shell("sluss layer verify-signature \(arguments)")
        #expect(result.status == 64)
    }

    @Test func aMomentThatIsNoneIsBadInput() throws {
        let result = try Self.signed().shell(
            """
            sluss layer verify-signature --signers signers --signature file.sig \
            --verify-time i-dag file
            """)
        #expect(result.status == 65)
    }
}
