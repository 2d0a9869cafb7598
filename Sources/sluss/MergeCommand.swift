import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct MergeCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Slå ihop paket med lagret: filer eller mappar, i vilken ordning som helst.",
            "Merge bundles into the store: files or folders, in any order.",
            example: "sluss merge /media/stick",
            more: Phrase(
                "Samma paket två gånger gör ingen skada. Slutstatus: 0 klart, 3 klart men någon måste titta, 12 paketet togs inte emot, 14 ett tidigare paket saknas.",
                "Merging a bundle twice is safe. Exit status: 0 done, 3 done but a person must look, 12 refused, 14 an earlier bundle is missing."
            ), name: "merge")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    @Flag(
        help: ArgumentHelp(
            say(
                "Visa vad som skulle hända, och ändra inget.",
                "Show what would happen, and change nothing.")))
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            say(
                "Slå bara ihop om det blir som förhandsvisningen sade: koden som --dry-run visade.",
                "Merge only if it comes out as planned: the code that --dry-run showed."),
            valueName: "digest"))
    var expect: String?

    @Flag(
        help: ArgumentHelp(
            say(
                "Släpp in ett paket som ändrar ovanligt mycket av det som finns här.",
                "Let a bundle in that changes unusually much of what is here.")))
    var allowMassChange = false

    @Flag(
        help: ArgumentHelp(
            say(
                "Släpp in ett paket som är ovanligt stort.",
                "Let a bundle in that is unusually large.")))
    var allowLarge = false

    @Option(
        help: ArgumentHelp(
            say(
                "Ångra en sammanslagning, efter numret som den skrev ut. Läs in paketen igen för att ta tillbaka det.",
                "Undo a merge, by the number that it printed. Merge the bundles again to take that back."
            ), valueName: "run"))
    var undo: Int64?

    @Option(
        help: ArgumentHelp(
            say(
                "Ta tillbaka en ångring när paketen inte finns kvar.",
                "Take an undoing back when the bundles are gone."), valueName: "run"))
    var redo: Int64?

    @Flag(
        help: ArgumentHelp(
            say(
                "Visa tidigare sammanslagningar och deras nummer.",
                "Show earlier merges and their numbers.")))
    var runs = false

    @Argument(
        help: ArgumentHelp(
            say("Paket, eller mappar med paket.", "Bundles, or folders of them."), valueName: "path"
        ),
        completion: .file(extensions: ["sluss"]))
    var paths: [String] = []

    func validate() throws {
        let asked = [undo != nil, redo != nil, runs, !paths.isEmpty].count { $0 }
        guard asked == 1, !((runs || redo != nil) && dryRun),
            expect == nil || !paths.isEmpty && !dryRun,
            !(allowMassChange || allowLarge) || !paths.isEmpty
        else {
            throw ValidationError(
                say(
                    "Ange paket eller mappar, eller --undo RUN, --redo RUN eller --runs.",
                    "Give bundles or folders, or --undo RUN, --redo RUN or --runs."))
        }
    }

    func perform() throws -> Answer {
        if runs { return try MergeRunsAnswer.answer(common.reading().mergeRuns()) }
        if let redo {
            let (writes, records) = try common.writing("merge --redo").redo(run: redo)
            return UndoAnswer.redone(redo, writes: writes, records: records)
        }
        if let undo {
            return try UndoAnswer.answer(
                common.writing("merge --undo").undo(run: undo, isPlan: dryRun))
        }
        let report = try common.writing("merge", keys: keys.access).merge(
            paths, isPlan: dryRun, expecting: expect, allowing: allowed)
        var lines: [String] = []
        if dryRun {
            lines.append(say("[FÖRHANDSVISNING] Inget har ändrats.", "[PLAN] Nothing was changed."))
        }
        if report.forOthers > 0 {
            lines.append(
                count(
                    report.forOthers,
                    Phrase(
                        "paket är till någon annan, eller går inte att öppna här, och lämnades i fred.",
                        "bundle is for someone else, or cannot be opened here, and was left alone."),
                    Phrase(
                        "paket är till andra, eller går inte att öppna här, och lämnades i fred.",
                        "bundles are for others, or cannot be opened here, and were left alone.")))
        }
        if report.bundles.isEmpty, report.forOthers == 0 {
            lines.append(say("Inga paket där.", "No bundles there."))
        }
        lines += report.bundles.map(Self.line)
        // What was erased by decision would not come back, and such a run is not undone.
        let hasErased = report.bundles.contains { $0.erasedRecords > 0 }
        if let run = report.run, !report.bundles.isEmpty, !hasErased {
            lines.append(
                say(
                    "Ångra med: sluss merge --undo \(run)", "Undo with: sluss merge --undo \(run)"))
        }
        if dryRun, !report.bundles.isEmpty {
            let code = report.planDigest.description.prefix(12)
            lines.append(
                say(
                    "Gör precis detta med: sluss merge --expect \(code) …",
                    "Do exactly this with: sluss merge --expect \(code) …"))
        }
        if !report.conflicts.isEmpty {
            let count = report.conflicts.count
            lines.append(
                say(
                    "[OLIKA BESKED] \(count) att avgöra:",
                    "[CONFLICTING ANSWERS] \(count) to settle:"))
            lines += report.conflicts.map { $0.block() }
        }
        return Answer(
            text: lines.joined(separator: "\n") + "\n", json: MergeJSON(report),
            status: report.status)
    }

    private var allowed: MergeAllowance {
        var allowed: MergeAllowance = []
        if allowMassChange { allowed.insert(.massChange) }
        if allowLarge { allowed.insert(.largeBundle) }
        return allowed
    }

    private static func line(_ report: BundleReport) -> String {
        let file = DisplayText.line(report.file)
        let who = report.summary.map { summary in
            let sender = "\(summary.unit)\(summary.machine)"
            return "\(DisplayText.line(summary.name)) (\(sender)), "
                + say("paket", "bundle") + " \(summary.number)"
        }
        let name = who ?? file
        switch report.outcome {
        case .merged:
            return say("[KLAR] ", "[DONE] ") + name + ": " + contents(report) + "."
                + missing(report) + notes(report)
        case .nothingNew:
            return say(
                "[KLAR] \(name): inget nytt, allt fanns redan här.",
                "[DONE] \(name): nothing new, all of it was here already.") + notes(report)
        case .refused(let error):
            return say("[INTE INLÄST] ", "[NOT MERGED] ") + file
                + (who.map { " – \($0)" } ?? "") + "\n   "
                + (report.gap.map { gap($0, report.missingNumbers) }
                    ?? Explanation(of: error).phrase.said) + notes(report)
        }
    }

    /// What a person should know besides.
    private static func notes(_ report: BundleReport) -> String {
        var lines = report.trustNotes
        if !report.sharedNumbers.isEmpty {
            let list = report.sharedNumbers.map(DisplayText.line).joined(separator: ", ")
            lines.append(
                say(
                    "[TITTA] Samma nummer på två poster: \(list). Ge den ena ett nytt med ”edit ID --new-number”.",
                    "[LOOK] The same number on two records: \(list). Give one a new one with “edit ID --new-number”."
                ))
        }
        if report.wasSetBack {
            lines.append(
                say(
                    "[TITTA] Det här lagret har satts tillbaka, eller finns i två exemplar: avsändaren har skrivningar härifrån som inte fanns här. Det fortsätter under ett nytt namn, och det som saknas kommer tillbaka. Visa samordnaren.",
                    "[LOOK] This store was set back, or there are two of it: the sender has writes of it that were not here. It goes on under a new name, and what is missing comes back. Show the coordinator."
                ))
        }
        for fork in report.forks { lines.append(say("[TITTA] ", "[LOOK] ") + fork.phrase.said) }
        if report.asides > 0 {
            let writes = count(
                report.asides, Phrase("skrivning räknas inte", "write does not count"),
                Phrase("skrivningar räknas inte", "writes do not count"))
            lines.append(
                say(
                    "[TITTA] \(writes): något i dem går inte ihop. De finns kvar; resten är inläst. Se ”sluss check”.",
                    "[LOOK] \(writes): something in them does not fit. They are kept; the rest is merged. See “sluss check”."
                ))
        }
        lines += report.personalNumbers.lines(Speech.language)
        if report.erasedRecords > 0 {
            let records = count(
                report.erasedRecords, Phrase("post", "record"), Phrase("poster", "records"))
            lines.append(
                say(
                    "[BORTTAGET] Text i \(records) tas bort för gott, efter beslut hos centralen; också det som skrivits här i samma fält. Det går inte att ångra.",
                    "[ERASED] Text of \(records) goes for good, by a decision at the central; what was written here in the same fields goes, too. It cannot be undone."
                ))
        }
        if report.unknownRecords > 0 {
            let records = inRecords(report.unknownRecords)
            lines.append(
                say(
                    "[KRÄVER NYARE SLUSS] \(records) har något som inte visas här. Det är sparat och skickas vidare.",
                    "[NEEDS A NEWER SLUSS] \(records) with something not shown here. It is kept and passed on."
                ))
        }
        return lines.map { "\n   " + $0 }.joined()
    }

    private static func contents(_ report: BundleReport) -> String {
        let changed = report.records - report.newRecords
        var parts = [
            count(
                report.writes, Phrase("ny skrivning", "new write"),
                Phrase("nya skrivningar", "new writes"))
        ]
        if report.newRecords > 0 {
            parts.append(
                count(
                    report.newRecords, Phrase("ny post", "new record"),
                    Phrase("nya poster", "new records")))
        }
        if changed > 0 {
            parts.append(
                count(
                    changed, Phrase("post ändrad", "record changed"),
                    Phrase("poster ändrade", "records changed")))
        }
        if report.parallelRecords > 0 {
            parts.append(
                say(
                    "\(report.parallelRecords) på två håll samtidigt",
                    "\(report.parallelRecords) in two places at once"))
        }
        return parts.joined(separator: ", ")
    }

    private static func missing(_ report: BundleReport) -> String {
        guard let numbers = report.missingNumbers else { return "" }
        let bundles = Self.bundles(numbers)
        return say(
            "\n   \(bundles) har inte kommit hit, men inget saknas.",
            "\n   \(bundles) not come here, but nothing is missing.")
    }

    private static func bundles(_ numbers: ClosedRange<UInt64>) -> String {
        numbers.count == 1
            ? say("Paket \(numbers.lowerBound)", "Bundle \(numbers.lowerBound) has")
            : say(
                "Paket \(numbers.lowerBound)–\(numbers.upperBound)",
                "Bundles \(numbers.lowerBound)–\(numbers.upperBound) have")
    }

    /// What is missing before a bundle that waits, in which unit's log, and what to do.
    private static func gap(_ gap: Gap, _ numbers: ClosedRange<UInt64>?) -> String {
        let unit = gap.unit.map { "\($0)" } ?? say("okänd enhet", "an unknown unit")
        let writes =
            gap.from == gap.to
            ? say("skrivning \(gap.from)", "write \(gap.from)")
            : say("skrivningarna \(gap.from)–\(gap.to)", "writes \(gap.from)–\(gap.to)")
        let bundles = numbers.map(Self.bundles)
        let which =
            bundles.map { say(" \($0) har inte kommit hit.", " \($0) not come here.") } ?? ""
        if gap.isUndone {
            return say(
                "[VÄNTAR] \(unit): \(writes) finns här men är ångrade. ”sluss merge --runs” visar vilken sammanslagning; ta tillbaka den med ”sluss merge --redo RUN” först. Inget ur paketet har lästs in.",
                "[WAITS] \(unit): \(writes) here, but undone. “sluss merge --runs” shows which merge; take it back with “sluss merge --redo RUN” first. Nothing of the bundle was merged."
            )
        }
        return say(
            "[VÄNTAR] \(unit): \(writes) saknas.\(which) Läs in det som saknas först, eller skicka ut till enheten så att den skickar om. Inget ur paketet har lästs in.",
            "[WAITS] \(unit): \(writes) missing.\(which) Merge what is missing first, or export to the unit so that it sends again. Nothing of the bundle was merged."
        )
    }
}

extension MergeReport {
    /// How the run ended: the worst of its bundles if none went in, else whether to look.
    var status: ExitStatus {
        let refusals = bundles.compactMap { bundle -> ExitStatus? in
            guard case .refused(let error) = bundle.outcome else { return nil }
            return Explanation(of: error).status
        }
        if !refusals.isEmpty, refusals.count == bundles.count { return .worst(refusals) }
        let isQuiet = refusals.isEmpty && conflicts.isEmpty && !bundles.contains(where: \.wantsLook)
        return isQuiet ? .done : .look
    }
}
