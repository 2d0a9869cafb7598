import Foundation
import Testing
import _SlussTestSupport

/// A unit with its store, and the built programs, in a folder of its own.
struct Workplace {
    let folder: TemporaryFolder
    let home: String

    /// The folder of the programs beside the tests.
    static var programs: String { Bundle.main.bundlePath }
    /// The client.
    static var client: String { programs + "/sluss-terminal" }
    static let today = "2026-03-09"

    /// A unit, alone or in a network with a central.
    init(inNetwork: Bool = false) throws {
        folder = try TemporaryFolder()
        home = try folder.folder("home")
        guard inNetwork else {
            try sluss("unit", "init", "--unit", "OMS-SB-04", "--name", "Äppelvretens vårdboende")
            return
        }
        _ = try folder.folder("stick")
        try sluss(
            "central", "init", "--unit", "KLK-SA-01", "--name", "Samordnaren", "--central")
        let invitation = folder.path("invitation.json")
        try sluss(
            "central", "unit", "add", "OMS-SB-04", "--name", "Äppelvretens vårdboende",
            "--output", invitation)
        try sluss("unit", "init", "--invite", invitation)
    }

    /// What every program is told of the computer.
    func environment(store: String = "unit") -> [String: String] {
        [
            "PATH": Self.programs + ":/usr/bin:/bin:/usr/sbin:/sbin", "HOME": home,
            "SLUSS_STORE": folder.path(store), "SLUSS_LANG": "sv", "LC_ALL": "C.UTF-8",
            "XDG_STATE_HOME": folder.path("state"),
        ]
    }

    /// Runs `sluss`, which must end well.
    @discardableResult
    func sluss(_ store: String, _ arguments: String...) throws -> String {
        let result = try run(
            Self.programs + "/sluss", arguments + ["--today", Self.today],
            environment: environment(store: store))
        try #require(result.status == 0, "\(arguments): \(result.errors)\(result.output)")
        return result.output
    }

    /// The unit's ideas, as `sluss idea list --json` says them.
    func ideas() throws -> [[String: Any]] {
        let list = try JSONSerialization.jsonObject(
            with: Data(try sluss("unit", "idea", "list", "--json").utf8))
        return try #require(list as? [[String: Any]])
    }

    func problems() throws -> [String] { try ideas().compactMap { $0["problem"] as? String } }

    /// The files of drafts that are kept, of everybody.
    func drafts() throws -> [String] {
        let all = FileManager.default.enumerator(atPath: folder.path("unit/drafts"))?.allObjects
        return (all as? [String] ?? []).filter { $0.hasSuffix(".age") }.sorted()
    }

    /// Every file below the folder that has one of these texts in it, but for those named.
    func files(with texts: [String], except: Set<String>) -> [String] {
        let all = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String]
        return (all ?? []).filter { name in
            // A folder or a socket has none.
            guard !except.contains(name),
                let data = FileManager.default.contents(atPath: folder.path(name))
            else { return false }
            return texts.contains { data.range(of: Data($0.utf8)) != nil }
        }
    }
}
