import Foundation
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// Who is believed, and about what.
///
/// Method: real stores, real files, forged bundles whose digests and signatures are right, so that
/// only the question "may it say that?" is left.
@Suite struct TrustTests {
    private static let plain = #"{"role":"employee","set":{"problem":"Porten är mörk."}}"#

    private static func forged(
        _ lines: [(String, String)] = [(ForgedBundle.envelope(1), plain)]
    ) -> ForgedBundle {
        ForgedBundle(logs: [.init(replica: ForgedBundle.replica, lines: lines)])
    }

    private static func refusal(_ bundle: ForgedBundle, _ town: Town) throws -> BundleRefusal? {
        let path = try bundle.write(for: town)
        let before = try town.state("central")
        let refusal = try town.merge([path], at: "central").bundles.first?.refusal
        #expect(try town.state("central") == before)
        return refusal
    }

    // MARK: Coming in

    @Test func anInvitationLetsOneDeviceInOnce() throws {
        let town = try Town(allowsPlain: false)
        let invitation = try town.invite("OMS-HT-02")
        try town.settle("care", "OMS-HT-02", invitation: invitation)
        try town.settle("thief", "OMS-HT-02", invitation: invitation)
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.add("Det här har jag inte med att göra.", at: "thief")

        let first = try #require(try town.export("care"))
        let report = try #require(try town.merge([first], at: "central").bundles.first)
        #expect(report.word == "merged" && report.enrolled != nil)
        let second = try #require(try town.export("thief", on: "other"))
        #expect(try town.merge([second], at: "central").bundles.map(\.word) == ["unknownDevice"])
        #expect(try town.open("central").ideas().count == 1)

        #expect(try town.open("care").status().membership == .waiting)
        let back = try #require(try town.export("central", to: "OMS-HT-02"))
        #expect(try town.merge([back], at: "care").bundles.map(\.isLetIn) == [true])
        #expect(try town.open("care").status().membership == .letIn)
        // The one-time key has done its work.
        #expect(!FileManager.default.fileExists(atPath: town.folder.path("care/keys/invitation")))
        #expect(try town.export("care") == nil)
        #expect(try town.state("care") == town.state("central"))
    }

    @Test func whoComesWithoutAnInvitationIsNamedAndCanBeLetIn() throws {
        let town = try Town(allowsPlain: false)
        try town.settle("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        #expect(throws: KeyError.noRecipient) { try town.export("care") }
        let first = try #require(try town.export("care", protection: .plain))
        let refused = try #require(try town.merge([first], at: "central").bundles.first?.refusal)
        guard case .unknownDevice(let key, let unit) = refused else {
            Issue.record("\(refused)")
            return
        }
        #expect(unit.description == "OMS-HT-02")
        let wrong = "SHA256:" + String(repeating: "A", count: 43)
        func accept(_ fingerprint: String) throws -> DeviceView {
            try town.open("central").accept(first, fingerprint: fingerprint)
        }
        #expect(throws: InputError.otherKey(found: key.fingerprint)) { try accept(wrong) }
        #expect(try accept(key.fingerprint).standing == .accepted)
        #expect(throws: InputError.alreadyKnown(key.fingerprint)) { try accept(key.fingerprint) }
        // Let in, but this network takes encrypted bundles only.
        #expect(try town.merge([first], at: "central").bundles.map(\.word) == ["notEncrypted"])

        let back = try #require(try town.export("central", to: "OMS-HT-02"))
        let unknown = try #require(try town.merge([back], at: "care").bundles.first?.refusal)
        guard case .unknownNetwork(let root?) = unknown else {
            Issue.record("\(unknown)")
            return
        }
        #expect(throws: InputError.otherKey(found: root.fingerprint)) {
            try town.open("care").accept(back, fingerprint: wrong)
        }
        _ = try town.open("care").accept(back, fingerprint: root.fingerprint)
        #expect(try town.merge([back], at: "care").bundles.map(\.isRefused) == [false])
        let second = try #require(try town.export("care"))
        #expect(try town.merge([second], at: "central").bundles.map(\.word) == ["merged"])
        #expect(try town.state("care") == town.state("central"))
    }

    @Test func theCentralCanBeMadeAgainFromItsKeysAndKnowsItsUnits() throws {
        let town = try Town(allowsPlain: false)
        let invitation = try town.invite("OMS-HT-02")
        try town.settle("care", "OMS-HT-02", invitation: invitation)
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care"))], at: "central")
        try town.merge([try #require(try town.export("central", to: "OMS-HT-02"))], at: "care")
        try town.open("central").copyKeys(to: town.folder.path("safe"), protected: false)
        try FileManager.default.removeItem(atPath: town.folder.path("central"))

        guard let unit = UnitCode("KLK-SA-01"), let letter = MachineLetter("") else { return }
        try OpenUnit.create(
            in: town.folder.path("central"), unit: unit, name: "Samordnaren", machine: letter,
            as: .centralAgain(copy: town.folder.path("safe"), allowsPlain: false),
            on: Machine(id: "new", name: "PC-2", stateFolder: town.folder.path("state")))
        // The unit's next bundle tells who it is, and the recovery key opens it.
        try town.add("Elcyklarna står still i november.", at: "care")
        let next = try #require(try town.export("care", on: "next"))
        #expect(try town.merge([next], at: "central").bundles.map(\.word) == ["missingHistory"])
        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "back"))
        #expect(try town.merge([back], at: "care").bundles.map(\.isRefused) == [false])
        let again = try #require(try town.export("care", on: "again"))
        #expect(try town.merge([again], at: "central").bundles.map(\.word) == ["merged"])
        #expect(try town.state("care") == town.state("central"))
    }

    // MARK: What a signer may say

    @Test func aSignerOfOneUnitSpeaksForNoOther() throws {
        let town = try Town()
        var bundle = Self.forged()
        bundle.logs[0].audience = "OMS-SB-04"
        #expect(try Self.refusal(bundle, town) == .wrongAudience("OMS-SB-04"))
        // Nor does it help to leave the owner as it is and to send in the other's name.
        bundle = Self.forged()
        bundle.claimedUnit = "OMS-SB-04"
        #expect(try Self.refusal(bundle, town)?.code == "wrongSender")
    }

    @Test func nobodyContinuesALogThatAnotherDeviceWrites() throws {
        let town = try Town()
        // A colleague at the same unit, and an answer of the central's for that unit.
        try town.make("care", "OMS-HT-02")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care"))], at: "central")
        try town.edit(number, at: "central") { $0.answer = "Tack, vi tar det vidare." }
        for log in try town.open("central").status().logs {
            var bundle = Self.forged()
            bundle.logs[0].replica = log.replica
            let path = try bundle.write(for: town)
            let report = try #require(try town.merge([path], at: "central").bundles.first)
            // The forger forks what he cannot know, in the other's name: kept, and nobody's word.
            #expect(report.asides == 1 || report.isRefused)
            #expect(try town.open("central").ideas().count == 1)
        }
        // A new log in another's name, and his own under another's.
        var bundle = Self.forged()
        bundle.logs[0].replica = ForgedBundle.log(9, of: "OMS-SB-04")
        let path = try bundle.write(for: town)
        #expect(try town.merge([path], at: "central").bundles.map(\.asides) == [1])
        bundle = Self.forged()
        bundle.logs[0].owner = "KLK-SA-01"
        #expect(try Self.refusal(bundle, town)?.code == "wrongSender")
    }

    @Test func nobodySendsUnderAnothersStoresName() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        let path = try #require(try town.export("care"))
        try town.merge([path], at: "central")
        let central = town.folder.path("central")
        var bundle = Self.forged()
        bundle.sender = try OpenUnit.inspect(path, store: central).summary.store
        bundle.number = 700
        #expect(try Self.refusal(bundle, town)?.code == "wrongSender")
        let back = try #require(try town.export("central", to: "OMS-HT-02"))
        bundle.sender = try OpenUnit.inspect(back, store: central).summary.store
        #expect(try Self.refusal(bundle, town)?.code == "wrongSender")
    }

    @Test func aStatementOnlyTheRootKeyMayMakeRefusesTheBundle() throws {
        let town = try Town()
        var bundle = Self.forged()
        let key = try #require(bundle.key)
        let facts = try town.letIn(key, for: "OMS-HT-02")
        for signed in facts {
            let mine: SignedStatement
            switch signed.statement {
            case .certificate(var certificate) where certificate.key == key.publicKey:
                certificate.role = .central
                certificate.number = 99
                mine = SignedStatement(.certificate(certificate), by: key)
            case .network(var rules):
                rules.allowsPlain = true
                rules.number = 99
                mine = SignedStatement(.network(rules), by: key)
            default: continue
            }
            bundle.moreStatements = [mine]
            #expect(try Self.refusal(bundle, town) == .untrustedStatement)
        }
    }

    @Test func aBundleOfAnotherNetworkIsRefused() throws {
        let (town, other) = (try Town(seed: 1), try Town(seed: 500))
        let path = try Self.forged().write(for: other)
        #expect(
            try town.merge([path], at: "central").bundles.first?.refusal?.code == "wrongNetwork")
        // Naming ours does not help: its root key has signed none of it.
        var bundle = Self.forged()
        bundle.claimedNetwork = try town.open("central").publicNetwork()
        let named = try bundle.write(for: other, "named.sluss")
        #expect(
            try town.merge([named], at: "central").bundles.first?.refusal?.code
                == "untrustedStatement")
    }

    @Test func aPlainBundleIsTakenOnlyWhereTheRulesAllowIt() throws {
        let town = try Town(allowsPlain: false)
        #expect(try Self.refusal(Self.forged(), town) == .notEncrypted)
        try town.make("care", "OMS-HT-02")
        #expect(throws: InputError.plainNotAllowed) {
            try town.export("care", protection: .plain)
        }
    }

    @Test func aNumberThatJumpsTooFarIsRefused() throws {
        let town = try Town()
        var bundle = Self.forged()
        bundle.number = BundleLimits.numberJumpMax + 1
        #expect(
            try Self.refusal(bundle, town)
                == .overLimit("numberJumpMax", max: BundleLimits.numberJumpMax))
        bundle.number = BundleLimits.numberJumpMax
        let path = try bundle.write(for: town, "far.sluss")
        #expect(try town.merge([path], at: "central").bundles.map(\.word) == ["merged"])
    }

    @Test func whatNoHeadCoversIsKeptAndDoesNotCount() throws {
        let town = try Town()
        var bundle = Self.forged()
        bundle.hasNoHeads = true
        let path = try bundle.write(for: town)
        let report = try #require(try town.merge([path], at: "central").bundles.first)
        #expect(report.writes == 1 && report.asides == 1)
        #expect(try town.open("central").ideas().isEmpty)
        #expect(try town.open("central").check().map(\.code) == ["setAside"])
        // The head that was missing makes it count.
        bundle.hasNoHeads = false
        bundle.number = 2
        let whole = try bundle.write(for: town, "whole.sluss")
        try town.merge([whole], at: "central")
        #expect(try town.open("central").ideas().count == 1)
        #expect(try town.open("central").check().isEmpty)
    }

    @Test func aUnitsDeviceCannotWriteInTheCentralsRoles() throws {
        for role in ["leader", "coordinator"] {
            let town = try Town()
            let body = #"{"role":"\#(role)","set":{"problem":"Porten är mörk."}}"#
            let path = try Self.forged([
                (ForgedBundle.envelope(1), Self.plain), (ForgedBundle.envelope(2, record: 2), body),
            ]).write(for: town)
            let report = try #require(try town.merge([path], at: "central").bundles.first)
            #expect(report.asides == 1)
            #expect(try town.open("central").ideas().count == 1)
            // Nor is it entered at a unit in the first place.
            try town.make("care", "OMS-HT-02")
            let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
            var edit = OpenUnit.IdeaEdit()
            edit.solution = "En karta."
            #expect(throws: InputError.roleNotHere) {
                try town.open("care").edit(number, edit, by: .init(role: .coordinator))
            }
        }
    }

    @Test func nobodyAnswersInTheCentralsNameOrWritesAnothersIdea() throws {
        let town = try Town()
        try town.make("care", "OMS-SB-04")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care"))], at: "central")
        let answer =
            #"{"role":"employee","append":{"answer":{"role":"coordinator","text":"Nej."}}}"#
        let idea =
            #"{"role":"employee","set":{"problem":"Porten är mörk."},"fix":{"number":"\#(number)","unit":"OMS-SB-04"}}"#
        let path = try Self.forged([
            (ForgedBundle.envelope(1), idea), (ForgedBundle.envelope(2, record: 2), answer),
        ]).write(for: town)
        let report = try #require(try town.merge([path], at: "central").bundles.first)
        #expect(report.asides == 1)
        // It is shown under the unit whose log it stands in, and has no claim to the number.
        let ideas = try town.open("central").ideas()
        #expect(ideas.map(\.unit).sorted { $0 ?? "" < $1 ?? "" } == ["OMS-HT-02", "OMS-SB-04"])
        #expect(try town.open("central").ideas(unit: "OMS-SB-04").count == 1)
        #expect(try town.open("central").idea(number).unit == "OMS-SB-04")
    }

    @Test func aUnitPublishesNothingForEveryone() throws {
        let town = try Town()
        var bundle = Self.forged()
        bundle.logs[0].audience = "shared"
        #expect(try Self.refusal(bundle, town) == .wrongAudience("shared"))
    }

    @Test func aUnitTakesNothingFromAnotherUnit() throws {
        let town = try Town()
        try town.make("school", "BUN-GR-03")
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care"))], at: "central")
        let full = try #require(try town.export("care", .full, on: "full", protection: .plain))
        // The school knows the other unit's certificate, however it came by it.
        try town.open("central").introduce(town.open("school"))
        #expect(try town.merge([full], at: "school").bundles.map(\.isRefused) == [true])
    }

    @Test func theUnitThatIsLetInIsTheOneThatWasCalled() throws {
        let town = try Town()
        try town.settle("care", "OMS-HT-02")
        let path = try #require(try town.export("care", protection: .plain))
        let key = try town.open("care").publicKeys().device.fingerprint
        // Its request says another unit than its bundle: forged with another release.
        try shell(
            "sqlite3 '\(town.folder.path("care/sluss.sqlite"))' \"UPDATE store SET machine = 'B'\"")
        try town.make("first", "OMS-HT-02")
        #expect(throws: InputError.machineTaken("OMS-HT-02")) {
            try town.open("central").accept(path, fingerprint: key)
        }
        let other = try #require(try town.export("care", on: "b", protection: .plain))
        #expect(try town.open("central").accept(other, fingerprint: key).machine == "B")
    }
}
