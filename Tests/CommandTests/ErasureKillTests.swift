import Foundation
import Testing
import _SlussTestSupport

/// A masking that is killed, or that a call fails, has erased all or nothing, and once somebody has
/// emptied the log file, or masked again, no file has the text (promises P2, P4).
///
/// Method as in ``KillLoopTests``; the note's id is random, so counts are compared.
@Suite(
    .enabled(
        if: FaultBench.isPossible,
        "Known skip: strace is not here, or may not trace (no ptrace in this container)."))
struct ErasureKillTests {
    @Test(arguments: Fault.allCases)
    func aFieldIsMaskedWhollyOrNotAtAll(fault: Fault) throws {
        let report = try KillLoop(Self.masking()).report(fault)
        #expect(report.findings.isEmpty)
    }

    /// Negative control: a text that somebody else keeps is found.
    @Test func aTextThatStaysIsFoundOut() throws {
        var subject = Self.masking()
        subject.words = {
            $0.script("cp store/sluss.sqlite store/copy && sluss mask \(Self.mask)")
        }
        let report = try KillLoop(subject).report(.kill, only: "fdatasync")
        #expect(report.troubles == [.notRedone], "\(report.findings)")
    }

    private static let number = "OMS-SB-04-26-0001"
    private static let mask = "\(number) --field problem --reason personalData --decision 7"

    private static func masking() -> KillLoop.Subject {
        KillLoop.Subject(
            words: {
                $0.words(
                    "mask", number, "--field", "problem", "--reason", "personalData",
                    "--decision", "7")
            },
            prepare: { bench in
                try KillLoopTests.makeCentral(bench)
                try KillLoopTests.makeUnit(
                    bench, "a", "OMS-SB-04", ["Rummet hos zqxkanarie är kallt."], by: "store")
                try bench.sluss(["export", "--output", bench.path("stick")], on: "a")
                try bench.sluss(["merge", bench.path("stick")])
            },
            isRandom: true, looks: [["search", "zqxkanarie"], ["search", "maskat"]],
            isRepeatable: false,
            left: { bench in
                let emptied = try bench.sluss(["erasures", "--empty"])
                return emptied.status == 0
                    ? try files(bench) : "erasures: \(emptied.status) \(emptied.errors)"
            },
            flaw: files)
    }

    /// The files of the central's store that have the text.
    private static func files(_ bench: FaultBench) throws -> String? {
        let found = try run(
            "/bin/bash", ["-c", "grep -rla zqxkanarie '\(bench.path("store"))'"])
        return found.output.isEmpty ? nil : found.output
    }
}
