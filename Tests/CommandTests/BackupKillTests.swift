import Foundation
import Testing
import _SlussTestSupport

/// A backup that is killed, or that a call fails, leaves no half file and says that it is done only if
/// it is; a restore leaves the old store or the new one, and done again, it finishes (promises P2, P4,
/// P16).
///
/// Method and negative controls as in ``KillLoopTests``. Both build a store in a folder aside, with some
/// 180 `pwrite64`s that nobody looks at yet: kills, too, go to a part of those, and to every call of
/// the other kinds.
@Suite(
    .enabled(
        if: FaultBench.isPossible,
        "Known skip: strace is not here, or may not trace (no ptrace in this container)."))
struct BackupKillTests {
    @Test(arguments: Fault.allCases)
    func aBackupIsMadeWhollyOrNotAtAll(fault: Fault) throws {
        let report = try KillLoop(Self.backingUp()).report(fault)
        #expect(report.findings.isEmpty)
    }

    @Test(arguments: Fault.allCases)
    func aRestoreLeavesTheOldStoreOrTheNewOne(fault: Fault) throws {
        let report = try KillLoop(Self.restoring()).report(fault)
        #expect(report.findings.isEmpty)
    }

    // MARK: Negative controls

    /// A backup that is copied to its place in pieces.
    @Test func aBackupWrittenInPlaceIsFoundOut() throws {
        var subject = Self.backingUp()
        subject.words = {
            $0.script(
                """
                sluss backup --output home &&
                dd if=home/\(Self.name) of=stick/\(Self.name) bs=512 status=none
                """)
        }
        let report = try KillLoop(subject).report(.kill, only: "write")
        #expect(report.troubles.contains(.torn), "\(report.findings)")
    }

    /// A restore that moves the old store away before it has the new one.
    @Test func aRestoreThatRemovesFirstIsFoundOut() throws {
        var subject = Self.restoring()
        subject.words = {
            $0.script(
                """
                mv store store-before-2026-03-09 && sluss restore stick/\(Self.name) --into store \
                    --identity store-before-2026-03-09/keys/identity
                status=$?; [ $status = 3 ] || exit $status
                """)
        }
        subject.flaw = { _ in nil }
        let report = try KillLoop(subject).report(.kill, only: "mkdir")
        #expect(report.troubles.contains(.between), "\(report.findings)")
    }

    private static let name = "oms-sb-04-backup-0001-2026-03-09.sluss"
}

// MARK: - The commands

extension BackupKillTests {
    private static func backingUp() -> KillLoop.Subject {
        KillLoop.Subject(
            words: { $0.words("backup", "--output", $0.path("stick")) },
            prepare: {
                try KillLoopTests.makeUnit(
                    $0, "store", "OMS-SB-04",
                    ["Vagnen skramlar på natten.", "Larmknappen går inte att nå."])
            }, file: "stick/\(name)", isFileFirst: true, statusKeys: ["lastBackup"],
            sparse: ["pwrite64"])
    }

    /// A store with an idea that its backup has not.
    private static func restoring() -> KillLoop.Subject {
        KillLoop.Subject(
            words: { $0.words("restore", $0.path("stick/\(name)"), "--into", $0.path("store")) },
            prepare: { bench in
                try KillLoopTests.makeUnit(
                    bench, "store", "OMS-SB-04", ["Vagnen skramlar på natten."])
                try bench.sluss(["backup", "--output", bench.path("stick")])
                try bench.sluss(["idea", "add", "--problem", "Larmknappen går inte att nå."])
                try mark(bench)
            }, sparse: ["pwrite64"], calm: [0, 3],
            tidy: { bench in
                // The old store is told by its file; it must have its place again, in that file.
                try shell(
                    """
                    cd '\(bench.path("."))'
                    old=$(dirname "$(find . -name sluss.sqlite -inum "$(cat ../inode)")")
                    if [ "$old" != ./store ]; then rm -rf store; mv "$old" store; fi
                    rm -rf store-before* store.restoring store-new
                    """)
            },
            flaw: { bench in
                let left = try shell("cd '\(bench.path("."))' && ls -d store*").split(
                    separator: "\n")
                // Done twice, there are two former stores: the old one and the one restored first.
                let wanted = ["store", "store-before-2026-03-09", "store-before-2026-03-09-2"]
                guard left.count > 1, wanted.prefix(left.count).elementsEqual(left.map(String.init))
                else { return "\(left)" }
                for (name, records) in zip(wanted.dropFirst().prefix(left.count - 1), [2, 1]) {
                    let former = try bench.sluss(["status", "--json"], on: name)
                    guard former.output.contains("\"records\" : \(records)") else {
                        return "\(name): \(former.output)"
                    }
                }
                return nil
            })
    }

    private static func mark(_ bench: FaultBench) throws {
        try shell("cd '\(bench.path("."))' && stat -c %i store/sluss.sqlite > ../inode")
    }
}
