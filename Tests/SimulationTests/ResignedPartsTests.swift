import SlussBundle
import SlussCore
import Testing

@testable import sluss_dev

/// As ``ResignedTests``, for what lies within the manifest's texts and in the lines: statements,
/// envelopes and bodies.
@Suite struct ResignedPartsTests {
    /// Every type of statement, with the key that must sign it.
    private static func statements(
        _ network: FixtureNetwork
    ) throws -> [(signed: SignedStatement, key: DevicePrivateKey)] {
        let friend = try FixtureNetwork.device("friend")
        let stranger = try network.device()
        let recipient = try FixtureNetwork.identity("friend").recipient
        let head = SignedHead(
            log: CraftedBundle.Log.second, head: LogHead(count: 3, digest: Digest.sha256([])))
        let enrolment = Enrolment(
            network: network.id, key: friend.publicKey, recipient: recipient, unit: stranger.unit)
        return [
            (network.rules(number: 2), network.root),
            (try network.certificate(of: friend, at: stranger.unit), network.root),
            (network.revocation(of: friend, after: [head]), network.root),
            (SignedStatement(.head(head), by: stranger.key), stranger.key),
            (SignedStatement(.enrolment(enrolment), by: friend), friend),
        ]
    }

    /// The outcome of a bundle that carries one more statement, signed by the right key.
    private static func outcome(
        _ bench: ShowBench, _ text: String, _ key: DevicePrivateKey
    ) throws -> String {
        var bundle = try bench.network.bundle()
        try bundle.insert(
            FixtureNetwork.statement(text, signedBy: key), at: #""statements":["#)
        return try bench.outcome(bundle).word
    }

    @Test func membersOfStatementsAreAllThereOnceAndOfTheirType() throws {
        let bench = try ShowBench()
        for (signed, key) in try Self.statements(bench.network) {
            let text = LooseJSON(signed.text)
            #expect(text.text == signed.text)
            #expect(try Self.outcome(bench, signed.text, key) == "merged")
            for (path, name) in text.places {
                let what = "\(signed.text.prefix(24)) \(name)"
                // What a revocation does not name does not count, and what it names twice is named.
                let isElement = name.hasSuffix("]")
                let wanted = isElement ? "merged" : "malformedFile"
                let missing = text.replacing(path) { _, _ in [] }
                #expect(try Self.outcome(bench, missing.text, key) == wanted, "\(what)")
                let twice = text.replacing(path) { [($0, $1), ($0, $1)] }
                #expect(try Self.outcome(bench, twice.text, key) == wanted, "\(what)")
                for value in ShowBench.values {
                    let changed = text.replacing(path) { old, _ in [(old, .raw(value))] }
                    let word = try Self.outcome(bench, changed.text, key)
                    let isSame = JSONKind(text[path]) == JSONKind(LooseJSON(value))
                    let mayBeNull =
                        value == "null" && signed.text.contains(#""enrolment""#)
                        && name == #""network""#
                    if isSame || mayBeNull { continue }
                    #expect(word == "malformedFile", "\(what): \(value)")
                }
            }
        }
    }

    @Test func membersOfStatementsThatAreNotKnownArePassedOver() throws {
        let bench = try ShowBench()
        for (signed, key) in try Self.statements(bench.network) {
            guard case .object(let members) = LooseJSON(signed.text) else { continue }
            // What another type has is not known in this one, either.
            let names = ["later", "log", "recovery", "machine", "count"].filter { name in
                !members.contains { $0.name == "\"\(name)\"" }
            }
            for name in names {
                for value in ShowBench.values {
                    let more = members + [(name: "\"\(name)\"", value: LooseJSON.raw(value))]
                    let word = try Self.outcome(bench, LooseJSON.object(more).text, key)
                    #expect(word == "merged", "\(signed.text.prefix(24)) \(name): \(value)")
                }
            }
        }
    }

    private static let line =
        #"{"n":1,"record":"0000000000c0ffee0000000000000001","kind":"idea","seen":{},"day":"2026-03-09","body":"BODY"}"#

    @Test func membersOfAnEnvelopeAreAllThereOnceAndOfTheirType() throws {
        let bench = try ShowBench()
        let envelope = LooseJSON(Self.line)
        func outcome(_ changed: LooseJSON) throws -> String {
            try bench.outcome(
                bench.network.bundle { $0 = CraftedBundle(lines: [.init(envelope: changed.text)]) }
            ).word
        }
        #expect(try outcome(envelope) == "merged")
        for (path, name) in envelope.places {
            #expect(
                try outcome(envelope.replacing(path) { _, _ in [] }) == "malformedLine", "\(name)")
            let twice = envelope.replacing(path) { [($0, $1), ($0, $1)] }
            #expect(try outcome(twice) == "malformedLine", "\(name)")
            for value in ShowBench.values {
                let word = try outcome(
                    envelope.replacing(path) { old, _ in [(old, .raw(value))] })
                let isSame = JSONKind(envelope[path]) == JSONKind(LooseJSON(value))
                if !isSame { #expect(word == "malformedLine", "\(name): \(value)") }
            }
        }
        guard case .object(let members) = envelope else { return }
        for value in ShowBench.values {
            let more = members + [(name: #""later""#, value: LooseJSON.raw(value))]
            #expect(try outcome(.object(more)) == "merged", "\(value)")
        }
    }

    private static let body =
        #"{"author":"Kim","writer":"w","reason":"r","once":"0123456789abcdef","role":"employee","set":{"problem":"Porten är mörk.","status":{"state":"submitted"}},"settle":{"title":"T"},"fix":{"day":"2026-03-09"},"own":{"note":"n"},"add":{"category":["premises"]},"remove":{"benefit":["user"]},"plus":{"support":1},"append":{"answer":{"text":"t"}}}"#

    /// A body of another shape is kept and does not count; one that is not strict JSON refuses the
    /// bundle.
    @Test func membersOfABodyNeverRefuseABundleUnlessTheyStandTwice() throws {
        let bench = try ShowBench()
        let body = LooseJSON(Self.body)
        func outcome(_ changed: LooseJSON) throws -> (word: String, aside: Int) {
            try bench.outcome(
                bench.network.bundle { $0 = CraftedBundle(lines: [.init(body: changed.text)]) })
        }
        #expect(try outcome(body) == ("merged", 0))
        for (path, name) in body.places {
            #expect(
                try outcome(body.replacing(path) { _, _ in [] }).word == "merged", "\(name)")
            let isElement = name.hasSuffix("[0]")
            let twice = try outcome(body.replacing(path) { [($0, $1), ($0, $1)] })
            // An element twice makes another shape, a member twice no strict JSON.
            #expect(twice == (isElement ? ("merged", 1) : ("malformedLine", 0)), "\(name)")
            for value in ShowBench.values {
                let found = try outcome(body.replacing(path) { old, _ in [(old, .raw(value))] })
                #expect(found.word == "merged", "\(name): \(value)")
            }
        }
    }
}
