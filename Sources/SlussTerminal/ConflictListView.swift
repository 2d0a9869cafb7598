import SlussDomain

/// The conflicts: those that wait first, then those that have been put off.
struct ConflictListView: View {
    private var rows: [ConflictRow]?
    private var pager = Pager()

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        let rows = rows ?? []
        let putOff = rows.count(where: \.isPutOff)
        let count = texts(
            .conflictsCount,
            ["number": String(rows.count - putOff), "later": String(putOff)])
        return Page(
            heading: texts(.deskConflicts),
            body: [Page.Line(rows.isEmpty ? texts(.conflictsNone) : count, .faint)],
            prompt: .choice(
                pager.choices(rows, texts) { Self.label($0, texts) }
                    + [Page.Choice(9, texts(.toStart)), Page.Choice(key: "a", texts(.settledList))]
                    + desk.undoChoice, preselected: nil))
    }

    /// `OMS-HT-02-26-0003 – status · Lomtjärns hemtjänst · 2 värden · 3 dagar`.
    static func label(_ row: ConflictRow, _ texts: Texts) -> String {
        var parts = [
            row.title(texts), row.unit, texts(.conflictValues, ["number": String(row.values)]),
            age(row.age, texts),
        ]
        if row.isPutOff { parts.append(texts(.conflictIsPutOff)) }
        return parts.joined(separator: " · ")
    }

    /// Since when the values differ.
    static func age(_ days: Int, _ texts: Texts) -> String {
        days < 1 ? texts(.conflictToday) : texts.count(days, .conflictDay, .conflictDays)
    }

    func appearing(_ desk: Desk) -> [Effect] { [.listConflicts] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch answer {
        case .letter("a"): return .go(.push(SettledListView()))
        case .letter: return Move(effects: desk.lastSettled.map { [.reopenSettled($0)] } ?? [])
        default: break
        }
        guard case .digit(let digit) = answer else { return .go(.back) }
        if digit == 9 { return .go(.start) }
        let rows = rows ?? []
        guard let row = pager.row(digit, of: rows) else { return Move() }
        // Whoever settles goes from one that waits to the next, not to those that are put off.
        let references = rows.filter { $0.isPutOff == row.isPutOff }.map(\.reference)
        return .go(
            .push(
                ConflictPageView(
                    references, at: references.firstIndex(of: row.reference) ?? 0,
                    draftID: desk.newDraftID())))
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .conflicts(let found):
            rows = found
            if pager.first >= found.count { pager = Pager() }
        case .reopened(let mark):
            let opened = desk.opened(mark)
            return .go(.push(opened.view), notice: opened.notice)
        default: break
        }
        return Move()
    }
}
