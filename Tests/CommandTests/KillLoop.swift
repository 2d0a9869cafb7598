import Foundation
import Testing
import _SlussTestSupport

/// Runs a command once for each of its writing calls, each time with a fault at that call, and
/// looks at what is left.
struct KillLoop {
    /// What a command does, and what to look at to see whether it did it.
    struct Subject {
        /// The command, as words.
        var words: (FaultBench) -> [String]
        /// Makes the store and whatever else the command needs.
        let prepare: (FaultBench) throws -> Void
        /// Whether its outcome depends on chance, so that only counts can be compared.
        var isRandom = false
        /// What else than the status belongs to the state: `sluss` commands that answer in JSON.
        var looks: [[String]] = []
        /// Whether it may be done again where it has been done: then it is, every time.
        var isRepeatable = true
        /// The file that must be whole or not there.
        var file: String?
        /// Whether the store hears of the file only after it has its name.
        var isFileFirst = false
        /// What else of the status belongs to the state.
        var statusKeys: [String] = []
        /// The calls of which kills, too, go to a part only.
        var sparse: Set<String> = []
        /// With which statuses `check` may answer.
        var calm: Set<Int32> = [0]
        /// Puts back what the command has moved, before files are put back.
        var tidy: ((FaultBench) throws -> Void)?
        /// What is wrong where the command has been done and cannot be done again, if anything.
        var left: (FaultBench) throws -> String? = { _ in nil }
        /// What is wrong once the command has been done again, if anything.
        var flaw: (FaultBench) throws -> String? = { _ in nil }
    }

    /// What must not be.
    enum Trouble: String {
        /// The state is neither that before nor that after.
        case between
        /// The command said that it had done it, and it had not.
        case falseDone
        /// A trap, or a signal that nobody sent.
        case trapped
        /// The next command did not just work.
        case blocked
        /// What lies under the final name is not whole, or the store has not heard of it.
        case torn
        /// Done again, the command did not reach the state after, or left something lying about.
        case notRedone
        /// Few of the calls that an unharmed run makes were hit: the loop proved nothing.
        case missed
    }

    /// A trouble, and how to see it again.
    struct Finding: CustomStringConvertible {
        let fault: Fault
        let call: String
        let number: Int
        let trouble: Trouble
        let detail: String

        var description: String { "\(trouble) – \(fault) at \(call) \(number): \(detail)" }
    }

    /// What a store says of itself.
    ///
    /// The ids of replicas are left out: a killed store may well take a new one.
    private struct State: Equatable {
        let status: String
        let looks: [String]
    }

    /// What a loop found.
    struct Report {
        var findings: [Finding] = []
        var troubles: Set<Trouble> { Set(findings.map(\.trouble)) }
    }

    /// Whether errnos, too, go to every call; else to a part of many `pwrite64`s (``chosen(of:)``).
    private static let isThorough =
        ProcessInfo.processInfo.environment["SLUSS_EVERY_CALL"].map { !$0.isEmpty } ?? false

    private let subject: Subject
    private let bench: FaultBench
    private let before: State
    private let after: State
    private let calls: [String: Int]
    /// The bytes of the file that an unharmed run makes.
    private let whole: [UInt8]?

    init(_ subject: Subject) throws {
        let bench = try FaultBench()
        try subject.prepare(bench)
        try bench.keep()
        self.subject = subject
        self.bench = bench
        before = try Self.state(bench, subject)
        let unharmed = try bench.calls(of: subject.words(bench))
        calls = unharmed.counts
        after = try Self.state(bench, subject)
        try #require([0, 3].contains(unharmed.status) && before != after && !calls.isEmpty)
        guard let file = subject.file.map(bench.path) else {
            whole = nil
            return
        }
        whole = try bytes(ofFile: file)
        try #require(try bench.sluss(["verify", file]).status == 0)
    }

    /// Loops over the calls that an unharmed run makes, or over one of them.
    func report(_ fault: Fault, only: String? = nil) throws -> Report {
        var report = Report()
        for (call, count) in calls.sorted(by: { $0.key < $1.key })
        where fault.applies(to: call) && (only ?? call) == call {
            let chosen = Self.chosen(of: count, fault, isSparse: subject.sparse.contains(call))
            let hits = try chosen.prefix { try isHit(fault, call, $0, &report) }.count
            // Half, since threads and processes are counted each for itself.
            if hits * 2 < chosen.filter({ $0 <= count }).count {
                report.findings.append(
                    Finding(
                        fault: fault, call: call, number: hits, trouble: .missed,
                        detail: "an unharmed run makes \(count)"))
            }
        }
        return report
    }

    /// The calls to go to: all, and on until a run ends by itself; or every eighth and the first
    /// and the last, 12 for EIO and 6 for ENOSPC.
    private static func chosen(of count: Int, _ fault: Fault, isSparse: Bool) -> [Int] {
        // One run makes some more calls than another, as chance puts its ids in the tables.
        if fault == .kill && !isSparse || isThorough { return Array(1...count + 100) }
        let ends = fault == .inputOutput ? 12 : 6
        return (1...count).filter { $0 <= ends || $0 > count - ends || $0.isMultiple(of: 8) }
    }

    /// One round; whether the command came to that call.
    private func isHit(
        _ fault: Fault, _ call: String, _ number: Int, _ report: inout Report
    ) throws -> Bool {
        try subject.tidy?(bench)
        try bench.restore()
        let (result, isHit) = try bench.harm(subject.words(bench), fault, at: call, number)
        // A run that ends by itself is like the one that `after` was taken from.
        guard isHit else { return false }
        func note(_ trouble: Trouble, _ detail: String) {
            report.findings.append(
                Finding(fault: fault, call: call, number: number, trouble: trouble, detail: detail))
        }
        if result.status >= 128, fault != .kill {
            note(.trapped, "status \(result.status) \(result.errors)")
        }
        let check = try bench.sluss(["check", "--json"])
        if !subject.calm.contains(check.status) {
            note(.blocked, "check: \(check.status) \(check.output)")
        }
        let now = try Self.state(bench, subject)
        if now != before, now != after { note(.between, "\(now)") }
        let isDone = [0, 3].contains(result.status)
        if isDone, now != after {
            note(.falseDone, "status \(result.status) \(result.output)")
        }
        if let torn = try torn(isDone, now) { note(.torn, torn) }
        // What was not said to be done, a person does again.
        if fault == .kill || !isDone, let failure = try redo(now) { note(.notRedone, failure) }
        return true
    }

    /// What is wrong with the file under the final name, if anything.
    private func torn(_ isDone: Bool, _ now: State) throws -> String? {
        guard let file = subject.file.map(bench.path) else { return nil }
        guard FileManager.default.fileExists(atPath: file) else {
            return isDone ? "done, and there is no file" : nil
        }
        if let refusal = try refusal(of: file) { return refusal }
        return now == after || subject.isFileFirst
            ? nil : "there is a file that the store has not heard of"
    }

    /// Does the command again, unharmed, with nothing tidied by hand.
    private func redo(_ now: State) throws -> String? {
        guard subject.isRepeatable || now == before else { return try subject.left(bench) }
        let result = try bench.command(subject.words(bench))
        let then = try Self.status(bench, subject)
        guard [0, 3].contains(result.status), then == after.status else {
            return "status \(result.status) \(result.errors), \(then)"
        }
        if let flaw = try subject.flaw(bench) { return flaw }
        guard let file = subject.file.map(bench.path) else { return nil }
        let folder = (file as NSString).deletingLastPathComponent
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        guard names == [(file as NSString).lastPathComponent] else { return "files: \(names)" }
        return try refusal(of: file)
    }

    /// Why a bundle is not whole, if it is not; the bytes of one that is are remembered.
    private func refusal(of file: String) throws -> String? {
        if try bytes(ofFile: file) == whole { return nil }
        let verified = try bench.sluss(["verify", file])
        return verified.status == 0 ? nil : "verify: \(verified.status) \(verified.output)"
    }

    private static func state(_ bench: FaultBench, _ subject: Subject) throws -> State {
        let looks = try subject.looks.map { look in
            let answer = try bench.answer(look)
            return subject.isRandom ? "\((answer as? [Any])?.count ?? -1)" : try text(answer)
        }
        return State(status: try status(bench, subject), looks: looks)
    }

    private static func status(_ bench: FaultBench, _ subject: Subject) throws -> String {
        var keys = [
            "records", "recordsByKind", "writes", "notYetExported", "notYetConfirmed", "conflicts",
            "needsNewerRelease", "peers",
        ]
        if !subject.isRandom { keys.append("stateDigest") }
        keys += subject.statusKeys
        let answer = try bench.answer(["status"])
        guard var status = answer as? [String: Any] else { return "\(answer)" }
        if subject.isRandom, let peers = status["peers"] as? [[String: Any]] {
            status["peers"] = peers.map { peer in
                peer.filter { !["stateCode", "stateDigest"].contains($0.key) }
            }
        }
        return try text(status.filter { keys.contains($0.key) })
    }

    /// JSON, the same for the same value.
    private static func text(_ value: Any) throws -> String {
        String(
            decoding: try JSONSerialization.data(
                withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed]),
            as: UTF8.self)
    }
}
