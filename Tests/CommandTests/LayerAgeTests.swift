import Foundation
import Testing
import _SlussTestSupport

/// `sluss layer age-decrypt` beside `age`.
@Suite struct LayerAgeTests {
    /// Two keys, and a file for both.
    private static func sealed(_ bytes: Int = 200_000) throws -> Transcript {
        let transcript = try Transcript()
        let made = try transcript.shell(
            """
            age-keygen -o key1 2>pub1 && age-keygen -o key2 2>pub2 && age-keygen -o key3 2>pub3 &&
            head -c \(bytes) /dev/urandom >plain &&
            age -r $(cut -d' ' -f3 pub1) -r $(cut -d' ' -f3 pub2) -o file plain
            """)
        #expect(made.status == 0, "\(made.errors)")
        return transcript
    }

    @Test(arguments: [0, 1, 65_536, 65_537, 1_000_000])
    func whatAgeSealsIsOpened(bytes: Int) throws {
        let result = try Self.sealed(bytes).shell(
            """
            sluss layer age-decrypt --identity key1 file | cmp - plain &&
            sluss layer age-decrypt --identity key3 --identity key2 file | cmp - plain &&
            cat key3 key2 >keys && sluss layer age-decrypt --identity keys file | cmp - plain
            """)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.isEmpty && result.errors.isEmpty)
    }

    /// `age -p` asks at a terminal and nowhere else, so it is given one.
    @Test func aPassphraseOpensWhatItSealed() throws {
        let transcript = try Transcript()
        let made = try transcript.shell(
            """
            head -c 100 /dev/urandom >plain && cat >seal.py <<'END'
            import os, pty, sys, time
            def chat(answers):
                pid, terminal = pty.fork()
                if pid == 0:
                    os.execvp("age", ["age", "-p", "-o", "file", "plain"])
                seen = b""
                while True:
                    try:
                        piece = os.read(terminal, 1000)
                    except OSError:
                        break
                    if not piece:
                        break
                    seen += piece
                    if answers and seen.rstrip().endswith(b":"):
                        os.write(terminal, answers.pop(0))
                        seen = b""
                return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            word = "blå häst \\u00e5".encode()
            sys.exit(chat([word + b"\\n", word + b"\\n"]))
            END
            python3 seal.py
            """)
        #expect(made.status == 0, "\(made.errors)")
        let result = try transcript.shell(
            """
            printf 'blå häst å\\r\\n' >a; printf 'bla\\u030a ha\\u0308st a\\u030a' >b
            for file in a b; do
                sluss layer age-decrypt --passphrase-file $file file | cmp - plain || exit 1
            done
            """)
        #expect(result.status == 0, "\(result.errors)")
        for (text, code, status) in [
            ("'blå häst å \\n'", "Lösenfrasen är inte filens.", Int32(40)),
            ("''", "Det finns ingen lösenfras i word", 40),
            ("'a\\nb\\n'", "Det finns ingen lösenfras i word", 40),
            ("'\\xff\\n'", "Det finns ingen lösenfras i word", 40),
        ] {
            let refused = try transcript.shell(
                "printf \(text) >word; sluss layer age-decrypt --passphrase-file word file")
            #expect(refused.status == status && refused.output.isEmpty)
            #expect(refused.errors.hasPrefix("[FEL] " + code), "\(refused.errors)")
        }
    }

    @Test(arguments: [
        ("age-keygen -o none 2>/dev/null && cp none key1", "Ingen av nycklarna öppnar filen.", 40),
        ("echo x >key1", "Nyckelfilen key1 går inte att läsa: rad 1 är ingen nyckel.", 40),
        (": >key1", "Nyckelfilen key1 går inte att läsa: den är tom.", 40),
        ("truncate -s -1 file", "Filen är skadad eller ändrad.", 12),
        ("truncate -s 65900 file", "Filen ", 12),
        ("truncate -s 100 file", "Filen slutar för tidigt.", 12),
        ("printf x >>file", "F", 12),
        ("printf X | dd of=file bs=1 seek=150000 conv=notrunc status=none", "Filen är skadad", 12),
        ("echo hej >file", "Filen är ingen age-fil.", 12),
        ("rm file && mkdir file", "F", 12), (": >file", "Filen är ingen age-fil.", 12),
        ("rm file", "Det gick inte att läsa", 30), ("rm key1", "Det gick inte att läsa", 30),
    ])
    func nothingComesOutOfAFileThatIsNotRight(
        change: String, sentence: String, status: Int32
    ) throws {
        let transcript = try Self.sealed()
        let result = try transcript.shell(
            "\(change) && sluss layer age-decrypt --identity key1 file")
        #expect(result.status == status, "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("[FEL] " + sentence), "\(result.errors)")
    }

    /// Of 2^30 rounds not one is made.
    @Test func aWorkFactorOf30IsRefusedAtOnce() throws {
        let transcript = try Transcript()
        let result = try transcript.shell(
            """
            printf 'age-encryption.org/v1\\n-> scrypt %s 30\\n%s\\n--- %s\\n' \
                AAAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA \
                AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA >file && echo x >word
            ulimit -t 5; sluss layer age-decrypt --passphrase-file word file
            """)
        #expect(result.status == 12)
        #expect(result.errors.contains("(2^30; högst 2^20)"))
    }

    @Test func aFullDiskIsToldAndAClosedPipeToo() throws {
        let transcript = try Self.sealed(500_000)
        for line in [
            "sluss layer age-decrypt --identity key1 file >/dev/full",
            "sluss layer age-decrypt --identity key1 file >&-",
        ] {
            let result = try transcript.shell(line)
            #expect(result.status == 30)
            #expect(result.errors.contains("Allt gick inte att skriva ut"))
        }
    }

    @Test func withoutAKeyTheCommandIsNotUnderstood() throws {
        let transcript = try Transcript()
        for line in ["layer age-decrypt file", "layer age-decrypt --identity k", "layer fly"] {
            #expect(try transcript.shell("sluss " + line).status == 64)
        }
    }

    /// Little memory, whatever the file's size.
    @Test func aLargeFileIsOpenedInLittleMemory() throws {
        let result = try Self.sealed(100_000_000).shell(
            """
            (ulimit -v 400000; sluss layer age-decrypt --identity key1 file) | cmp - plain
            """)
        #expect(result.status == 0, "\(result.errors)")
    }
}
