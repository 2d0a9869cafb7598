import Foundation
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import _SlussTestSupport

/// Bundles as this release writes them, kept for every later one to read: `SyncFixtures/formats`.
enum FormatFixture {
    /// What merging them gives.
    static let expected = "expected.json"
    /// An invitation, as a central hands it out.
    static let invitation = "invitation.json"
    /// A bundle of the unit that the invitation lets in: a central that has not made the
    /// invitation takes it once it has been told to.
    static let enrolment = "enrolment.sluss"
    /// The bundles that the unit OMS-HT-02 can merge: those of its own machines, and the answer.
    static let forUnit = [
        "delta.sluss", "fork-one.sluss", "fork-other.sluss", "late.sluss", "return.sluss",
    ]

    /// Makes them in a folder; all of them or none.
    static func write(to folder: String) throws {
        let scratch = try TemporaryFolder()
        try make(in: scratch.path)
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in try manager.contentsOfDirectory(atPath: scratch.path) {
            try manager.copyItem(
                atPath: scratch.path(name), toPath: "\(folder)/\(name)")
        }
    }

    private static func make(in folder: String) throws {
        let town = try StoryTown(output: folder, seed: 1)
        try town.make("hub", "KLK-SA-01", isCentral: true)
        try writeCare(town)
        try writeSchool(town)
        try writeRevoked(town)
        try writeReturn(town)
        try writeInvitation(town, folder)
        let text = try StoryResult.encoded(FormatResult(reading: folder))
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(expected)"))
    }

    /// A care home whose disk is imaged on to a second computer.
    private static func writeCare(_ town: StoryTown) throws {
        try town.make("care", "OMS-HT-02")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.add("Elcyklarna står still i november.", at: "care")
        try town.keep(town.export("care", isKept: false), as: "delta.sluss")
        try town.image("care", as: "twin")
        try town.edit(number, at: "care") { $0.solution = "En karta vid varje port." }
        try town.edit(number, at: "twin") { $0.solution = "En app med alla portar." }
        for place in ["care", "twin"] { try town.at(place) { _ = try $0.support(number) } }
        for (place, name) in [("care", "fork-one.sluss"), ("twin", "fork-other.sluss")] {
            let path = try town.export(place, isKept: false)
            try town.keep(path, as: name)
            try town.merge([path], at: "hub")
        }
    }

    /// Texts of every kind; a draft that stays at home; everything under a passphrase.
    private static func writeSchool(_ town: StoryTown) throws {
        try town.make("school", "BUN-GR-03")
        for problem in texts { try town.add(problem, at: "school") }
        try town.at("school") { unit in
            var entry = IdeaEntry(problem: "Vem når 19121212-1212 när det brinner?")
            entry.wantsReceipt = false
            _ = try unit.add(entry)
            entry = IdeaEntry(problem: "En idé med namn, kvitto och allt annat.", submitter: .name)
            (entry.title, entry.solution) = ("Allt", "Prova alla fält.")
            entry.name = "Björn Åkerström"
            entry.categories = [.premises, .cooperation]
            entry.beneficiaries = [.pupil, .employee]
            _ = try unit.add(entry)
            let person = OpenUnit.Person(name: "Åsa Ö. Lindqvist-d’Arc", role: .manager)
            _ = try unit.add(meeting(), by: person)
            var later = MeetingEntry()
            later.actionStatuses = [(1, .done)]
            later.addendum = "Tillagt efteråt: allt är klart."
            guard let number = try unit.meetings().first?.number else {
                throw StoryFailure(what: "no note")
            }
            _ = try unit.edit(number, later, by: person)
        }
        try town.keep(town.export("school", isKept: false), as: "texts.sluss")
        try town.keep(
            town.export("school", .full, .passphrase(FixtureNetwork.passphrase), isKept: false),
            as: "passphrase.sluss")
        try town.keep(town.export("school", to: nil, .plain, isKept: false), as: "plain.sluss")
    }

    private static let texts = [
        "Åtta ärliga ölänningar: éêèë ß ñ ø æ þ – “citat” ’apostrof’ … ½ € §",
        "Skrivet som a\u{30A} o\u{308} e\u{301}: blir form C.",
        "Arabiska مرحبا, hebreiska שלום, hindi नमस्ते, thai สวัสดี, kinesiska 你好, japanska こんにちは.",
        "Bilder: 🚲 👩🏽‍⚕️ 🏳️‍🌈 🇸🇪 – och utanför planet noll: 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈.",
        "Rad ett.\n\n\tRad tre, indragen.\n\"Citat\", \\omvänt\\ snedstreck, /snedstreck/, {\"json\":[1,2]}.",
        "Noll\u{200B}bredd, mjukt\u{AD}bindestreck, hårt\u{A0}blanksteg, \u{2028}radskiljare.",
        String(repeating: "Lång text. ", count: 90),
        "<b>html</b> & 'sql'; DROP TABLE idea; -- $(rm -rf /) %s %n",
    ]

    private static func meeting() throws -> MeetingEntry {
        var entry = MeetingEntry()
        entry.time = "14.00–15.30"
        entry.place = "Personalrummet"
        entry.present = [7, 5]
        entry.status = .draft
        entry.items = [
            try NoteLine(typed: "5 Arbetsmiljö: ljudnivån i matsalen"),
            try NoteLine(typed: "9: övrigt, med en rad till"),
        ]
        entry.decisions = [try NoteLine(typed: "5: dukar på borden | rektorn | inom mandat")]
        entry.actions = [try NoteLine(typed: "5: köp dukar | vaktmästaren | 2026-04-01 | öppen")]
        entry.lifts = [try NoteLine(typed: "9: fler händer | förvaltningen | 2026-05-01")]
        return entry
    }

    /// A device that is shut out after its first write: the second is there and does not count.
    private static func writeRevoked(_ town: StoryTown) throws {
        try town.make("gone", "OMS-SB-04")
        try town.add("Skrivet medan datorn var vår.", at: "gone")
        try town.add("Skrivet sedan den stals.", at: "gone")
        let path = try town.export("gone", isKept: false)
        try town.keep(path, as: "revoked.sluss")
        try town.merge([path], at: "hub")
        guard let unit = UnitCode("OMS-SB-04") else { throw StoryFailure(what: "a unit's code") }
        try town.at("hub") { _ = try $0.revoke(unit, fingerprint: nil, after: .write(1)) }
    }

    /// What the central makes of it: the answer to the care home, and all that it has.
    private static func writeReturn(_ town: StoryTown) throws {
        try town.resolve("En karta i en app.", at: "hub")
        try town.at("hub") { hub in
            var edit = OpenUnit.IdeaEdit()
            edit.status = .forced(.goAhead, text: "Ni har mandat.")
            edit.answer = "Tack! Gör själva, vi hjälper till."
            edit.addedCategories = [.digitalisation, .workEnvironment]
            guard let number = try hub.ideas().first?.number else {
                throw StoryFailure(what: "no idea")
            }
            _ = try hub.edit(number, edit, by: .init(role: .coordinator))
        }
        try town.keep(
            town.export("hub", to: "OMS-HT-02", isKept: false), as: "return.sluss")
        try town.keep(town.export("hub", .full, isKept: false), as: "full.sluss")
        // Written without having seen the answer: a conflict that stays open.
        let number = try town.at("care") { try $0.ideas().first?.number }
        try town.edit(number ?? "", at: "care") { $0.solution = "En skylt vid varje port." }
        try town.keep(town.export("care", isKept: false), as: "late.sluss")
    }

    private static func writeInvitation(_ town: StoryTown, _ folder: String) throws {
        guard let unit = UnitCode("BUN-FS-07") else { throw StoryFailure(what: "a unit's code") }
        let path = "\(folder)/\(invitation)"
        try town.at("hub") {
            _ = try $0.invite(unit, name: "Förskolan Äppelvägen", output: path)
        }
        try town.join("nursery", by: Invitation(path: path))
        try town.add("Vagnen skramlar på natten.", at: "nursery")
        try town.keep(town.export("nursery", isKept: false), as: enrolment)
    }
}
