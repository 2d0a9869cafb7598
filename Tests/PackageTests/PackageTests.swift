import Foundation
import SlussCore
import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// The package: what `dpkg-deb` and `tar` read in it, and what is refused.
@Suite struct PackageTests {
    private static func package(_ day: String = "2026-11-26", extra: String = "") throws
        -> DebianPackage
    {
        DebianPackage(
            name: "prov", version: "1.2", architecture: "amd64", maintainer: "Någon <n@example>",
            dependencies: ["libc6 (>= 2.35)", "libsqlite3-0"], summary: "a trial",
            description: "One.\n\nTwo.",
            files: [
                PackedFile(
                    path: "usr/bin/prov", bytes: Data("#!/bin/sh\n".utf8), isProgram: true),
                PackedFile(path: "usr/share/doc/prov/åäö", bytes: Data(("odd" + extra).utf8)),
                PackedFile(path: "usr/share/doc/prov/big", bytes: Data(count: 100_000)),
            ], day: try #require(Day(day)))
    }

    @Test func theSameFilesGiveTheSameBytes() throws {
        let bytes = try Self.package().bytes()
        #expect(try Self.package().bytes() == bytes)
        #expect(try Self.package("2026-11-27").bytes() != bytes)
        #expect(try Self.package(extra: "x").bytes() != bytes)
        #expect(try Packer.gzip(Data("a".utf8)) == Packer.gzip(Data("a".utf8)))
    }

    /// dpkg's own tool is the referee of the whole, and `md5sum` of the list of digests.
    @Test func debiansToolsReadThePackage() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array(Self.package().bytes()), to: "p.deb")
        let fields = try shell("dpkg-deb --field '\(path)'")
        for line in [
            "Package: prov", "Version: 1.2", "Architecture: amd64",
            "Depends: libc6 (>= 2.35), libsqlite3-0", "Installed-Size: 100",
            "Description: a trial", " One.", " .", " Two.",
        ] {
            #expect(fields.split(separator: "\n").contains(Substring(line)), "\(line): \(fields)")
        }
        let list = try shell("dpkg-deb --contents '\(path)'").split(separator: "\n")
        #expect(list.allSatisfy { $0.contains(" root/root ") })
        #expect(list.first?.hasPrefix("drwxr-xr-x") == true && list.first?.hasSuffix(" ./") == true)
        #expect(list.contains { $0.hasPrefix("-rwxr-xr-x") && $0.hasSuffix("./usr/bin/prov") })
        #expect(list.contains { $0.hasPrefix("-rw-r--r--") && $0.contains(" 100000 ") })
        try shell(
            """
            cd '\(folder.path)' && dpkg-deb --extract p.deb out && dpkg-deb --control p.deb control \
            && cd out && md5sum --strict -c ../control/md5sums && test "$(cat usr/share/doc/prov/åäö)" = odd
            """)
        #expect(
            try shell("bsdtar -tf '\(path)'").split(separator: "\n")
                == ["debian-binary", "control.tar.xz", "data.tar.xz"])
    }

    @Test func gzipIsUnpackedByGzip() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "Räksmörgås. ", count: 500)
        let path = try folder.write(Array(Packer.gzip(Data(text.utf8))), to: "x.gz")
        #expect(try shell("gzip -dc '\(path)'") == text)
    }

    @Test func aProgramSaysWhatItIsLoadedWith() throws {
        let program = try PackageInput.bytes("/usr/bin/env")
        #expect(try ELFProgram(program, name: "env").libraries.contains("libc.so.6"))
        #expect(throws: PackageFailure.self) {
            try ELFProgram(Data("#!/bin/sh\n".utf8), name: "script")
        }
    }

    /// Whatever is cut off or changed, it is an answer or a refusal and never a trap.
    @Test func aBrokenProgramIsRefused() throws {
        let program = try PackageInput.bytes("/usr/bin/env")
        for end in stride(from: 0, to: 400, by: 7) {
            #expect(throws: PackageFailure.self) {
                try ELFProgram(program.prefix(end), name: "cut")
            }
        }
        var generator = SplitMix64(seed: 8)
        for _ in 0..<300 {
            var broken = program
            for _ in 0..<4 {
                broken[Int.random(in: 6..<900, using: &generator)] = .random(
                    in: .min ... .max, using: &generator)
            }
            _ = try? ELFProgram(broken, name: "broken")
        }
    }

    @Test func onlyTheLibrariesThatAreNamedMayBeNeeded() throws {
        #expect(
            try PackageFiles.dependencies([
                ("sluss", ["libc.so.6", "libsqlite3.so.0"]),
                ("sluss-terminal", ["libncursesw.so.6", "libm.so.6"]),
            ]).map { $0.split(separator: " ").first }
                == ["libsqlite3-0", "libncursesw6", "libc6"])
        let failure = #expect(throws: PackageFailure.self) {
            try PackageFiles.dependencies([("sluss", ["libsimdjson.so.14"])])
        }
        #expect(failure?.what.contains("libsimdjson.so.14") == true)
    }

    /// The programs beside the tests need Swift's libraries, which no unit's computer has.
    @Test func programsThatNeedSwiftAreRefused() throws {
        let folder = try TemporaryFolder()
        let result = try Self.make(folder, ["--licence", "x=/dev/null"])
        #expect(result.status == 1)
        #expect(result.errors.contains("libswift"), "\(result.errors)")
        #expect(result.errors.contains(".ci/package"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func whatIsTypedWronglyIsRefused() throws {
        let folder = try TemporaryFolder()
        #expect(try Self.make(folder, ["--licence", "x"]).errors.contains("NAME=FILE"))
        #expect(try Self.make(folder, [], day: "26/11").errors.contains("2026-11-26"))
        #expect(
            try Self.make(folder, [], binaries: folder.path("none")).errors.contains(
                "cannot be read"))
    }

    private static func make(
        _ folder: TemporaryFolder, _ more: [String], day: String = "2026-11-26",
        binaries: String = Repository.programs
    ) throws -> ProcessResult {
        try run(
            "\(Repository.programs)/sluss-dev",
            [
                "package", "--binaries", binaries, "--output", folder.path, "--date", day,
                "--repository", Repository.folder,
            ] + more)
    }

    @Test func theVersionIsTheReleases() {
        #expect(Release.name == "sluss \(PackageFiles.version)")
        #expect(PackageFiles.version.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
    }

    @Test(arguments: [
        ("2026-11-26", "Thu, 26 Nov 2026 00:00:00 +0000"),
        ("2027-02-01", "Mon, 01 Feb 2027 00:00:00 +0000"),
        ("1969-12-31", "Wed, 31 Dec 1969 00:00:00 +0000"),
    ]) func aDayIsWrittenAsInMail(day: String, written: String) throws {
        #expect(PackageFiles.date(try #require(Day(day))) == written)
    }

    /// The examples of timers call the program as it wants to be called: with no store it says so
    /// (10), and not that it does not understand (64).
    @Test(arguments: ["sluss-backup@.service", "sluss-merge@.service"])
    func theExamplesOfServicesAreUnderstood(name: String) throws {
        let text = String(
            decoding: try PackageInput.bytes(
                "\(Repository.folder)/docs/operating/systemd/\(name)"), as: UTF8.self)
        let line = try #require(text.firstMatch(of: /\nExecStart=\/usr\/bin\/sluss (.+)\n/))
        let folder = try TemporaryFolder()
        let words = line.1.replacing("%i", with: "anna").split(separator: " ").map(String.init)
        let result = try run(
            "\(Repository.programs)/sluss", words,
            environment: ["SLUSS_STORE": folder.path("none"), "XDG_STATE_HOME": folder.path])
        #expect(result.status == 10, "\(result.errors)")
    }
}
