import Foundation
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// A year of nineteen units and a central, played by a script: people write, sticks get lost, come
/// late or twice, one file is damaged; every Monday the coordinator merges what has come, settles,
/// answers and sends.
///
/// What is done is done by the program's own code, and noted in a ledger that knows nothing of it.
final class Year {
    static let weeks = 52
    /// The week that is played through the built program.
    static let programWeek = 21
    /// The week in which a file is damaged on its way.
    static let damagedWeek = 7

    let town: YearTown
    var ledger: YearLedger
    var dice: SplitMix64
    var share: YearShare
    /// The files that come to the central each Monday, by week.
    private var arrivals: [Int: [(path: String, parcel: YearLedger.Parcel)]] = [:]
    /// What has happened on the way, so that the test can ask whether anything has.
    private(set) var counts: [String: Int] = [:]

    init(seed: UInt64) throws {
        town = try YearTown(seed: seed)
        dice = SplitMix64(seed: seed)
        share = YearShare(seed: seed + 1)
        ledger = YearLedger(units: Self.units)
        for unit in ledger.units { try town.settle(unit, on: Self.day(0)) }
    }

    /// Nineteen units in four administrations, 1,700 people together.
    private static let units: [YearLedger.Unit] = {
        let names: [(String, String, String, Int)] = [
            ("OMS-SB-04", "Äppelvretens vårdboende", "Omsorg", 158),
            ("OMS-SB-05", "Lindgårdens vårdboende", "Omsorg", 142),
            ("OMS-SB-06", "Ekbackens vårdboende", "Omsorg", 121),
            ("OMS-HT-02", "Lomtjärns hemtjänst", "Omsorg", 164),
            ("OMS-HT-05", "Norra hemtjänsten", "Omsorg", 133),
            ("OMS-LS-07", "Mejselns gruppbostad", "Omsorg", 38),
            ("OMS-LS-08", "Hyvelns gruppbostad", "Omsorg", 41),
            ("BUN-FS-11", "Gråmesens förskola", "Bildning", 57),
            ("BUN-FS-12", "Talltitans förskola", "Bildning", 49),
            ("BUN-FS-14", "Blåmesens förskola", "Bildning", 62),
            ("BUN-GR-01", "Strandskolan", "Bildning", 118),
            ("BUN-GR-03", "Vassviksskolan", "Bildning", 126),
            ("BUN-GY-01", "Åsgymnasiet", "Bildning", 149),
            ("TEK-KO-01", "Kostenheten Råglunden", "Teknik", 73),
            ("TEK-KO-02", "Kostenheten Hageby", "Teknik", 66),
            ("TEK-GA-01", "Gata och park", "Teknik", 81),
            ("TEK-FA-01", "Fastighet", "Teknik", 59),
            ("KUL-BI-01", "Stadsbiblioteket", "Kultur", 34),
            ("KUL-FR-01", "Fritidsgårdarna", "Kultur", 29),
        ]
        return names.map {
            YearLedger.Unit(code: $0.0, name: $0.1, administration: $0.2, headcount: $0.3)
        }
    }()

    /// A day of a week: 0 is its Monday.
    static func day(_ week: Int, _ weekday: Int = 0) -> Day {
        Day(number: (Day("2026-01-05")?.number ?? 0) + 7 * week + weekday)
    }

    func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &dice) < percent }

    func count(_ what: String) { counts[what, default: 0] += 1 }

    func play() throws {
        for week in 0..<Self.weeks {
            try mergeWhatHasCome(week)
            try answer(week)
            try sendBack(week)
            for unit in ledger.units.indices {
                // Two units fall silent in autumn, and never say why.
                if week == 40, unit % 9 == 4 { ledger.units[unit].isSilent = true }
                guard !ledger.units[unit].isSilent, week == 0 || chance(30) else { continue }
                try write(unit, week)
                try send(unit, week)
            }
        }
    }
}

/// What the coordinator does on a Monday.
extension Year {
    private func mergeWhatHasCome(_ week: Int) throws {
        let files = arrivals[week] ?? []
        guard !files.isEmpty else { return }
        let (day, folder) = (Self.day(week), town.folder.path("in-\(week)"))
        let outcomes =
            week == Self.programWeek
            ? try mergeByProgram(folder, day)
            : try mergeInProcess(folder, day, looksFirst: week.isMultiple(of: 4))
        #expect(outcomes.count == files.count)
        for (path, parcel) in files {
            let isDamaged = path.hasSuffix("-damaged.sluss")
            let outcome = outcomes[path]
            #expect(
                isDamaged ? outcome == "refused" : ["merged", "nothingNew"].contains(outcome),
                "week \(week), \(path): \(outcome ?? "none")")
            if isDamaged { count("damaged") } else { ledger.note(parcel, on: day) }
        }
    }

    /// - Parameter looksFirst: Whether the coordinator looks at the plan and binds the merge to it;
    ///   not every week, since that reads each bundle three times.
    private func mergeInProcess(
        _ folder: String, _ day: Day, looksFirst: Bool
    ) throws -> [String: String] {
        let central = try town.open("central", on: day)
        let plan = try looksFirst ? central.merge([folder], isPlan: true).planDigest : nil
        let done = try central.merge(
            [folder], expecting: plan.map { String($0.description.prefix(12)) })
        if let plan {
            #expect(done.planDigest == plan)
            count("bound to a plan")
        }
        return Dictionary(
            done.bundles.map { bundle in
                switch bundle.outcome {
                case .merged: (bundle.file, "merged")
                case .nothingNew: (bundle.file, "nothingNew")
                case .refused: (bundle.file, "refused")
                }
            }, uniquingKeysWith: { $1 })
    }

    private func mergeByProgram(_ folder: String, _ day: Day) throws -> [String: String] {
        let plan = try object(
            town.sluss("central", on: day, ["merge", "--dry-run", "--json", folder]))
        let digest = try #require(plan["planDigest"] as? String)
        let done = try object(
            town.sluss("central", on: day, ["merge", "--expect", digest, "--json", folder]))
        #expect(done["planDigest"] as? String == digest)
        count("program")
        let rows = try #require(done["bundles"] as? [[String: Any]])
        return Dictionary(
            rows.map { ($0["file"] as? String ?? "", $0["outcome"] as? String ?? "") },
            uniquingKeysWith: { $1 })
    }

    func object(_ result: ProcessResult) throws -> [String: Any] {
        #expect([0, 3].contains(result.status), "\(result.errors)")
        let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(value as? [String: Any])
    }

    /// Settles what is in conflict, answers, and takes ideas further.
    private func answer(_ week: Int) throws {
        let day = Self.day(week)
        let central = try town.open("central", on: day)
        let person = OpenUnit.Person(role: .coordinator)
        for conflict in try central.conflicts() {
            let unit = try #require(ledger.units.firstIndex { $0.code == conflict.unit })
            _ = try central.resolve(
                conflict.conflict.id, .pick(1), reason: "enligt samtal", by: person)
            _ = ledger.act(for: unit)
            count("settled")
        }
        for index in ledger.ideas.indices {
            let idea = ledger.ideas[index]
            let unit = ledger.units[idea.unit]
            guard idea.act <= unit.come else { continue }
            var edit = OpenUnit.IdeaEdit()
            if !idea.isAtUnit, (idea.steps.last { $0.byUnit }?.act ?? 0) <= unit.come {
                edit = nextWord(idea, day)
            }
            if edit.answer == nil, edit.status == nil, chance(9) {
                edit.problem = "\(idea.problem) Centralen förtydligar."
            }
            guard edit.answer != nil || edit.status != nil || edit.problem != nil else { continue }
            _ = try central.edit(idea.number, edit, by: person)
            let act = ledger.act(for: idea.unit)
            if edit.answer != nil { ledger.ideas[index].answers.append((day, act)) }
            if let status = edit.status?.status {
                ledger.step(index, status.rawValue, day, act, byUnit: false)
                ledger.ideas[index].isAtUnit = [.goAhead, .testing].contains(status)
            }
        }
    }

    /// What is said of an idea that waits for the central.
    private func nextWord(_ idea: YearLedger.Idea, _ day: Day) -> OpenUnit.IdeaEdit {
        var edit = OpenUnit.IdeaEdit()
        var entry = StatusEntry(.received, text: "Vi har läst den.")
        (entry.owner, entry.until) = ("samordnare", Day(number: day.number + 30))
        switch idea.status {
        case "submitted" where chance(5):
            entry.status = .redirected
            entry.channel = "felanmälan"
        case "submitted" where chance(75):
            edit.answer = "Tack! Vi har läst den och tar det vidare."
        case "received" where chance(60):
            entry.status =
                [.goAhead, .goAhead, .underReview, .closed].randomElement(using: &dice)
                ?? .underReview
        case "under-review" where chance(50):
            entry.status = [.testing, .resting, .closed].randomElement(using: &dice) ?? .closed
        default: return edit
        }
        if entry.status == .closed { entry.reason = .exists }
        edit.status = entry
        return edit
    }

    /// Makes bundles for units; four of five get there.
    private func sendBack(_ week: Int) throws {
        for index in ledger.units.indices where ledger.units[index].newest != nil && chance(30) {
            let unit = ledger.units[index]
            let receiver = Receiver.unit(try town.code(unit.code))
            guard
                let bundle = try town.export(
                    "central", to: receiver, into: "out-\(week)", on: Self.day(week))
            else { continue }
            guard !unit.isSilent, chance(80) else {
                count("return lost")
                continue
            }
            let report = try town.open(unit.code, on: Self.day(week, 1)).merge([bundle.path])
            #expect(report.bundles.allSatisfy { !$0.isRefused })
            ledger.units[index].has = unit.feed
        }
    }
}

/// What people at a unit do.
extension Year {
    private func write(_ unit: Int, _ week: Int) throws {
        let day = Self.day(week, 2)
        if week == 0 || chance(48) { try handIn(unit, day, byProgram: week == Self.programWeek) }
        let place = try town.open(ledger.units[unit].code, on: day)
        let person = OpenUnit.Person(role: .manager)
        for index in ledger.ideas.indices where ledger.ideas[index].unit == unit {
            let idea = ledger.ideas[index]
            var edit = OpenUnit.IdeaEdit()
            let isHere = (idea.steps.last?.act ?? 0) <= ledger.units[unit].has
            if idea.isAtUnit, ["go-ahead", "testing"].contains(idea.status), isHere, chance(50) {
                edit.status = StatusEntry(.inUse)
            } else if idea.status != "withdrawn", chance(9) {
                edit.problem = "\(idea.problem) Enheten skriver om, vecka \(week)."
            }
            if edit.status == nil, edit.problem == nil {
                guard chance(10) else { continue }
                _ = try place.support(idea.number)
                _ = ledger.act(of: unit)
                continue
            }
            _ = try place.edit(idea.number, edit, by: person)
            let act = ledger.act(of: unit)
            if edit.status != nil {
                ledger.step(index, "in-use", day, act, byUnit: true)
                ledger.ideas[index].isAtUnit = false
            }
        }
        try meet(unit, place, day)
        try share(unit, place, day)
    }

    private func handIn(_ unit: Int, _ day: Day, byProgram: Bool) throws {
        let code = ledger.units[unit].code
        let problem = "Behov \(ledger.ideas.count + 1) vid \(ledger.units[unit].name)."
        // On paper first, now and then.
        let paper = Day(number: day.number - (chance(20) ? 2 : 0))
        var number = ""
        if byProgram {
            let receipt = try object(
                town.sluss(
                    code, on: day,
                    ["idea", "add", "--problem", problem, "--day", paper.description, "--json"]))
            number = try #require(receipt["number"] as? String)
        } else {
            var entry = IdeaEntry(problem: problem)
            (entry.day, entry.wantsReceipt) = (paper, false)
            number = try town.open(code, on: day).add(entry).number.description
        }
        ledger.ideas.append(
            YearLedger.Idea(
                number: number, unit: unit, day: paper, act: ledger.act(of: unit),
                problem: problem))
        ledger.ideas[ledger.ideas.count - 1].isAtUnit = chance(4)
        guard let last = ledger.ideas.indices.last, ledger.ideas[last].isAtUnit else { return }
        var edit = OpenUnit.IdeaEdit()
        edit.status = StatusEntry(.withdrawn)
        _ = try town.open(code, on: day).edit(number, edit, by: .init())
        ledger.step(last, "withdrawn", day, ledger.act(of: unit), byUnit: true)
        count("withdrawn")
    }

    private func meet(_ unit: Int, _ place: OpenUnit, _ day: Day) throws {
        let person = OpenUnit.Person(role: .manager)
        for index in ledger.actions.indices
        where ledger.actions[index].unit == unit && ledger.actions[index].done == nil && chance(30)
        {
            var entry = MeetingEntry()
            entry.actionStatuses = [(1, .done)]
            _ = try place.edit(ledger.actions[index].note, entry, by: person)
            ledger.actions[index].done = (day, ledger.act(of: unit))
        }
        guard chance(10) else { return }
        let due = Day(number: day.number + 21)
        var entry = MeetingEntry()
        entry.actions = [
            NoteLine(item: 6, text: "hämta glidlakan", more: ["kvällsgruppen", due.description])
        ]
        let note = try place.add(entry, by: person)
        ledger.actions.append(
            YearLedger.Action(
                unit: unit, note: try #require(note.number), act: ledger.act(of: unit), due: due))
    }

    /// Makes a bundle and gives it to somebody who goes that way.
    private func send(_ unit: Int, _ week: Int) throws {
        guard week == 0 || chance(80) else { return }
        let (code, day) = (ledger.units[unit].code, Self.day(week, 3))
        guard
            let bundle = try town.export(
                code, to: .central, into: "from-\(code)-\(week)", on: day)
        else { return }
        let parcel = YearLedger.Parcel(
            unit: unit, number: bundle.summary.number, acts: ledger.units[unit].acts,
            seen: ledger.units[unit].has)
        let name = String(bundle.path.split(separator: "/").last ?? "").replacing(
            ".sluss", with: "")
        let fate = week == 0 ? 99 : Int.random(in: 0..<100, using: &dice)
        if week == Self.damagedWeek, counts["to be damaged"] == nil {
            count("to be damaged")
            let bytes = try Data(contentsOf: URL(fileURLWithPath: bundle.path))
            try deliver(bytes.prefix(bytes.count / 2), "\(name)-damaged", parcel, in: week + 1)
            return
        }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: bundle.path))
        switch fate {
        case 0..<10: count("lost")
        case 10..<20:
            count("late")
            try deliver(bytes, "\(name)-late-\(week)", parcel, in: week + 2 + fate % 3)
        case 20..<30:
            count("twice")
            try deliver(bytes, "\(name)-\(week)", parcel, in: week + 1)
            try deliver(bytes, "\(name)-again-\(week)", parcel, in: week + 1 + fate % 3)
        default: try deliver(bytes, "\(name)-\(week)", parcel, in: week + 1)
        }
    }

    private func deliver(
        _ bytes: Data, _ name: String, _ parcel: YearLedger.Parcel, in week: Int
    ) throws {
        let path = try town.folder.folder("in-\(week)") + "/\(name).sluss"
        try bytes.write(to: URL(fileURLWithPath: path))
        arrivals[week, default: []].append((path, parcel))
    }

    /// Every file that has come to the central by the end, damaged ones left out.
    var delivered: [String] {
        (0..<Self.weeks).flatMap { arrivals[$0] ?? [] }.map(\.path)
            .filter { !$0.hasSuffix("-damaged.sluss") }
    }
}
