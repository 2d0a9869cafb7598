import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// Bundles that a newer release, or nobody honest, could have written.
@Suite struct ForgedBundleTests {
    private static let plain = #"{"role":"employee","set":{"problem":"Porten är mörk."}}"#

    private static func words(_ bundle: ForgedBundle, _ town: Town) throws -> [String] {
        let path = try bundle.write(for: town)
        let before = try town.state("central")
        let report = try town.merge([path], at: "central")
        if report.bundles.allSatisfy(\.isRefused) {
            #expect(try town.state("central") == before)
        }
        #expect(try town.open("central").check().allSatisfy { $0.level == .look })
        return report.bundles.map(\.word)
    }

    private static func bundle(_ lines: [(String, String)]) -> ForgedBundle {
        ForgedBundle(logs: [
            .init(
                replica: ForgedBundle.replica, lines: lines.map { (envelope: $0.0, body: $0.1) })
        ])
    }

    @Test func anHonestForgeryIsTaken() throws {
        #expect(
            try Self.words(Self.bundle([(ForgedBundle.envelope(1), Self.plain)]), Town())
                == ["merged"])
    }

    @Test(arguments: [
        (
            "kind", ForgedBundle.envelope(1, kind: "weather"),
            #"{"role":"employee","set":{"sun":1}}"#
        ),
        ("field", ForgedBundle.envelope(1), #"{"role":"employee","set":{"sun":true}}"#),
        ("member", ForgedBundle.envelope(1), #"{"role":"employee","blend":{"x":{"y":[1,null]}}}"#),
        (
            "role", ForgedBundle.envelope(1),
            #"{"role":"mayor","set":{"problem":"Porten är mörk."}}"#
        ),
        ("envelope", ForgedBundle.envelope(1, more: #","later":[1]"#), plain),
    ])
    func whatANewerReleaseWroteIsKeptVerbatimAndPassedOn(
        what: String, envelope: String, body: String
    ) throws {
        let town = try Town()
        #expect(try Self.words(Self.bundle([(envelope, body)]), town) == ["merged"])
        let findings = try town.open("central").check().map(\.code)
        #expect(findings == (what == "envelope" ? [] : ["needsNewerRelease"]))
        #expect(
            try town.open("central").status().holdsUnknown == (what == "envelope" ? 0 : 1))
        // Passed on, byte for byte, to another central, which reaches the same state.
        let full = try #require(try town.export("central", .full, protection: .plain))
        try town.make("later", "KLK-SA-02", isCentral: true)
        try town.merge([full], at: "later")
        #expect(try town.state("later") == town.state("central"))
        let again = try #require(try town.export("later", .full, on: "other", protection: .plain))
        let (first, second) = (try Self.payload(full), try Self.payload(again))
        #expect(first == second)
        #expect(first.contains { $0.contains(body) })
    }

    /// A bundle of one write by another unit's device.
    private static func ofAnotherUnit(_ line: (String, String)) -> ForgedBundle {
        var bundle = ForgedBundle(logs: [
            .init(
                replica: ForgedBundle.log(2, of: "OMS-SB-04"), audience: "OMS-SB-04",
                owner: "OMS-SB-04",
                lines: [line])
        ])
        bundle.unit = "OMS-SB-04"
        bundle.sender = StoreID(high: 78, low: 78)
        return bundle
    }

    private static func payload(_ path: String) throws -> [String] {
        let text = try shell("bsdtar -xOf '\(path)' 'data/logs/*'")
        return text.split(separator: "\n").map(String.init)
    }

    @Test func contextsThatNoHonestWriterHasAreSetAside() throws {
        let replica = ForgedBundle.replica
        let cases: [(String, [(String, String)])] = [
            // Names a write to another record.
            (
                "other record",
                [
                    (ForgedBundle.envelope(1, record: 2), Self.plain),
                    (
                        ForgedBundle.envelope(2, seen: ForgedBundle.seen(replica, 1)), Self.plain
                    ),
                ]
            ),
            // Has not seen its own first write.
            (
                "own write unseen",
                [
                    (ForgedBundle.envelope(1), Self.plain),
                    (ForgedBundle.envelope(2), Self.plain),
                ]
            ),
        ]
        for (what, lines) in cases {
            let flaw: Flaw = what == "other record" ? .missing : .context
            #expect(try Self.flaws(of: Self.bundle(lines)) == [flaw], "\(what)")
        }
    }

    @Test func aContextThatIsNotClosedIsSetAside() throws {
        // The second log's write saw the first log's write 2 but claims not to have seen write 1,
        // on which write 2 builds by way of a third log.
        let third = ForgedBundle.log(3)
        let bundle = ForgedBundle(logs: [
            .init(
                replica: ForgedBundle.replica,
                lines: [
                    (
                        ForgedBundle.envelope(1, seen: ForgedBundle.seen(third, 1)), Self.plain
                    )
                ]),
            .init(
                replica: ForgedBundle.other,
                lines: [
                    (
                        ForgedBundle.envelope(
                            1, seen: ForgedBundle.seen(ForgedBundle.replica, 1)), Self.plain
                    )
                ]),
            .init(replica: third, lines: [(ForgedBundle.envelope(1), Self.plain)]),
        ])
        #expect(try Self.flaws(of: bundle) == [.context])
    }

    @Test func aContextThatIsNotHereIsAGapIfTheSenderHasItAndAFlawIfNot() throws {
        var bundle = Self.bundle([
            (ForgedBundle.envelope(1, seen: ForgedBundle.seen(ForgedBundle.other, 4)), Self.plain),
            (ForgedBundle.envelope(2, record: 2), Self.plain),
        ])
        #expect(try Self.flaws(of: bundle) == [.missing])
        bundle.acknowledged[ForgedBundle.other] = LogHead(count: 4, digest: Digest.sha256([]))
        #expect(try Self.words(bundle, Town()) == ["missingContext"])
    }

    /// Whoever knows a log's lines can compute the name that a branch of it will have.
    @Test func aLogThatGoesByABranchsNameIsRefused() throws {
        var bundle = Self.bundle([(ForgedBundle.envelope(1), Self.plain)])
        bundle.logs[0].replica = LogChain.branch(
            of: ForgedBundle.other, firstDigest: Digest.sha256([]))
        #expect(try Self.words(bundle, Town()) == ["malformedFile"])
    }

    @Test func onePoisonWriteIsSetAsideWithWhatFollowsAndTheRestGoesIn() throws {
        let replica = ForgedBundle.replica
        let bundle = ForgedBundle(logs: [
            .init(
                replica: replica,
                lines: [
                    (ForgedBundle.envelope(1), Self.plain),
                    (
                        ForgedBundle.envelope(2, seen: ForgedBundle.seen(replica, 1)),
                        #"{"set":["no fields"]}"#
                    ),
                    (ForgedBundle.envelope(3, record: 2), Self.plain),
                    (
                        ForgedBundle.envelope(4, seen: ForgedBundle.seen(replica, 2)),
                        #"{"role":"employee","set":{"problem":"built on poison"}}"#
                    ),
                ])
        ])
        let town = try Town()
        let path = try bundle.write(for: town)
        let report = try #require(try town.merge([path], at: "central").bundles.first)
        #expect(report.word == "merged" && report.writes == 4 && report.asides == 2)
        let central = try town.open("central")
        #expect(try central.check().map(\.code) == ["setAside", "setAside"])
        #expect(try central.status().asides == 2)
        #expect(try central.ideas().count == 2)
        let (state, items) = try central.history(RecordID(high: 0, low: 1).description)
        #expect(items.map(\.flaw) == [nil, .unreadable, .follows])
        #expect(Idea(state)?.problem != "built on poison")
    }

    /// In another order the same is found, and the check agrees: why a write does not count
    /// follows from what is here, not from when it came.
    @Test func aWriteThatNamesWhatComesLaterForAnotherRecordIsTheSameInEveryOrder() throws {
        var first = ForgedBundle(logs: [
            .init(
                replica: ForgedBundle.replica,
                lines: [
                    (
                        ForgedBundle.envelope(1, seen: ForgedBundle.seen(ForgedBundle.other, 1)),
                        Self.plain
                    )
                ])
        ])
        first.number = 1
        let second = ForgedBundle(
            logs: [
                .init(
                    replica: ForgedBundle.other,
                    lines: [(ForgedBundle.envelope(1, record: 2), Self.plain)])
            ], number: 2)
        for isReversed in [false, true] {
            let town = try Town()
            let paths = [
                try first.write(for: town, "1.sluss"),
                try second.write(for: town, "2.sluss"),
            ]
            for path in isReversed ? paths.reversed() : paths {
                try town.merge([path], at: "central")
            }
            #expect(try town.open("central").check().map(\.code) == ["setAside"])
            let items = try town.open("central").history(RecordID(high: 0, low: 1).description).1
            #expect(items.map(\.flaw) == [.missing])
        }
    }

    /// Merges a bundle and returns what is wrong with its writes.
    private static func flaws(of bundle: ForgedBundle) throws -> [Flaw] {
        let town = try Town()
        let path = try bundle.write(for: town)
        #expect(try town.merge([path], at: "central").bundles.map(\.word) == ["merged"])
        let central = try town.open("central")
        #expect(try central.check().allSatisfy { $0.level == .look })
        let ids = [1, 2].map { RecordID(high: 0, low: $0).description }
        return ids.flatMap { id -> [Flaw] in
            guard let items = try? central.history(id).1 else { return [] }
            return items.compactMap(\.flaw)
        }
    }

    @Test func aContextThatReachesIntoAnotherAudienceIsSetAside() throws {
        let other = Self.ofAnotherUnit(
            (
                ForgedBundle.envelope(1, seen: ForgedBundle.seen(ForgedBundle.replica, 1)),
                Self.plain
            ))
        let town = try Town()
        let paths = try [
            Self.bundle([(ForgedBundle.envelope(1), Self.plain)]).write(for: town, "1.sluss"),
            other.write(for: town, "2.sluss"),
        ]
        #expect(try town.merge(paths, at: "central").bundles.map(\.asides) == [0, 1])
        #expect(try town.open("central").ideas().count == 1)
    }

    @Test func anIdNamesARecordWithinItsAudienceOnly() throws {
        // Neither unit can touch, or hold up, what the other has under that id.
        let town = try Town()
        let paths = try [
            Self.bundle([(ForgedBundle.envelope(1), Self.plain)]).write(for: town, "1.sluss"),
            Self.ofAnotherUnit((ForgedBundle.envelope(1), Self.plain)).write(for: town, "2.sluss"),
        ]
        #expect(try town.merge(paths, at: "central").bundles.map(\.asides) == [0, 0])
        #expect(try town.open("central").ideas().count == 2)
        #expect(try town.open("central").check().isEmpty)
    }

    @Test func aLogThatIsRelabelledAsLocalIsRefusedAndNothingOfItIsTaken() throws {
        let town = try Town()
        var bundle = Self.bundle([(ForgedBundle.envelope(1), Self.plain)])
        #expect(try Self.words(bundle, town) == ["merged"])
        bundle.logs[0].audience = "local"
        bundle.logs[0].lines.append((ForgedBundle.envelope(2, record: 2), Self.plain))
        bundle.number = 2
        #expect(try Self.words(bundle, town) == ["wrongAudience"])
        #expect(try town.open("central").status().writes == 1)
    }

    @Test func aChainThatStartsAsAnotherLogsIsRefused() throws {
        var bundle = Self.bundle([(ForgedBundle.envelope(1), Self.plain)])
        bundle.logs[0].hasForeignStart = true
        #expect(try Self.words(bundle, Town()) == ["brokenChain"])
    }

    @Test func aRecordNeverChangesItsKind() throws {
        let bundle = Self.bundle([
            (ForgedBundle.envelope(1), Self.plain),
            (
                ForgedBundle.envelope(
                    2, kind: "meeting", seen: ForgedBundle.seen(ForgedBundle.replica, 1)),
                Self.plain
            ),
        ])
        #expect(try Self.flaws(of: bundle) == [.kind])
    }

    @Test(arguments: [
        #"{"problem":5}"#, #"{"status":"submitted"}"#, #"{"title":{"sv":"x"}}"#,
        #"{"day":"snart"}"#, #"{"problem":["a"]}"#,
    ])
    func valuesOfAnotherTypeAreKeptAndMarked(fields: String) throws {
        let town = try Town()
        let body = #"{"role":"employee","set":\#(fields)}"#
        #expect(try Self.words(Self.bundle([(ForgedBundle.envelope(1), body)]), town) == ["merged"])
        #expect(try town.open("central").status().holdsUnknown == 1)
    }

    @Test func aClaimToHaveMoreOfOursThanWeDoMakesANewLogAndWithholdsNothing() throws {
        let town = try Town()
        var bundle = Self.bundle([(ForgedBundle.envelope(1), Self.plain)])
        let path = try bundle.write(for: town)
        try town.merge([path], at: "central")
        let record = RecordID(high: 0, low: 1).description
        try town.edit(record, at: "central") { $0.status = .forced(.resting) }
        let own = try #require(try town.open("central").status().logs.first { $0.isOwn })
        bundle.number = 2
        bundle.acknowledged[own.replica] = LogHead(count: 99, digest: Digest.sha256([]))
        let again = try bundle.write(for: town, "again.sluss")
        let report = try town.merge([again], at: "central")
        #expect(report.bundles.map(\.wasSetBack) == [true])
        try town.edit(record, at: "central") { $0.answer = "Tack, vi tar det vidare." }
        #expect(try town.open("central").status().logs.count { $0.isOwn } == 2)
        let back = try #require(try town.export("central", to: "OMS-HT-02"))
        #expect(try OpenUnit.inspect(back, store: town.folder.path("central")).summary.writes == 2)
    }

    @Test func anEmptySetIsNoChange() throws {
        let body = #"{"role":"employee","add":{"category":[]}}"#
        #expect(
            try Self.flaws(of: Self.bundle([(ForgedBundle.envelope(1), body)])) == [.unreadable])
    }

    @Test func manyLargeStepsAddUp() throws {
        let body = #"{"role":"employee","plus":{"support":1000}}"#
        var lines = [(ForgedBundle.envelope(1), body)]
        for counter in 2...20 {
            lines.append(
                (
                    ForgedBundle.envelope(
                        counter, seen: ForgedBundle.seen(ForgedBundle.replica, counter - 1)), body
                ))
        }
        let town = try Town()
        #expect(try Self.words(Self.bundle(lines), town) == ["merged"])
        #expect(try town.open("central").ideas().map(\.support) == [20_000])
    }
}
