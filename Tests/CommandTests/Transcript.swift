import Foundation
import Testing
import _SlussTestSupport

/// Runs the built `sluss` as a person would, in a folder of its own.
struct Transcript {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The binary beside the tests.
    static var program: String {
        Bundle.main.bundleURL.appendingPathComponent("sluss").path
    }

    /// Runs a command on the store `place`, in Swedish unless said otherwise.
    @discardableResult
    func sluss(
        _ place: String, _ arguments: String..., environment: [String: String] = [:]
    ) throws -> ProcessResult {
        var settings = [
            "SLUSS_STORE": folder.path(place), "SLUSS_LANG": "sv",
            "XDG_STATE_HOME": folder.path("state"),
        ]
        settings.merge(environment) { $1 }
        return try run(Self.program, arguments, environment: settings)
    }

    /// Runs a line of the shell in the folder, with `sluss` on the path.
    func shell(_ line: String) throws -> ProcessResult {
        let path =
            Bundle.main.bundlePath + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        return try run(
            "/bin/bash", ["-c", "cd '\(folder.path)' && \(line)"],
            environment: [
                "PATH": path, "SLUSS_LANG": "sv", "XDG_STATE_HOME": folder.path("state"),
            ])
    }

    func json(_ result: ProcessResult) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    }

    func object(_ result: ProcessResult) throws -> [String: Any] {
        try #require(try json(result) as? [String: Any])
    }

    func list(_ result: ProcessResult) throws -> [[String: Any]] {
        try #require(try json(result) as? [[String: Any]])
    }

    /// Two units and a central, and an idea at each unit.
    static func made() throws -> Transcript {
        let transcript = try Transcript()
        try transcript.sluss(
            "a", "init", "--unit", "OMS-SB-04", "--name", "Äppelvretens vårdboende")
        try transcript.sluss("b", "init", "--unit", "OMS-HT-02", "--name", "Lomtjärns hemtjänst")
        try transcript.sluss(
            "central", "init", "--unit", "KLK-SA-01", "--name", "Samordnaren", "--central")
        try transcript.sluss("a", "idea", "add", "--problem", "Vagnen skramlar på natten.")
        try transcript.sluss("b", "idea", "add", "--problem", "Porten är mörk på kvällen.")
        _ = try transcript.folder.folder("stick")
        return transcript
    }
}
