import Foundation
import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// What every release must still read: `SyncFixtures/formats`.
@Suite struct FormatTests {
    static let folder = FixtureTests.folder + "/formats/v1"

    /// All of it, merged anew, gives the frozen state byte for byte.
    @Test func whatAnEarlierReleaseWroteGivesTheFrozenState() throws {
        let expected = try bytes(ofFile: "\(Self.folder)/\(FormatFixture.expected)")
        let found = try StoryResult.encoded(FormatResult(reading: Self.folder))
        #expect(String(decoding: expected, as: UTF8.self) == found)
    }

    @Test func theOrderOfTheFrozenBundlesDoesNotMatter() throws {
        let states = try [false, true].map { isBackwards in
            let folder = try TemporaryFolder()
            let place = try CaseReader().make(in: folder.path)
            let names = try FormatResult.bundles(in: Self.folder).filter {
                $0 != FormatFixture.enrolment && $0 != "return.sluss"
            }
            for name in isBackwards ? names.reversed() : names {
                let report = try CaseReader.open(place).merge(["\(Self.folder)/\(name)"])
                let refusals = report.bundles.compactMap { bundle -> String? in
                    guard case .refused(let error) = bundle.outcome else { return nil }
                    return Explanation(of: error).code
                }
                // Once all that counts of a shut-out device is here, no more of it is taken.
                let isLate = name == "revoked.sluss" && !isBackwards
                #expect(refusals == (isLate ? ["revoked"] : []), "\(name)")
            }
            return try StoryResult(at: place).state
        }
        #expect(states[0] == states[1])
    }
}
