import Foundation
import Testing
import _SlussTestSupport

/// A reader of bundles that was made from docs/bundle-format.md alone, of Debian's own tools, takes
/// what Sluss writes and refuses what Sluss refuses.
@Suite struct SecondReaderTests {
    @Test func theSecondReaderAgreesWithSluss() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../SecondReader/check").standardized.path
        let result = try run("/bin/bash", [script, Transcript.program])
        #expect(result.status == 0, "\(result.output.suffix(3000))\(result.errors.suffix(3000))")
    }
}
