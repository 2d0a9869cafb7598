import Foundation
import SlussBundle
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// The files of a store's keys, and the standard tools' word on what is made with them.
@Suite struct KeyTests {
    private static func care() throws -> Town {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        return town
    }

    @Test func everyBundleIsSignedAndOpensToTheStandardTools() throws {
        let town = try Self.care()
        let out = try #require(try town.export("care", on: "out"))
        try town.merge([out], at: "central")
        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "back"))
        let full = try #require(try town.export("central", .full, on: "full"))
        let signers = try town.open("central").publicKeys().allowedSigners
        try town.folder.write(Array(signers.utf8), to: "signers")
        for (bundle, keys, who) in [
            (out, "central/keys/identity", "OMS-HT-02"), (out, "care/keys/identity", "OMS-HT-02"),
            (out, "central/keys/recovery", "OMS-HT-02"), (back, "care/keys/identity", "KLK-SA-01"),
            (back, "central/keys/recovery", "KLK-SA-01"),
            (full, "central/keys/recovery", "KLK-SA-01"),
        ] {
            let line = """
                cd '\(town.folder.path)' && rm -rf bag && mkdir bag &&
                age -d -i '\(keys)' '\(bundle)' | bsdtar -xf - -C bag && cd bag &&
                ssh-keygen -Y verify -f ../signers -I '\(who)' -n sluss-bundle \
                    -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt &&
                sha256sum --quiet --strict -c tagmanifest-sha256.txt manifest-sha256.txt
                """
            let result = try run("/bin/bash", ["-o", "pipefail", "-c", line])
            #expect(result.status == 0, "\(result.errors)")
        }
        // And nobody else opens it.
        #expect(throws: ShellFailure.self) {
            try shell(
                "age-keygen 2>/dev/null > '\(town.folder.path("stranger"))'; age -d -i '\(town.folder.path("stranger"))' '\(out)'"
            )
        }
    }

    @Test func everyStatementOfABundleIsSignedToTheStandardTools() throws {
        let town = try Self.care()
        let out = try #require(try town.export("care", on: "out"))
        let result = try run(
            "/bin/bash",
            [
                "-c",
                """
                set -euo pipefail; cd '\(town.folder.path)'
                age -d -i central/keys/identity '\(out)' | bsdtar -xOf - sluss/manifest.json > m
                for i in $(seq 0 $(($(jq '.statements | length' m) - 1))); do
                    jq -j ".statements[$i].text" m > s; jq -j ".statements[$i].signature" m > s.sig
                    ssh-keygen -Y check-novalidate -n sluss-statement -s s.sig < s
                done
                """,
            ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.split(separator: "\n").count >= 4)
    }

    @Test func nothingOfANoteCanBeReadOnALostStick() throws {
        let town = try Self.care()
        let out = try #require(try town.export("care", on: "out"))
        let bytes = String(decoding: try bytes(ofFile: out), as: UTF8.self)
        for text in ["vikarier", "OMS-HT-02", "sluss", "Enheten", "care"] {
            #expect(!bytes.contains(text))
        }
    }

    @Test(arguments: [
        ("chmod 644 device", KeyError.tooOpen("device")), ("rm device", .missing("device")),
        ("echo x > device", .malformed("device")), ("rm identity", .missing("identity")),
        ("ssh-keygen -q -t ed25519 -N '' -f other && mv other device", .foreign("device")),
        (
            "ssh-keygen -q -t ed25519 -N hemligt12345 -f other && mv other device",
            .malformed("device")
        ),
        ("truncate -s 100 identity", .malformed("identity")),
    ])
    func aKeyThatIsMissingOrWrongIsNamed(command: String, expected: KeyError) throws {
        let town = try Self.care()
        let keys = town.folder.path("care/keys")
        try shell("cd '\(keys)' && \(command)")
        let error = #expect(throws: KeyError.self) { try town.export("care") }
        #expect(error.map { Explanation(of: $0).code } == Explanation(of: expected).code)
        // What is written needs no key.
        try town.add("Elcyklarna står still i november.", at: "care")
    }

    @Test func noKeyIsInTheStoreOrInABundle() throws {
        let town = try Self.care()
        let out = try #require(try town.export("care", on: "out", protection: .plain))
        try town.merge([out], at: "central")
        let result = try run(
            "/bin/bash",
            [
                "-c",
                """
                set -euo pipefail; cd '\(town.folder.path)'
                for file in care/keys/device care/keys/identity central/keys/root central/keys/recovery; do
                    grep -v '^#\\|^---' "$file" | awk 'length > 40' | tail -n 1
                done > secrets
                test $(wc -l < secrets) = 4
                bsdtar -xOf '\(out)' > text
                ! grep -F -f secrets text care/sluss.sqlite* central/sluss.sqlite* state/*
                """,
            ])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test func keysAreMadeOnceAndKeptIfTheStoreIsNot() throws {
        let town = try Self.care()
        let device = try bytes(ofFile: town.folder.path("care/keys/device"))
        try shell("rm '\(town.folder.path("care"))'/sluss.sqlite*")
        try town.make("care", "OMS-HT-02")
        #expect(try bytes(ofFile: town.folder.path("care/keys/device")) == device)
    }
}
