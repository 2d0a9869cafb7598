import Foundation
import SlussArchive
import SlussBundle
import SlussCore
import Testing
import _SlussTestSupport

@testable import SlussSync
@testable import sluss_dev

/// What is read ahead of a writer that does not come is bounded by bytes, not by lines.
///
/// Method: a bundle of lines of a megabyte, each a segment, of which nobody takes any.
@Suite struct ReadAheadTests {
    @Test func longLinesWaitAFewAtATime() throws {
        let folder = try TemporaryFolder()
        // Digits that pack to a half, so that it is not the ratio that is met.
        var generator = SplitMix64(seed: 1)
        let text = (0..<60_000).map { _ in String(generator.next(), radix: 16) }.joined()
        let bundle = try FixtureNetwork().bundle {
            $0 = CraftedBundle(
                lines: (1...40).map {
                    .init(record: $0, body: #"{"set":{"origin":"\#($0) \#(text)"}}"#)
                })
        }
        let path = try folder.write(bundle.plain, to: "long.sluss")
        let ahead = BundleAhead(
            .path(path, []), memory: StatementMemory(), lookingOn: Day(number: 20_000))
        while ahead.waitingBytes <= BundleAhead.bytesMax, !ahead.isRead { usleep(1000) }
        // Long enough to read the rest many times over.
        usleep(2_000_000)
        #expect(!ahead.isRead)
        #expect(ahead.waitingBytes <= BundleAhead.bytesMax + 2 << 20)
        var count = 0
        while let event = try ahead.next() {
            if case .lines(let lines) = event { count += lines.count }
        }
        #expect(count == 40 && ahead.isRead && ahead.waitingBytes == 0)
        ahead.end()
    }

    @Test func aBundleThatIsGivenUpIsReadNoFurther() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(FixtureNetwork().bundle().plain, to: "bundle.sluss")
        for _ in 0..<50 {
            let ahead = BundleAhead(
                .path(path, []), memory: StatementMemory(), lookingOn: Day(number: 20_000))
            ahead.end()
            #expect(ahead.isRead)
        }
    }
}
