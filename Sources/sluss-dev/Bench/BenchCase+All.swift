extension BenchCase {
    /// Every measurement, in the order of the table.
    static var all: [BenchCase] { merges + work + wholes + starts }

    private static var merges: [BenchCase] {
        [
            merge("merge", "merge, encrypted", \.sealed),
            merge("merge-plain", "merge, plain", \.plain),
            mergeLast("merge-last", "merge the last round, encrypted", \.sealed),
            mergeLast("merge-last-plain", "merge the last round, plain", \.plain),
        ]
    }

    private static func merge(
        _ name: String, _ label: String, _ bundles: @escaping (BenchFolder) -> ReplayedFolder
    ) -> BenchCase {
        BenchCase(
            name: name, rows: [Row(label, "wall", limit: ["seconds"])],
            run: { folder in
                let store = "\(folder.path)/merge.store"
                try folder.copy(bundles(folder).central, to: store)
                return try folder.merge(try bundles(folder).bundles(), into: store)
            },
            limit: { folder, limit in
                let store = "\(folder.path)/limit.db"
                return try folder.child.run([limit, "merge", folder.workload, store, "full"])
            })
    }

    private static func mergeLast(
        _ name: String, _ label: String, _ bundles: @escaping (BenchFolder) -> ReplayedFolder
    ) -> BenchCase {
        BenchCase(
            name: name, rows: [Row(label, "wall", limit: ["seconds"])],
            run: { folder in
                let store = "\(folder.path)/merge.store"
                try folder.copy(folder.before, to: store)
                return try folder.merge(
                    try bundles(folder).split(lastRounds: 1).last, into: store)
            },
            limit: { folder, limit in
                let store = "\(folder.path)/limit.db"
                return try folder.child.run([
                    limit, "merge", folder.workload, store, "full", "bundle", "tail",
                ])
            })
    }

    private static var work: [BenchCase] {
        [
            BenchCase(
                name: "local",
                rows: [
                    Row("change a status, median", "status_p50_us", .microseconds),
                    Row("change a status, 99 of 100", "status_p99_us", .microseconds),
                    Row("change a text, median", "body_p50_us", .microseconds),
                    Row("change a text, 99 of 100", "body_p99_us", .microseconds),
                ],
                run: { folder in
                    let store = "\(folder.path)/local.store"
                    try folder.copy(folder.full, to: store)
                    return try folder.child.run([folder.tool, "bench-local", store, "2000"])
                },
                limit: { folder, limit in
                    let store = "\(folder.path)/limit.db"
                    try folder.copy(folder.limitFull, to: store)
                    return try folder.child.run([limit, "local", store, "2000", "full"])
                }),
            BenchCase(
                name: "query",
                rows: [
                    Row("show a record", "point_p50_us", .microseconds),
                    Row("list 50 ideas of a status", "list50_p50_us", .microseconds),
                    Row(
                        "list all ideas of a status", "list_all_p50_us", limit: [], .microseconds),
                    Row("search, a common word", "fts_common_p50_us", .microseconds),
                    Row("search, a rare word", "fts_rare_p50_us", .microseconds),
                    Row("search, two words", "fts_and_p50_us", .microseconds),
                ],
                run: { try $0.child.run([$0.tool, "bench-query", $0.full, "2000"]) },
                limit: { try $0.child.run([$1, "query", $0.limitFull, "2000"]) }),
        ]
    }

    private static var wholes: [BenchCase] {
        [
            BenchCase(
                name: "export", rows: [Row("export all", "seconds")],
                run: { try $0.export(to: "\($0.path)/export.sluss") },
                limit: {
                    try $0.child.run([$1, "export", $0.limitFull, "\($0.path)/limit.tar.zst"])
                }),
            BenchCase(
                name: "backup",
                rows: [Row("backup, verified", "wall", limit: ["seconds", "verify_seconds"])],
                run: { try $0.backUp(to: "\($0.path)/export.sluss") },
                limit: {
                    try $0.child.run([$1, "backup", $0.limitFull, "\($0.path)/limit.backup", "api"])
                }),
            BenchCase(
                name: "restore",
                rows: [Row("restore", "wall", limit: ["seconds", "verify_seconds"])],
                run: { folder in
                    let store = "\(folder.path)/restore.store"
                    try folder.copy(folder.sealed.central, to: store)
                    return try folder.child.run(
                        [folder.sluss, "restore", folder.backup, "--into", store])
                },
                limit: {
                    try $0.child.run([$1, "restore", $0.limitFull, "\($0.path)/limit.restored"])
                }),
            BenchCase(
                name: "check", rows: [Row("check", "wall", limit: ["verify_seconds"])],
                run: { try $0.sluss(["check"], store: $0.full) },
                limit: {
                    try $0.child.run([$1, "restore", $0.limitFull, "\($0.path)/limit.restored"])
                }),
        ]
    }

    private static var starts: [BenchCase] {
        [
            BenchCase(
                name: "status", rows: [Row("start, and say the status", "wall")],
                run: { folder in
                    try middle { try folder.sluss(["status"], store: folder.full, isBrief: true) }
                }),
            // The limit makes two changes: it cannot say what one took.
            BenchCase(
                name: "support", rows: [Row("start, and make one durable change", "wall")],
                run: { folder in
                    let store = "\(folder.path)/local.store"
                    try folder.copy(folder.full, to: store)
                    let number = "\(ReplayNetwork.unitCode)-25-0001"
                    return try middle {
                        try folder.child.run(
                            [folder.sluss, "idea", "support", "--store", store, number],
                            isBrief: true)
                    }
                },
                limit: { folder, limit in
                    let store = "\(folder.path)/limit.db"
                    try folder.copy(folder.limitFull, to: store)
                    return try middle {
                        try folder.child.run([limit, "local", store, "2", "full"], isBrief: true)
                    }
                }),
        ]
    }

    /// The middle one of several short runs.
    private static func middle(_ run: () throws -> BenchRun) throws -> BenchRun {
        var runs: [BenchRun] = []
        for _ in 0..<11 { runs.append(try run()) }
        runs.sort { $0.figures["wall"] ?? 0 < $1.figures["wall"] ?? 0 }
        return runs[runs.count / 2]
    }
}
