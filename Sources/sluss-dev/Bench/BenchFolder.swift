import Foundation

/// The working folder of a run over one workload: bundles, stores in every state, copies of them.
struct BenchFolder {
    let workload: String
    let path: String
    /// `sluss`, this tool, and the limit if there is one.
    let sluss: String
    let tool: String
    let limit: String?
    let child: ChildProcess

    /// The bundles as `replay` makes them.
    var sealed: ReplayedFolder { ReplayedFolder(path: "\(path)/sealed") }
    /// The same, not encrypted.
    var plain: ReplayedFolder { ReplayedFolder(path: "\(path)/plain") }
    /// A central that has merged everything.
    var full: String { "\(path)/full.store" }
    /// A central that has merged all rounds but the last.
    var before: String { "\(path)/before.store" }
    /// A full bundle of the central, encrypted.
    var backup: String { "\(path)/backup.sluss" }
    /// The limit's store with everything in it.
    var limitFull: String { "\(path)/limit-full.db" }

    /// Makes what all measurements begin with.
    init(workload: String, path: String, sluss: String, tool: String, limit: String?) throws {
        self.workload = workload
        self.path = path
        self.sluss = sluss
        self.tool = tool
        self.limit = limit
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        child = ChildProcess(
            environment: [
                "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": "\(path)/state",
            ], folder: path)
        _ = try child.run([tool, "replay", workload, "--out", sealed.path])
        _ = try child.run([tool, "replay", workload, "--out", plain.path, "--plain"])
        let (early, last) = try sealed.split(lastRounds: 1)
        try copy(sealed.central, to: before)
        _ = try merge(early, into: before)
        try copy(before, to: full)
        _ = try merge(last, into: full)
        _ = try backUp(to: backup)
        if let limit { _ = try child.run([limit, "merge", workload, limitFull, "full"]) }
    }

    /// Copies a file or folder, over what is there.
    func copy(_ source: String, to target: String) throws {
        try remove(target)
        try FileManager.default.copyItem(atPath: source, toPath: target)
    }

    /// Removes a file or folder, if it is there, and what SQLite lays beside one.
    func remove(_ path: String) throws {
        for ending in ["", "-wal", "-shm"]
        where FileManager.default.fileExists(atPath: path + ending) {
            try FileManager.default.removeItem(atPath: path + ending)
        }
    }

    /// Runs `sluss` on a store; conflicts that wait are no failure.
    func sluss(
        _ arguments: [String], store: String, isBrief: Bool = false
    ) throws -> BenchRun {
        try child.run(
            [sluss, arguments[0]] + ["--store", store] + arguments.dropFirst(), good: [0, 3],
            isBrief: isBrief)
    }

    /// Merges into a store.
    func merge(_ bundles: [String], into store: String) throws -> BenchRun {
        try sluss(["merge", "--allow-mass-change"] + bundles, store: store)
    }

    /// Makes a backup of the full store, which is restored for a test.
    func backUp(to target: String) throws -> BenchRun {
        try remove(target)
        return try sluss(["backup", "--output", target], store: try fullAgain())
    }

    /// Makes a bundle of all that the full store has.
    func export(to target: String) throws -> BenchRun {
        try remove(target)
        return try child.run([tool, "bench-export", try fullAgain(), target])
    }

    /// A copy that a bundle can be made of once more, under the name that it goes on with.
    private func fullAgain() throws -> String {
        let copy = "\(path)/export.store"
        try self.copy(full, to: copy)
        return copy
    }
}
