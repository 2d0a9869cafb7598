import Foundation
import SlussBundle
import SlussCore
import Synchronization
import Testing
import _SlussTestSupport

@testable import SlussSync

/// What is remembered of a store outside of it.
@Suite struct WitnessTests {
    private static let machine = Machine(id: "test", name: "PC-1", stateFolder: "/")

    /// A witness of some logs that have each come so far.
    private static func witness(logs: UInt64, count: UInt64) -> Witness {
        let heads = (1...logs).map { number in
            let digest = Digest.sha256(Array("\(number) \(count)".utf8))
            return (ReplicaID(high: 1, low: number), LogHead(count: count, digest: digest))
        }
        return Witness(machine, folder: "/store", heads: Acknowledgement(heads))
    }

    private static func file(_ path: String) throws -> UInt64 {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.systemFileNumber] as? UInt64)
    }

    @Test func aWitnessIsReadAsItWasWritten() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state/witness")
        for logs in [1, 2, 5, 200, 3] as [UInt64] {
            for count in [1, 9, 10, 99_999] as [UInt64] {
                let witness = Self.witness(logs: logs, count: count)
                #expect(witness.write(to: path))
                #expect(Witness(path: path) == witness)
            }
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path("state")) == ["witness"]
        )
    }

    /// Renaming over a file makes the system write out the new one at once: that is what is spared.
    @Test func aWitnessIsWrittenOverTheOneBefore() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("witness")
        #expect(Self.witness(logs: 2, count: 1).write(to: path))
        let file = try Self.file(path)
        for count in 2...1_000 as ClosedRange<UInt64> {
            #expect(Self.witness(logs: 2, count: count).write(to: path))
        }
        #expect(try Self.file(path) == file)
        #expect(Witness(path: path) == Self.witness(logs: 2, count: 1_000))
    }

    /// A link that somebody has put there leads nowhere.
    @Test func nothingElseIsWrittenOver() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("witness")
        let blank = String(repeating: " ", count: 512)
        try blank.write(toFile: folder.path("other"), atomically: true, encoding: .utf8)
        for link in ["ln -s other", "ln other"] {
            try shell("cd '\(folder.path)' && rm -f witness && \(link) witness")
            #expect(Self.witness(logs: 1, count: 1).write(to: path))
            #expect(try String(contentsOfFile: folder.path("other"), encoding: .utf8) == blank)
            #expect(Witness(path: path) == Self.witness(logs: 1, count: 1))
        }
    }

    /// Who looks while it is written over sees one or the other.
    @Test func aWitnessIsNeverSeenHalfWritten() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("witness")
        let witnesses = [1, 2].map { Self.witness(logs: 90, count: $0) }
        #expect(witnesses[0].write(to: path))
        let isDone = Atomic(false)
        let thread = Thread {
            for turn in 0..<5_000 { _ = witnesses[turn % 2].write(to: path) }
            isDone.store(true, ordering: .releasing)
        }
        thread.start()
        var looks = 0
        while !isDone.load(ordering: .acquiring) {
            let isWhole = Witness(path: path).map(witnesses.contains) ?? false
            #expect(isWhole)
            looks += 1
        }
        #expect(looks > 0)
    }
}
