import SlussCore
import SlussDomain
import SlussSync

/// Monday morning's page, in the order of domain model §11: what to do comes before how it stands.
struct CoordinatorReport {
    private let material: ReportMaterial
    private let since: Day
    private let say: Wording
    private let figures: KPI
    private let ages: [KPIBundleAge]
    private var today: Day { material.today }

    init(_ material: ReportMaterial, since: Day?, _ say: Wording) {
        self.material = material
        self.since = since ?? material.today.adding(days: -6)
        self.say = say
        figures = KPI(material.figures, end: material.today)
        ages = figures.bundleAges
    }

    var page: ReportPage {
        ReportPage(
            language: say.language, title: say("Samordnarens måndag", "The coordinator's Monday"),
            subtitle: today.inWords(say.language),
            note: say(
                "För samordnaren. Sidan har idéernas texter men inga namn på inlämnare. Filen är inte krypterad.",
                "For the coordinator. The page holds the ideas' texts but no submitter's name. The file is not encrypted."
            ),
            sections: [
                bundles, todo, new, waitsForOthers, toTell, returns, year,
            ])
    }

    private var bundles: ReportSection {
        let fresh = ages.count { age in age.days.map { $0 < 7 } ?? false }
        let silent = ages.filter { age in age.days.map { $0 > 14 } ?? true }
        var blocks: [ReportBlock] = [
            .facts([
                ReportFact(
                    name: say("Paket in, sju dagar", "Bundles in, seven days"),
                    value: say(
                        "\(fresh) av \(ages.count) enheter", "\(fresh) of \(ages.count) units")),
                ReportFact(
                    name: say("Tysta > 14 dagar", "Silent > 14 days"),
                    value: say.list(silent.map { material.name($0.unit) })),
            ])
        ]
        if !material.unregistered.isEmpty {
            let codes = material.unregistered.map(\.description).joined(separator: ", ")
            blocks.append(
                .paragraph(
                    say(
                        "Saknas i enhetsregistret: \(codes). Skriv in dem med ”sluss unit register set”, annars räknas de inte i nyckeltalen.",
                        "Not in the units register: \(codes). Enter them with “sluss unit register set”, or the key figures leave them out."
                    )))
        }
        blocks.append(.table(material.freshnessTable(say, ages)))
        return ReportSection(say("Paket in", "Bundles in"), blocks)
    }

    /// The Friday of the week, or the next one at the weekend.
    private var friday: Day { today.adding(days: (11 - today.weekday) % 7) }

    private var todo: ReportSection {
        let due = material.waiting.count { today.adding(days: $0.left) <= friday }
        let conflicts = material.ideas.filter { $0.conflicts > 0 }
        let stopped = material.ideas.filter(\.isStopped)
        func named(_ ideas: [ReportIdea]) -> String {
            ideas.isEmpty
                ? say.ideas(0) : say.ideas(ideas.count) + ": " + say.list(ideas.map(\.number))
        }
        return ReportSection(
            say("Att göra i dag", "To do today"),
            [
                .facts([
                    ReportFact(
                        name: say("Når 14 dagar senast fredag", "Reach 14 days by Friday"),
                        value: say.ideas(due)),
                    ReportFact(
                        name: say(
                            "Besked når 30 dagar senast fredag", "Decisions reach 30 days by Friday"
                        ),
                        value: say.ideas(undecided.count)),
                    ReportFact(
                        name: say("Olika besked", "Conflicting answers"), value: named(conflicts)),
                    ReportFact(
                        name: say("Stoppa: personnummer?", "Stop: a personal number?"),
                        value: named(stopped)),
                ]),
                .table(material.waitingTable(say)), .table(undecidedTable),
            ])
    }

    /// The ideas without a decision that are thirty days old by Friday, and those older.
    private var undecided: [(idea: ReportIdea, left: Int)] {
        material.ideas.compactMap { idea -> (idea: ReportIdea, left: Int)? in
            let last = idea.figures.day.adding(days: KPI.decisionDays)
            let isDecided = idea.figures.steps.contains { $0.status.isDecision }
            let isOpen = idea.figures.isCounted && idea.status != IdeaStatus.withdrawn.rawValue
            guard isOpen, !isDecided, last <= friday else { return nil }
            return (idea, last.number - today.number)
        }.sorted { ($0.left, Text($0.idea.number)) < ($1.left, Text($1.idea.number)) }
    }

    private var undecidedTable: ReportTable {
        ReportTable(
            say("vantar-pa-besked", "waiting-for-decision"),
            say(
                "Inget besked än, minst tid kvar till 30 dagar först",
                "No decision yet, least time to 30 days first"),
            [
                say("Idé", "Idea"), say("Läge", "Status"), say("Enhet", "Unit"),
                say("Rubrik", "Heading"), say("Dagar kvar", "Days left"),
            ],
            undecided.map { idea, left in
                [
                    idea.number, say.status(idea.status), material.name(idea.figures.unit),
                    idea.titleLine, say.daysLeft(left),
                ]
            },
            empty: say(
                "Inget besked når 30 dagar i veckan.", "No decision reaches 30 days this week."))
    }

    private var new: ReportSection {
        let ideas = material.ideas.filter { ($0.arrived ?? $0.figures.day) >= since }
        let units = Set(ideas.map(\.figures.unit)).count
        let table = ReportTable(
            say("nya", "new"),
            say("Nya sedan \(since), i den ordning de kom", "New since \(since), as they came"),
            [
                say("Idé", "Idea"), say("Enhet", "Unit"), say("Rubrik", "Heading"),
                say("Inlämnad", "Handed in"), say("Paketet kom", "Bundle came"),
            ],
            ideas.map { idea in
                [
                    idea.number, material.name(idea.figures.unit), idea.titleLine,
                    idea.figures.day.description, idea.arrived?.description ?? "–",
                ]
            }, empty: say("Inga nya idéer.", "No new ideas."))
        return ReportSection(
            say("Nytt sedan sist", "New since last time"),
            [
                .facts([
                    ReportFact(
                        name: say("Nya idéer", "New ideas"),
                        value: "\(ideas.count) (\(say.units(units)))"),
                    ReportFact(
                        name: say("Från APT", "From meetings"),
                        value: String(ideas.count(where: \.isFromMeeting))),
                    ReportFact(
                        name: say("Anonyma", "Anonymous"),
                        value: String(ideas.count(where: \.isAnonymous))),
                ]), .table(table),
            ])
    }

    private var waitsForOthers: ReportSection {
        let facts = [IdeaStatus.handedOver, .needsMore, .testing].map { status in
            let ideas = material.listed(status)
            let oldest = ideas.first.map { max(0, today.number - $0.statusDay.number) }
            let age = oldest.map {
                say(" (äldst \(say.days($0)))", " (oldest \(say.days($0)))")
            }
            return ReportFact(
                name: status.phrase(say.language), value: say.ideas(ideas.count) + (age ?? ""))
        }
        let rows = [IdeaStatus.handedOver, .needsMore, .testing].flatMap { status in
            material.listed(status).map { idea in
                [
                    idea.number, status.phrase(say.language), material.name(idea.figures.unit),
                    idea.titleLine, idea.statusDay.description,
                ]
            }
        }
        let table = ReportTable(
            say("vantar-pa-andra", "waiting-for-others"),
            say("Väntar på andra, äldst först", "Waiting for others, oldest first"),
            [
                say("Idé", "Idea"), say("Läge", "Status"), say("Enhet", "Unit"),
                say("Rubrik", "Heading"), say("Sedan", "Since"),
            ], rows,
            empty: say("Inget väntar på någon annan.", "Nothing waits for anybody else."))
        return ReportSection(
            say("Väntar på andra", "Waiting for others"), [.facts(facts), .table(table)])
    }

    private var toTell: ReportSection {
        ReportSection(
            say("Att berätta", "To tell"),
            [
                .paragraph(
                    say(
                        "Kandidater till månadens goda exempel: införda de senaste 30 dagarna.",
                        "Candidates for the good example of the month: in use in the last 30 days.")
                ), .table(material.useTable(say, today.adding(days: -29)...today)),
            ])
    }

    private var returns: ReportSection {
        let unseen = material.ideas.reduce(into: [UnitCode: Int]()) { count, idea in
            let answers = idea.answers.count { $0.visible == nil }
            if answers > 0 { count[idea.figures.unit, default: 0] += answers }
        }
        let lacking = material.bundles.filter { $0.value.lacks > 0 }.map(\.key)
        let units = Set(unseen.keys).union(lacking).sorted()
        let table = ReportTable(
            say("returpaket", "return-bundles"),
            say("Enheter som inte har fått allt", "Units that have not got everything"),
            [
                say("Enhet", "Unit"),
                say("Svar som inte syns där än", "Answers not visible there yet"),
                say("Skrivningar som saknas", "Writes lacking"),
            ],
            units.map {
                [
                    material.name($0), String(unseen[$0] ?? 0),
                    material.bundles[$0].map { String($0.lacks) } ?? "–",
                ]
            }, numeric: [1, 2],
            empty: say(
                "Alla enheter har bekräftat det de ska ha.",
                "Every unit has confirmed what it is to have."))
        return ReportSection(
            say("Returpaket", "Return bundles"),
            [
                .paragraph(
                    say(
                        "\(say.units(unseen.count)) har svar som ännu inte har nått dem. Skapa paket: sluss export --to all",
                        "\(say.units(unseen.count)) with answers that have not reached them yet. Make bundles: sluss export --to all"
                    )), .table(table),
            ])
    }

    private var year: ReportSection {
        ReportSection(
            say("Läge tolv månader", "Twelve months"),
            [
                .table(
                    figures.table(say, say("Nyckeltal, tolv månader", "Key figures, twelve months"))
                ), figures.months(say),
                .facts([
                    ReportFact(
                        name: say(
                            "Inte aktiva på 60 dagar", "Not active for 60 days"),
                        value: say.list(figures.silent.map(material.name)))
                ]),
            ])
    }
}
