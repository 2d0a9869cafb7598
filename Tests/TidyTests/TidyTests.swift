import Foundation
import Testing

/// The repository's own rules: what a machine can check of docs/style and docs/architecture.
@Suite struct TidyTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func files(_ folder: String, _ ending: String) -> [URL] {
        let root = root.appendingPathComponent(folder)
        let names = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
        return names.filter { $0.hasSuffix(ending) && !$0.contains(".build") }.sorted().map {
            root.appendingPathComponent($0)
        }
    }

    private static func text(_ url: URL) throws -> String {
        try String(contentsOf: url, encoding: .utf8)
    }

    @Test func theTopLevelIsFixed() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.path)
            .filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
        #expect(
            Set(names) == [
                "Package.swift", "Sources", "Tests", "SyncFixtures", "docs", "README.md",
            ])
    }

    @Test func thePureTargetsImportNothing() throws {
        for (folder, allowed) in [
            ("Sources/SlussCore", Set<String>()), ("Sources/SlussDomain", ["SlussCore"]),
        ] {
            for file in Self.files(folder, ".swift") {
                let imports = try Self.text(file).split(separator: "\n")
                    .filter { $0.contains("import ") && !$0.hasPrefix("//") && !$0.hasPrefix(" ") }
                    .compactMap { $0.split(separator: " ").last.map(String.init) }
                #expect(Set(imports).isSubset(of: allowed), "\(file.lastPathComponent)")
            }
        }
    }

    /// Calls that trap on outside data, hide a full disk, or read a clock where none may be.
    @Test func bannedCallsAreNowhereInSources() throws {
        for file in Self.files("Sources", ".swift") {
            let text = try Self.text(file)
            let banned =
                /try!|as!|\bfatalError\(|\bprint\(|@unchecked Sendable|TODO|FIXME|\bDate\(\)|unsafeBitCast/
            let found = text.firstMatch(of: banned)
            #expect(found == nil, "\(file.lastPathComponent): \(found?.output ?? "")")
        }
    }

    @Test func filesStayShort() throws {
        for file in Self.files("Sources", ".swift") + Self.files("Tests", ".swift") {
            let lines = try Self.text(file).split(
                separator: "\n", omittingEmptySubsequences: false
            ).count
            #expect(lines <= 500, "\(file.lastPathComponent): \(lines) lines")
        }
    }

    @Test func everyLinkInTheDocsLeadsSomewhere() throws {
        let pages = Self.files("docs", ".md") + [Self.root.appendingPathComponent("README.md")]
        for page in pages {
            for match in try Self.text(page).matches(of: /\]\(([^)#\s]+)(#[^)]*)?\)/) {
                let target = String(match.1)
                guard !target.hasPrefix("http"), !target.hasPrefix("mailto:") else { continue }
                let url = page.deletingLastPathComponent().appendingPathComponent(target)
                #expect(
                    FileManager.default.fileExists(atPath: url.standardized.path),
                    "\(page.lastPathComponent): \(target)")
            }
        }
    }

    @Test func everyPageOfTheDocsIsLinked() throws {
        let pages = Self.files("docs", ".md")
        let all = try (pages + [Self.root.appendingPathComponent("README.md")]).map(Self.text)
            .joined()
        for page in pages where !page.path.contains("/changelog/") {
            #expect(
                all.contains(page.lastPathComponent + ")")
                    || all.contains(page.lastPathComponent + "#"), "\(page.lastPathComponent)")
        }
    }

    @Test func everyRefusalIsInTheSpecification() throws {
        let source = try Self.text(
            Self.root.appendingPathComponent("Sources/SlussBundle/BundleRefusal.swift"))
        let page = try Self.text(Self.root.appendingPathComponent("docs/bundle-format.md"))
        for match in source.matches(of: /case \.(\w+): "(\w+)"/) {
            #expect(page.contains("`\(match.2)`"), "\(match.2)")
        }
    }
}
