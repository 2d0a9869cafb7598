import SlussCore
import SlussDomain

extension KPI {
    /// The key figures as rows: a name, the figure in words, and how it is counted.
    func rows(_ say: Wording) -> [[String]] { answerRows(say) + resultRows(say) }

    /// How many ideas come in, and when they are answered.
    private func answerRows(_ say: Wording) -> [[String]] {
        let language = say.language
        func median(_ median: KPIMedian?) -> String {
            guard let median else { return say("ingen än", "none yet") }
            let days = median.inWords(language)
            return say("\(days) dagar", "\(days) days")
        }
        let missing = ideasPerHundred.unknownUnits
        let note =
            missing == 0
            ? ""
            : say(
                " (\(say.units(missing)) utan antal är inte med)",
                " (\(say.units(missing)) without a headcount left out)")
        return [
            [
                say("Idéer per 100 medarbetare", "Ideas per 100 employees"),
                ideasPerHundred.inWords(language) + note,
                say("inlämnade under tolv månader", "handed in during twelve months"),
            ],
            [
                say("Svar inom 14 dagar", "Answer within 14 days"), answered.inWords(language),
                say(
                    "svaret syns på enheten; idéer äldre än 14 dagar",
                    "visible at the unit; ideas older than 14 days"),
            ],
            [
                say("Dagar till svar, median", "Days to answer, median"), median(answerMedian),
                say("av dem som har svar som syns", "of those with a visible answer"),
            ],
            [
                say("Besked inom 30 dagar", "Decision within 30 days"), decided.inWords(language),
                say("ja, test, vila eller nej", "yes, a test, a rest or no"),
            ],
            [
                say("Dagar till besked, median", "Days to decision, median"),
                median(decisionMedian),
                say("av dem som har besked som syns", "of those with a visible decision"),
            ],
        ]
    }

    /// What comes of them, and what the units do.
    private func resultRows(_ say: Wording) -> [[String]] {
        let language = say.language
        let half = HalfYear(of: end).previous
        let cohort = cohort(half)
        var rows = [
            [
                say("Genomförandegrad", "Brought into use"),
                cohort.implementedShare.inWords(language),
                say("av idéerna från ", "of the ideas of the ") + half.name(language),
            ],
            [
                say("Andel testade", "Tried"), cohort.testedShare.inWords(language),
                say("av idéerna från ", "of the ideas of the ") + half.name(language),
            ],
            [
                say(
                    "Genomförda förbättringar per 100 medarbetare",
                    "Improvements in use per 100 employees"),
                implementedPerHundred.inWords(language),
                say("införda under tolv månader", "in use during twelve months"),
            ],
            [
                say("Aktiva enheter", "Active units"), active.inWords(language),
                say(
                    "idé, justerad APT eller paket de senaste 60 dagarna",
                    "idea, signed note or bundle in the last 60 days"),
            ],
            [
                say("APT-åtgärder klara i tid", "Meeting actions done in time"),
                actions.inWords(language),
                say("av dem vars dag har passerat", "of those whose day has passed"),
            ],
        ]
        let spread = spreading
        rows.append([
            say("Spridning", "Spreading"),
            spread.whole == 0
                ? spread.inWords(language)
                : say(
                    "\(spread.part) på \(spread.whole) införda",
                    "\(spread.part) to \(spread.whole) in use"),
            say(
                "andra enheter som har infört en idé, på de idéer som är införda",
                "other units that have an idea in use, by the ideas in use"),
        ])
        let reach = say(
            "deltagare i aktiviteter; unika är de som var med för första gången",
            "participants of activities; persons are those who took part for the first time")
        rows += [
            [
                say("Informerade internt", "Informed inside"), informedInside.inWords(language),
                reach,
            ],
            [
                say("Nådda externt", "Reached outside"), reachedOutside.inWords(language), reach,
            ],
        ]
        rows.append([
            say("Idégivarnöjdhet", "Submitters' satisfaction"),
            satisfaction?.inWords(language)
                ?? say("färre än fem svar", "fewer than five answers"),
            say(
                "”ja” på om svaret var till hjälp, av dem som har svarat",
                "“yes” to whether the answer was of help, of those who have said"),
        ])
        if hasSurvey {
            rows.append([
                say("Enkätindex", "Survey index"), surveyText(say),
                say(
                    "0–100, medel av nio delar; den senaste stängda omgången",
                    "0–100, the mean of nine parts; the last closed round"),
            ])
        }
        return rows
    }

    /// `62 (2026, 61 svar; 2025: 58, +4 ungefär lika)`.
    private func surveyText(_ say: Wording) -> String {
        guard let (now, before) = survey else { return say("ingen enkät än", "no survey yet") }
        guard let total = now.whole.total else {
            return say("\(now.year): för få svar", "\(now.year): too few answers")
        }
        var text = say(
            "\(total.points) (\(now.year), \(total.count) svar",
            "\(total.points) (\(now.year), \(total.count) answers")
        if let before, let trend = now.trend(since: before), let then = before.whole.total {
            text += "; \(before.year): \(then.points), \(trend.inWords(say.language))"
        }
        return text + ")"
    }

    /// The table of the key figures.
    func table(_ say: Wording, _ caption: String) -> ReportTable {
        ReportTable(
            say("nyckeltal", "key-figures"), caption,
            [
                say("Nyckeltal", "Key figure"), say("Värde", "Value"),
                say("Räknas så", "Counted like this"),
            ], rows(say))
    }

    /// Ideas by month, as bars and as a table.
    func months(_ say: Wording) -> ReportBlock {
        let months = byMonth.map { year, month, count in
            (name: "\(Day.monthName(month)(say.language)) \(year)", value: count)
        }
        let title = say("Inlämnade idéer per månad", "Ideas handed in by month")
        return .chart(
            BarChart(title: title, bars: months),
            ReportTable(
                say("ideer-per-manad", "ideas-by-month"), title,
                [say("Månad", "Month"), say("Idéer", "Ideas")],
                months.map { [$0.name, String($0.value)] }, numeric: [1]))
    }
}
