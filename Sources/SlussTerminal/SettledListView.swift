import SlussCore
import SlussDomain

/// What has been settled here and can be opened again, the newest first.
struct SettledListView: View {
    private var rows: [SettledRow]?
    private var pager = Pager()

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        let rows = rows ?? []
        return Page(
            heading: texts(.settledList),
            body: [Page.Line(texts(rows.isEmpty ? .settledNone : .settledIntro), .faint)],
            prompt: .choice(
                pager.choices(rows, texts) { Self.label($0, texts) }
                    + [Page.Choice(9, texts(.toStart))], preselected: nil))
    }

    /// `OMS-HT-02-26-0003 – status · Införd · 2026-03-02`.
    private static func label(_ row: SettledRow, _ texts: Texts) -> String {
        [row.mark.place.title(texts), row.chosen(texts.language), row.day]
            .joined(separator: " · ")
    }

    func appearing(_ desk: Desk) -> [Effect] { [.listSettled] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .digit(let digit) = answer else { return .go(.back) }
        if digit == 9 { return .go(.start) }
        guard let row = pager.row(digit, of: rows ?? []) else { return Move() }
        return .go(.push(SettledPageView(row.mark)))
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        if case .settledConflicts(let found) = reply {
            rows = found
            if pager.first >= found.count { pager = Pager() }
        }
        return Move()
    }
}

/// One settled conflict: the values that were there, what was chosen, and the way back.
struct SettledPageView: View {
    private let mark: SettledMark
    private var card: SettledCard?

    init(_ mark: SettledMark) { self.mark = mark }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        var choices = [Page.Choice(9, texts(.toStart))]
        if card != nil { choices.insert(Page.Choice(key: "o", texts(.settledOpen)), at: 0) }
        var page = Page(
            heading: mark.place.title(texts), leadsWithNotice: true,
            prompt: .choice(choices, preselected: nil))
        guard let card else { return page }
        page.body = Self.body(card, texts)
        page.columns = ConflictPageView.columns(card.conflict, texts)
        page.body += ConflictPageView.below(card.conflict, texts)
        return page
    }

    private static func body(_ card: SettledCard, _ texts: Texts) -> [Page.Line] {
        let language = texts.language
        let settled = texts(
            .settledOn,
            [
                "day": card.day, "who": card.who(language),
                "reason": card.reason.isEmpty ? "–" : card.reason,
            ])
        return [
            Page.Line(
                [card.conflict.kind(language), card.conflict.row.unit].joined(separator: " · "),
                .faint),
            Page.Line(settled, .strong), Page.Line(texts(.settledChosen), .faint),
        ] + card.chosen.map { Page.Line("   " + $0(language)) }
            + ConflictPageView.beginning(card.conflict, texts)
    }

    func appearing(_ desk: Desk) -> [Effect] { card == nil ? [.showSettled(mark)] : [] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch answer {
        case .digit: .go(.start)
        case .letter: Move(effects: [.reopenSettled(card?.mark ?? mark)])
        default: .go(.back)
        }
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .settledConflict(let found):
            card = found
            return Move()
        case .reopened(let mark):
            let opened = desk.opened(mark)
            return .go(.replace(opened.view), notice: opened.notice)
        default: return Move()
        }
    }
}

extension Desk {
    /// The choice to take back what was settled last, if it is offered.
    var undoChoice: [Page.Choice] {
        lastSettled.map {
            [Page.Choice(key: "u", texts(.conflictUndo, ["number": $0.place.number]))]
        } ?? []
    }

    /// Where one stands when what was settled waits again: before its values, with `others` after it.
    mutating func opened(
        _ mark: SettledMark, before others: [String] = []
    ) -> (view: ConflictPageView, notice: Page.Line) {
        if lastSettled == mark { lastSettled = nil }
        let references = [mark.reference] + others.filter { $0 != mark.reference }
        return (
            ConflictPageView(references, at: 0, draftID: newDraftID()),
            Page.Line(texts(.conflictReopened, ["title": mark.place.title(texts)]), .good)
        )
    }
}
