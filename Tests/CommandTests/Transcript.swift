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
        try sluss(place, arguments, environment: environment)
    }

    /// As above, with the arguments in a list.
    @discardableResult
    func sluss(
        _ place: String, _ arguments: [String], environment: [String: String] = [:]
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

    /// Makes the store of a unit that the central has invited.
    func invite(_ place: String, _ code: String, _ name: String) throws {
        let file = folder.path("invitation-\(place).json")
        try sluss("central", "unit", "add", code, "--name", name, "--output", file)
        try sluss(place, "init", "--invite", file)
    }

    /// Makes a central of the network whose keys lie in a folder.
    func centralAgain(_ place: String, keys: String) throws {
        try sluss(
            place, "init", "--unit", "KLK-SA-02", "--name", "Ny", "--central", "--key-copy",
            folder.path(keys))
    }

    /// Lets in the device that has signed a bundle.
    func accept(_ path: String, at place: String) throws {
        let report = try object(sluss(place, "merge", "--dry-run", "--json", path))
        let bundles = try #require(report["bundles"] as? [[String: Any]])
        let signer = try #require(bundles.first?["signer"] as? String)
        let accepted = try sluss(place, "unit", "accept", path, "--key", signer)
        #expect(accepted.status == 0, "\(accepted.errors)")
    }

    /// Two units and a central, and an idea at each unit.
    static func made(allowPlain: Bool = false) throws -> Transcript {
        let transcript = try Transcript()
        let plain = allowPlain ? ["--allow-plain"] : []
        try transcript.sluss(
            "central",
            ["init", "--unit", "KLK-SA-01", "--name", "Samordnaren", "--central"] + plain)
        try transcript.invite("a", "OMS-SB-04", "Äppelvretens vårdboende")
        try transcript.invite("b", "OMS-HT-02", "Lomtjärns hemtjänst")
        try transcript.sluss("a", "idea", "add", "--problem", "Vagnen skramlar på natten.")
        try transcript.sluss("b", "idea", "add", "--problem", "Porten är mörk på kvällen.")
        _ = try transcript.folder.folder("stick")
        return transcript
    }
}
