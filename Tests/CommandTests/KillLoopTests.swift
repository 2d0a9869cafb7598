import Testing
import _SlussTestSupport

/// A command that is killed, or that a write, a synchronisation or a renaming fails, at any moment,
/// has done all that it does or nothing (promise P2), and says that it is done only if it is (P4).
///
/// Method: `strace` lists the calls by which a command changes files, lengths and names. For each
/// of them the store and all around it is put back, and the command is run with a fault at the
/// call: killed, failed once with EIO or ENOSPC, or with ENOSPC from there on. Then, with nothing
/// tidied by hand, `sluss check` must find nothing, the state must be that before or that after,
/// a bundle under its final name must be whole, and the same command, run again, must reach the
/// state after. Ids of ideas are random, so of `idea add` counts are compared and the new text is
/// searched for.
///
/// Kills go to every call. Errnos, to save time, go to a part of the calls where there are many of
/// a kind (`pwrite64`, 22 to 70 of them): to every eighth and to the first and the last, 12 for EIO
/// and 6 for ENOSPC; to all with `SLUSS_EVERY_CALL=1` in the environment. A call is done or not
/// done: half of a `pwrite64` is what a power cut leaves, which is not tried here.
///
/// The last tests are negative controls: commands that are not all or nothing, or that lie, must
/// be found out by the same loop.
@Suite(
    .enabled(
        if: FaultBench.isPossible,
        "Known skip: strace is not here, or may not trace (no ptrace in this container)."))
struct KillLoopTests {
    @Test(arguments: Fault.allCases)
    func anIdeaIsAddedWhollyOrNotAtAll(fault: Fault) throws {
        let report = try KillLoop(Self.adding()).report(fault)
        #expect(report.findings.isEmpty)
    }

    @Test(arguments: Fault.allCases)
    func aBundleIsExportedWhollyOrNotAtAll(fault: Fault) throws {
        let report = try KillLoop(Self.exporting()).report(fault)
        #expect(report.findings.isEmpty)
    }

    @Test(arguments: Fault.allCases)
    func aBundleIsMergedWhollyOrNotAtAll(fault: Fault) throws {
        let report = try KillLoop(Self.merging()).report(fault)
        #expect(report.findings.isEmpty)
    }

    // MARK: Negative controls

    /// Two merges that pose as one command: a kill in the first, once it is done, leaves the store
    /// in between.
    @Test func twoTransactionsThatPoseAsOneAreFoundOut() throws {
        let subject = KillLoop.Subject(
            words: {
                $0.script(
                    "sluss merge stick/oms-sb-04-0001.sluss && sluss merge stick/oms-ht-02-0001.sluss"
                )
            },
            prepare: { bench in
                let export = ["export", "--output", bench.path("stick")]
                try Self.makeCentral(bench)
                try Self.makeUnit(
                    bench, "a", "OMS-SB-04", ["Vagnen skramlar på natten."], by: "store")
                try bench.sluss(export, on: "a")
                try Self.makeUnit(
                    bench, "b", "OMS-HT-02", ["Porten är mörk på kvällen."], by: "store")
                try bench.sluss(export, on: "b")
            })
        let report = try KillLoop(subject).report(.kill, only: "fdatasync")
        #expect(report.troubles == [.between], "\(report.findings)")
    }

    /// A command that forgets that storing failed.
    @Test func aFailureThatPosesAsDoneIsFoundOut() throws {
        var subject = Self.adding()
        subject.words = { $0.script("sluss idea add --problem 'Porten gnisslar.' || true") }
        let report = try KillLoop(subject).report(.inputOutput, only: "fdatasync")
        #expect(report.troubles == [.falseDone], "\(report.findings)")
    }

    /// An export that writes under the final name from the start.
    @Test func aBundleWrittenInPlaceIsFoundOut() throws {
        var subject = Self.exporting()
        subject.words = {
            $0.script(
                """
                sluss export --output home &&
                dd if=home/oms-sb-04-0001.sluss of=stick/oms-sb-04-0001.sluss bs=512 status=none
                """)
        }
        let report = try KillLoop(subject).report(.kill, only: "write")
        #expect(report.troubles == [.torn], "\(report.findings)")
    }
}

// MARK: - The commands

extension KillLoopTests {
    private static func adding() -> KillLoop.Subject {
        KillLoop.Subject(
            words: { $0.words("idea", "add", "--problem", "Porten gnisslar.") },
            prepare: { try makeUnit($0, "store", "OMS-SB-04", ["Vagnen skramlar på natten."]) },
            isRandom: true, looks: [["search", "gnisslar"]], isRepeatable: false)
    }

    private static func exporting() -> KillLoop.Subject {
        KillLoop.Subject(
            words: { $0.words("export", "--output", $0.path("stick")) },
            prepare: {
                try makeUnit(
                    $0, "store", "OMS-SB-04",
                    ["Vagnen skramlar på natten.", "Larmknappen går inte att nå."])
            }, file: "stick/oms-sb-04-0001.sluss")
    }

    /// A bundle with a new idea, and with a status that the central has set otherwise meanwhile.
    private static func merging() -> KillLoop.Subject {
        KillLoop.Subject(
            words: { $0.words("merge", $0.path("stick/oms-sb-04-0002.sluss")) },
            prepare: { bench in
                let idea = "OMS-SB-04-26-0001"
                let export = ["export", "--output", bench.path("stick")]
                try makeCentral(bench)
                try makeUnit(
                    bench, "a", "OMS-SB-04", ["Vagnen skramlar på natten."], by: "store")
                try bench.sluss(export, on: "a")
                try bench.sluss(["merge", bench.path("stick")])
                try bench.sluss(["idea", "status", idea, "Vilar", "--force"])
                try bench.sluss(["idea", "status", idea, "Införd", "--force"], on: "a")
                try bench.sluss(["idea", "add", "--problem", "Porten gnisslar."], on: "a")
                try bench.sluss(export, on: "a")
            }, looks: [["conflicts", "list"]])
    }

    /// A unit that a central has invited: one of its own, unless said otherwise.
    static func makeUnit(
        _ bench: FaultBench, _ place: String, _ unit: String, _ problems: [String],
        by central: String? = nil
    ) throws {
        if central == nil { try makeCentral(bench, "c") }
        let file = bench.path("invitation-\(place)")
        let invite = ["unit", "add", unit, "--name", "Enheten", "--output", file]
        try bench.sluss(invite, on: central ?? "c")
        try bench.sluss(["init", "--invite", file], on: place)
        for problem in problems {
            let added = try bench.sluss(["idea", "add", "--problem", problem], on: place)
            try #require(added.status == 0)
        }
    }

    static func makeCentral(_ bench: FaultBench, _ place: String = "store") throws {
        let made = try bench.sluss(
            ["init", "--unit", "KLK-SA-01", "--name", "C", "--central"], on: place)
        try #require(made.status == 0)
    }
}
