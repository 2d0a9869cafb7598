import Foundation
import SlussCore
import SlussDomain
import SlussSync

/// What goes into the package, and where it lies once installed.
struct PackageFiles {
    /// The folder with the built programs.
    let binaries: String
    /// The folder with `README.md` and `docs`.
    let repository: String
    /// The licences of what is linked into the programs: a name and a file.
    let licences: [(name: String, file: String)]
    let day: Day
    let maintainer: String

    static let documents = "usr/share/doc/sluss"

    /// The libraries that the programs may be loaded with, and the package of Debian that has each,
    /// in the order of the field `Depends`.
    ///
    /// The numbers are what `dpkg-shlibdeps` says on Debian 12, but for SQLite's, which is that of
    /// STRICT tables. Tests/Package/run compares.
    static let packages: [(libraries: Set<String>, package: String)] = [
        (["libsqlite3.so.0"], "libsqlite3-0 (>= 3.37.0)"),
        (["libarchive.so.13"], "libarchive13 (>= 3.5.0)"),
        (["libncursesw.so.6"], "libncursesw6 (>= 6)"),
        (["libtinfo.so.6"], "libtinfo6 (>= 6)"),
        (["libstdc++.so.6"], "libstdc++6 (>= 12)"),
        (["libgcc_s.so.1"], "libgcc-s1 (>= 3.3.1)"),
        (
            [
                "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1",
                "libutil.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1",
            ],
            "libc6 (>= 2.35)"
        ),
    ]

    /// The package.
    func package() throws -> DebianPackage {
        let programs = try PackageInput.programs.map { name in
            let bytes = try PackageInput.bytes("\(binaries)/\(name)")
            return (name, bytes, try ELFProgram(bytes, name: name))
        }
        let architectures = Set(programs.map(\.2.architecture))
        guard architectures.count == 1, let architecture = architectures.first else {
            throw PackageFailure(what: "the programs are for different processors")
        }
        let dependencies = try Self.dependencies(programs.map { ($0.0, $0.2.libraries) })
        for (name, _, _) in programs { try checkRelease(name) }
        var files = programs.map { name, bytes, _ in
            PackedFile(path: "usr/bin/\(name)", bytes: bytes, isProgram: true)
        }
        files += try manual()
        files += try completions()
        files += try pages()
        files.append(
            PackedFile(path: "\(Self.documents)/copyright", bytes: Data(try copyright().utf8)))
        files.append(
            PackedFile(
                path: "\(Self.documents)/changelog.gz",
                bytes: try Packer.gzip(Data(changelog.utf8))))
        return DebianPackage(
            name: "sluss", version: Self.version, architecture: architecture,
            maintainer: maintainer, dependencies: dependencies,
            summary: "ideas and meeting notes where there is no network",
            description: """
                Care homes and schools hand in ideas and write meeting notes on computers
                that have no network. Sluss brings it all together at the central through
                files on a stick, keeps what was said differently in two places side by
                side until a person has chosen, and carries the answers back.

                The package has the command line and the client for shared computers.
                """, files: files, day: day)
    }

    /// The release's number, from the one place that has it.
    static var version: String {
        Release.name.split(separator: " ").last.map(String.init) ?? Release.name
    }

    /// The packages that programs need, or a refusal if one needs something else.
    static func dependencies(_ programs: [(name: String, libraries: [String])]) throws -> [String] {
        for program in programs {
            for library in program.libraries
            where !packages.contains(where: { $0.libraries.contains(library) }) {
                throw PackageFailure(
                    what:
                        "\(program.name) is loaded with \(library), which the package may not depend on; was it built by .ci/package?"
                )
            }
        }
        let all = Set(programs.flatMap(\.libraries))
        return packages.filter { !$0.libraries.isDisjoint(with: all) }.map(\.package)
    }

    private func checkRelease(_ program: String) throws {
        let said = try PackageInput.output(
            of: "\(binaries)/\(program)", ["--version"], .english)
        let release = String(decoding: said, as: UTF8.self).split(separator: "\n").first ?? ""
        guard release == Release.name else {
            throw PackageFailure(
                what: "\(program) is \(release), and this tool is of \(Release.name)")
        }
    }

    private func manual() throws -> [PackedFile] {
        try ManualCommand.files(binaries, day: day).map { page in
            PackedFile(
                path: "usr/share/man/\(page.path).gz", bytes: try Packer.gzip(Data(page.text.utf8)))
        }
    }

    /// Where each shell looks for what completes a command.
    private func completions() throws -> [PackedFile] {
        try PackageInput.programs.flatMap { program in
            try [
                ("bash", "usr/share/bash-completion/completions/\(program)"),
                ("zsh", "usr/share/zsh/vendor-completions/_\(program)"),
                ("fish", "usr/share/fish/vendor_completions.d/\(program).fish"),
            ].map { shell, path in
                let script = try PackageInput.output(
                    of: "\(binaries)/\(program)", ["--generate-completion-script", shell], .swedish)
                return PackedFile(path: path, bytes: Self.sourced(script))
            }
        }
    }

    /// A script without the line that says what runs it: bash reads it, and nothing runs it.
    static func sourced(_ script: Data) -> Data {
        guard script.starts(with: Data("#!".utf8)), let end = script.firstIndex(of: 0x0A) else {
            return script
        }
        return Data(script[script.index(after: end)...])
    }

    /// The pages, laid out as in the repository, so that their links lead somewhere.
    private func pages() throws -> [PackedFile] {
        let folder = "\(repository)/docs"
        let names = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
        let pages = names.filter { name in
            [".md", ".service", ".timer"].contains(where: name.hasSuffix)
                && !name.hasPrefix("changelog/")
        }
        guard pages.contains("README.md") else {
            throw PackageFailure(what: "\(folder) has no pages; --repository names their folder")
        }
        return try (["README.md"] + pages.sorted().map { "docs/\($0)" }).map {
            PackedFile(
                path: "\(Self.documents)/\($0)",
                bytes: try PackageInput.bytes("\(repository)/\($0)"))
        }
    }

    private func copyright() throws -> String {
        guard !licences.isEmpty else {
            throw PackageFailure(what: "--licence names what is linked into the programs")
        }
        var text = """
            Sluss. No licence has been given to it yet: ask its owner before you pass it on.

            Linked into the programs, with their licences below:
            \(licences.map { "  " + $0.name }.joined(separator: "\n"))

            """
        for licence in licences {
            let line = String(repeating: "=", count: 72)
            let words = String(decoding: try PackageInput.bytes(licence.file), as: UTF8.self)
            text += "\n\(line)\n\(licence.name)\n\(line)\n\n\(words)"
            if !text.hasSuffix("\n") { text += "\n" }
        }
        return text
    }

    /// In the form that Debian's tools read.
    private var changelog: String {
        let date = Self.date(day)
        return """
            sluss (\(Self.version)) unstable; urgency=medium

              * Release \(Self.version); \(Self.documents)/docs says what it does.

             -- \(maintainer)  \(date)

            """
    }

    /// A day as in mail: `Thu, 26 Nov 2026 00:00:00 +0000`.
    static func date(_ day: Day) -> String {
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        // 1970-01-01 was a Thursday.
        let weekday = weekdays[(day.number % 7 + 7) % 7]
        let parts = day.description.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return "\(day)" }
        let date = String(format: "%02d", parts[2])
        return "\(weekday), \(date) \(months[parts[1] - 1]) \(parts[0]) 00:00:00 +0000"
    }
}
