import SlussDomain

/// Reads a page out line by line, for a screen reader or a pipe.
///
/// Nothing that has been written is written over; the question comes last.
struct PlainTranscript {
    let texts: Texts
    let isASCII: Bool

    /// The page as lines; they end with the question.
    func lines(of page: Page) -> [String] {
        var lines = ["", "== " + shown(page.heading) + " =="]
        if page.leadsWithNotice, let notice = page.notice { lines.append(shown(notice.text)) }
        lines += (page.body + page.columns.joined()).map { shown($0.text) }
        if !page.leadsWithNotice, let notice = page.notice { lines.append(shown(notice.text)) }
        return lines + question(page)
    }

    /// What is asked, with the choices.
    func question(_ page: Page) -> [String] {
        switch page.prompt {
        case .choice(let choices, _) where choices.isEmpty:
            return []
        case .choice(let choices, let preselected):
            let list = choices.map { "\($0.key)  " + shown($0.label) }
            let ask =
                preselected.map { texts(.plainChoiceOr, ["number": String($0)]) }
                ?? texts(page.prompt.hasLetters ? .plainKey : .plainChoice)
            return list + [shown(ask)]
        case .text(let prompt):
            var lines = [shown(prompt.question)]
            if !prompt.initial.isEmpty {
                lines.append(shown(texts(.plainStands)))
                lines += prompt.initial.split(
                    separator: "\n", omittingEmptySubsequences: false
                ).map { "  " + shown(String($0)) }
            }
            let ask: TextKey =
                switch (prompt.isMultiline, prompt.initial.isEmpty) {
                case (true, true): .plainBlock
                case (true, false): .plainBlockStands
                case (false, true): .plainLine
                case (false, false): .plainLineStands
                }
            return lines + [shown(texts(ask))]
        }
    }

    private func shown(_ text: String) -> String {
        let line = DisplayText.line(text)
        return isASCII ? PlainCharacters.of(line) : line
    }
}
