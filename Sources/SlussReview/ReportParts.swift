import SlussCore
import SlussDomain
import SlussSync

/// Parts that several reports have.
extension ReportMaterial {
    /// The ideas that wait for an answer, with the days that are left.
    func waitingTable(_ say: Wording) -> ReportTable {
        ReportTable(
            say("vantar-pa-svar", "waiting-for-answer"),
            say(
                "Väntar på första svar, minst tid kvar först",
                "Waiting for a first answer, least time first"),
            [
                say("Idé", "Idea"), say("Enhet", "Unit"), say("Rubrik", "Heading"),
                say("Inlämnad", "Handed in"), say("Paketet kom", "Bundle came"),
                say("Dagar kvar", "Days left"),
            ],
            waiting.map { idea, left in
                [
                    idea.number, name(idea.figures.unit), idea.titleLine,
                    idea.figures.day.description, idea.arrived?.description ?? "–",
                    say.daysLeft(left),
                ]
            },
            empty: say("Ingen idé väntar på ett första svar.", "No idea waits for a first answer."))
    }

    /// Ideas that have come into use.
    func useTable(_ say: Wording, _ days: ClosedRange<Day>) -> ReportTable {
        ReportTable(
            say("inforda", "in-use"),
            say(
                "Införda \(days.lowerBound)–\(days.upperBound)",
                "In use from \(days.lowerBound) to \(days.upperBound)"),
            [
                say("Idé", "Idea"), say("Enhet", "Unit"), say("Rubrik", "Heading"),
                say("Införd", "In use"),
            ],
            broughtIntoUse(days).map {
                [
                    $0.idea.number, name($0.idea.figures.unit), $0.idea.titleLine,
                    $0.day.description,
                ]
            },
            empty: say(
                "Ingen idé blev införd \(days.lowerBound)–\(days.upperBound).",
                "No idea came into use from \(days.lowerBound) to \(days.upperBound)."))
    }

    /// How long each unit has been silent, by code.
    func agesTable(_ say: Wording, _ ages: [KPIBundleAge]) -> ReportTable {
        ReportTable(
            say("paketalder", "bundle-age"),
            say(
                "Paketålder per enhet, i kodordning (varning från 14 dagar, larm från 30)",
                "Age of bundles by unit, in the order of codes (warning from 14 days, alarm from 30)"
            ),
            [
                say("Enhet", "Unit"), say("Sedan senaste paketet", "Since the last bundle"),
                say("Paket nr", "Bundle no."), say("Väntar", "Waits"),
            ],
            ages.map { age in
                let heard = bundles[age.unit]
                return [
                    name(age.unit), say.age(age), heard?.number.map(String.init) ?? "–",
                    heard.map { $0.waiting > 0 } ?? false
                        ? say(
                            "ett paket före nr \(heard?.waiting ?? 0) saknas",
                            "a bundle before no. \(heard?.waiting ?? 0) is missing") : "–",
                ]
            }, numeric: [2], empty: say("Inga enheter än.", "No units yet."))
    }

    /// What has come from each unit and what it has not got, by code: the rows of `sluss status`.
    func freshnessTable(_ say: Wording, _ ages: [KPIBundleAge]) -> ReportTable {
        ReportTable(
            say("enheter", "units"),
            say(
                "Enheterna i kodordning (varning från 14 dagar, larm från 30; ! = att se efter)",
                "Units in the order of codes (warning from 14 days, alarm from 30; ! = to look at)"
            ),
            [
                say("Enhet", "Unit"), say("Paket nr", "Bundle no."), say("Dag", "Day"),
                say("Sedan dess", "Since"), say("Lucka före nr", "Gap before no."),
                say("Delade loggar", "Forked logs"), say("Version", "Release"),
                say("Omöjliga dagar", "Impossible days"),
                say("Svar som inte syns än", "Answers not visible yet"),
                say("Att skicka", "To send"),
            ],
            ages.map { age in
                let heard = bundles[age.unit] ?? ReportBundles(last: nil, number: nil)
                func marked(_ count: UInt64) -> String { count == 0 ? "–" : "\(count)!" }
                return [
                    name(age.unit), heard.number.map(String.init) ?? "–",
                    heard.last?.description ?? "–", say.age(age), marked(heard.waiting),
                    marked(UInt64(heard.forks)),
                    (heard.producer ?? "–") + (heard.isOlder ? "!" : ""),
                    marked(UInt64(heard.oddDays)),
                    heard.unseenAnswers == 0 ? "–" : String(heard.unseenAnswers),
                    heard.lacks == 0 ? "–" : String(heard.lacks),
                ]
            }, numeric: [1], empty: say("Inga enheter än.", "No units yet."))
    }

    /// How the ideas stand, as bars and as a table.
    func statusBlock(_ say: Wording, _ title: String) -> ReportBlock {
        let table = statusTable(say, title)
        let bars = statusCounts(say)
        return bars.isEmpty ? .table(table) : .chart(BarChart(title: title, bars: bars), table)
    }

    /// How many ideas there are of each status, in the order of a life.
    private func statusCounts(_ say: Wording) -> [(name: String, value: Int)] {
        let counted = Dictionary(grouping: ideas, by: \.status).mapValues(\.count)
        let known = IdeaStatus.allCases.map(\.rawValue)
        let others = counted.keys.filter { !known.contains($0) }.sorted()
        return (known + others).compactMap { word in
            counted[word].map { (name: say.status(word), value: $0) }
        }
    }

    /// The same as a table.
    func statusTable(_ say: Wording, _ title: String) -> ReportTable {
        ReportTable(
            say("lagen", "statuses"), title, [say("Läge", "Status"), say("Idéer", "Ideas")],
            statusCounts(say).map { [$0.name, String($0.value)] }, numeric: [1],
            empty: say("Inga idéer än.", "No ideas yet."))
    }

    /// What meetings have lifted: the only lines of notes that leave the unit.
    func liftsTable(_ say: Wording, since: Day) -> ReportTable {
        ReportTable(
            say("lyft", "escalations"),
            say("Lyft från APT sedan \(since)", "Escalated from meetings since \(since)"),
            [
                say("Anteckning", "Note"), say("Lyft till", "Escalated to"), say("Text", "Text"),
                say("Svar väntas", "Answer expected"),
            ],
            meetings.filter { Day($0.day).map { $0 >= since } ?? false }.flatMap { meeting in
                meeting.lifts.map { [meeting.number, $0.to, $0.text, $0.due ?? "–"] }
            },
            empty: say(
                "Inget är lyft sedan \(since).", "Nothing has been escalated since \(since)."))
    }

    /// Ideas with one status, those that have had it longest first.
    func listed(_ status: IdeaStatus) -> [ReportIdea] {
        ideas.filter { $0.status == status.rawValue }
            .sorted { ($0.statusDay, Text($0.number)) < ($1.statusDay, Text($1.number)) }
    }
}
