import SlussCore
import SlussDomain
import SlussSync

/// An innovation leader's page: the ideas of one administration, without anybody's name, and of
/// meetings' notes only what was lifted.
struct LeaderReport {
    private let material: ReportMaterial
    private let administration: String
    private let end: Day
    private let start: Day?
    private let say: Wording

    init(
        _ material: ReportMaterial, administration: String, _ request: ReportRequest,
        _ say: Wording
    ) {
        self.material = material
        self.administration = administration
        end = request.to ?? material.today
        start = request.from
        self.say = say
    }

    var page: ReportPage {
        let figures = KPI(material.figures, end: end, start: start)
        let month = end.adding(days: -29)...end
        let conflicts = material.ideas.filter { $0.conflicts > 0 }
        let testing = material.listed(.testing)
        return ReportPage(
            language: say.language,
            title: say("Idéer i \(administration)", "Ideas in \(administration)"),
            subtitle: end.inWords(say.language),
            note: say(
                "För innovationsledare i \(administration). Inga namn på inlämnare; av APT-anteckningar bara det som är lyft. Filen är inte krypterad.",
                "For innovation leaders in \(administration). No submitter's name; of meeting notes only what was escalated. The file is not encrypted."
            ),
            sections: [
                ReportSection(
                    say("Väntar på svar", "Waiting for an answer"),
                    [
                        .facts([
                            ReportFact(
                                name: say("Väntar på första svar", "Waiting for a first answer"),
                                value: say.ideas(material.waiting.count)),
                            ReportFact(
                                name: say("Olika besked", "Conflicting answers"),
                                value: say.list(conflicts.map(\.number))),
                        ]), .table(material.waitingTable(say)),
                    ]),
                ReportSection(say("Tester", "Tests"), [.table(table(testing))]),
                ReportSection(
                    say("Att berömma", "To praise"), [.table(material.useTable(say, month))]),
                ReportSection(
                    say("Lyft från APT", "Escalated from meetings"),
                    [.table(material.liftsTable(say, since: start ?? end.adding(months: -3)))]),
                ReportSection(
                    say("Nyckeltal", "Key figures"),
                    [
                        .table(
                            figures.table(
                                say, say("Nyckeltal för ", "Key figures of ") + administration)),
                        figures.months(say),
                        material.statusBlock(say, say("Hur idéerna står", "How the ideas stand")),
                    ]),
                ReportSection(
                    say("Enheter", "Units"),
                    [.table(material.agesTable(say, figures.bundleAges))]),
            ])
    }

    private func table(_ testing: [ReportIdea]) -> ReportTable {
        ReportTable(
            say("tester", "tests"), say("Testas nu, äldst först", "Being tested, oldest first"),
            [
                say("Idé", "Idea"), say("Enhet", "Unit"), say("Rubrik", "Heading"),
                say("Testas sedan", "Tested since"),
            ],
            testing.map {
                [
                    $0.number, material.name($0.figures.unit), $0.titleLine,
                    $0.statusDay.description,
                ]
            }, empty: say("Inget testas just nu.", "Nothing is being tested."))
    }
}
