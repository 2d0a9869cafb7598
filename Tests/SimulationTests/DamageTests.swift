import Foundation
import SlussArchive
import SlussBundle
import SlussCore
import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// A small bundle cut at every byte and flipped in every byte, merged into a real store.
///
/// Method: all ways of damage go through `OpenUnit.merge`, many in one run. Each must be refused; or
/// be the same bundle byte for byte, since a few bits of a zstd frame mean nothing. A second connection to the
/// store's file notices if anything is committed. With `SLUSS_NIGHTLY` set, every bit is flipped.
@Suite struct DamageTests {
    private static let isNightly = ProcessInfo.processInfo.environment["SLUSS_NIGHTLY"] != nil
    /// How many damaged files are merged in one run.
    private static let filesInRun = 256

    /// A bundle and the store that it is merged into.
    private struct Bench {
        let folder: TemporaryFolder
        /// Open all the time: opening a store writes, too.
        let unit: OpenUnit
        let watch: StoreWatch
        let whole: [UInt8]
        let id: String
        /// What comes out of the whole file.
        let unpacked: [[UInt8]]

        init(isEncrypted: Bool) throws {
            folder = try TemporaryFolder()
            let place = try CaseReader().make(in: folder.path("central"))
            unit = try place.open(SplitMix64(seed: 2))
            watch = try StoreWatch(of: place.store)
            let network = try FixtureNetwork()
            let bundle = try network.bundle { $0 = CraftedBundle(lines: [.init()]) }
            whole = isEncrypted ? try network.sealed(bundle.plain) : try bundle.plain
            id = try bundle.id.description
            unpacked = bundle.entries.map(\.bytes)
        }

        private static func unpacked(_ path: String) throws -> [[UInt8]] {
            let reader = try ArchiveReader(path: path) {
                try $0.unlock(identities: [FixtureNetwork().recovery])
            }
            var found: [[UInt8]] = []
            while let entry = try reader.next() { found.append(entry.bytes) }
            return found
        }

        /// Merges damaged files in one run, and tells how many were taken for the whole one.
        func merge(_ damaged: [(name: String, bytes: [UInt8])]) throws -> Int {
            let before = try watch.version()
            // Written over each other: making and removing so many files takes longer than merging.
            let paths = try damaged.enumerated().map {
                try folder.write($0.element.bytes, to: "\($0.offset).sluss")
            }
            let report = try unit.merge(paths)
            #expect(report.bundles.count == damaged.count)
            var taken = 0
            for (bundle, (name, _)) in zip(report.bundles, damaged) {
                guard case .refused(let error) = bundle.outcome else {
                    taken += 1
                    #expect(bundle.summary?.digest.description == id, "\(name)")
                    #expect(try Self.unpacked(bundle.file) == unpacked, "\(name)")
                    continue
                }
                #expect(error is BundleRefusal, "\(name): \(error)")
            }
            if taken == 0 { #expect(try watch.version() == before) }
            return taken
        }
    }

    private static func runs<Damage>(_ ways: [Damage]) -> [ArraySlice<Damage>] {
        stride(from: 0, to: ways.count, by: filesInRun).map {
            ways[$0..<min($0 + filesInRun, ways.count)]
        }
    }

    @Test(arguments: [true, false])
    func aBundleCutAtAnyByteIsRefusedAndNothingIsWritten(isEncrypted: Bool) throws {
        let bench = try Bench(isEncrypted: isEncrypted)
        for run in Self.runs(Array(bench.whole.indices)) {
            let taken = try bench.merge(
                run.map { ("cut-\($0)", Array(bench.whole.prefix($0))) })
            #expect(taken == 0)
        }
        #expect(try bench.merge([("whole", bench.whole)]) == 1)
    }

    @Test(arguments: [true, false])
    func aFlippedBitIsRefusedAndNothingIsWrittenOrItMeansNothing(isEncrypted: Bool) throws {
        let bench = try Bench(isEncrypted: isEncrypted)
        let places = bench.whole.indices.flatMap { place in
            (Self.isNightly ? Array(0..<8) : [place % 8]).map { (place, $0) }
        }
        var taken = 0
        for run in Self.runs(places) {
            taken += try bench.merge(
                run.map { place, bit in
                    var changed = bench.whole
                    changed[place] ^= 1 << UInt8(bit)
                    return ("flip-\(place)-\(bit)", changed)
                })
        }
        // Every bit of an age file is authenticated.
        #expect(isEncrypted ? taken == 0 : taken < places.count / 100)
        let found = try bench.watch.contents()
        _ = try bench.merge([("whole", bench.whole)])
        let reference = try Bench(isEncrypted: isEncrypted)
        if taken == 0 {
            #expect(try found == reference.watch.contents())
        } else {
            _ = try reference.merge([("whole", reference.whole)])
            #expect(try found == reference.watch.contents())
        }
    }
}
