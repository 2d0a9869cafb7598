import SlussDomain

/// Which stick or folder.
struct PlaceListView: View {
    private var places: [Place]?
    private var pager = Pager()
    private var isTyping = false

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        if isTyping {
            return Page(
                heading: texts(.exchange), prompt: .text(.line(texts(.askFolder), limit: 1000)))
        }
        let places = places ?? []
        return Page(
            heading: texts(.exchange),
            body: [Page.Line(texts(places.isEmpty ? .noPlaces : .whichPlace))],
            prompt: .choice(
                pager.choices(places, texts) {
                    $0.bundles == 0
                        ? $0.path
                        : $0.path + " · " + texts.count($0.bundles, .bundleThere, .bundlesThere)
                } + [Page.Choice(9, texts(.otherFolder))], preselected: nil))
    }

    func appearing(_ desk: Desk) -> [Effect] { [.listPlaces] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch answer {
        case .back:
            guard isTyping else { return .go(.back) }
            isTyping = false
            return Move()
        case .text(let folder):
            isTyping = false
            return folder.isEmpty ? Move() : .go(.push(ExchangeView(folder: folder)))
        case .digit(9):
            isTyping = true
            return Move()
        case .digit(let digit):
            guard let place = pager.row(digit, of: places ?? []) else {
                return Move(effects: [.listPlaces])
            }
            return .go(.push(ExchangeView(folder: place.path)))
        case .letter: return Move()
        }
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        if case .places(let found) = reply { places = found }
        return Move()
    }
}

/// Reading in from a folder and laying a bundle there.
struct ExchangeView: View {
    private enum Step {
        case asking
        case working
        case passphrase
        case done(ExchangeReport)
    }

    private var exchange: Exchange
    private var step = Step.asking

    init(folder: String) {
        exchange = Exchange(folder: folder, readsIn: true, lays: true)
    }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        var page = Page(
            heading: texts(.exchange), body: [Page.Line(exchange.folder, .faint)],
            prompt: .choice([], preselected: nil))
        switch step {
        case .asking:
            page.body.append(Page.Line(texts(.publicRecordWarning)))
            page.prompt = .choice(
                [
                    Page.Choice(1, texts(.exchangeBoth)), Page.Choice(2, texts(.exchangeLay)),
                    Page.Choice(3, texts(.exchangeRead)),
                ], preselected: 1)
        case .working:
            page.body.append(Page.Line(texts(.exchangeWorking), .strong))
        case .passphrase:
            page.prompt = .text(.secret(texts(.askPassphrase)))
        case .done(let report):
            page.body = Self.lines(report, texts)
            page.prompt = .choice([Page.Choice(1, texts(.toStart))], preselected: 1)
        }
        return page
    }

    private static func lines(_ report: ExchangeReport, _ texts: Texts) -> [Page.Line] {
        let language = texts.language
        var lines = report.read.map { Page.Line($0(language), .good) }
        lines += report.refused.map { Page.Line($0(language), .warning) }
        if !report.newAnswers.isEmpty {
            lines.append(
                Page.Line(
                    texts.count(report.newAnswers.count, .newForUsOne, .newForUsMany), .strong))
            lines += report.newAnswers.prefix(8).map { Page.Line("   " + $0) }
        }
        if report.conflicts > 0 {
            lines.append(
                Page.Line(
                    texts.count(report.conflicts, .conflictOne, .conflictMany), .warning))
        }
        if let number = report.bundle {
            lines.append(
                Page.Line(
                    texts(
                        report.records == 0 ? .laidReceipt : .laid,
                        [
                            "number": String(number),
                            "records": texts.count(Int(report.records), .recordOne, .recordMany),
                        ]), .good))
            lines.append(
                Page.Line(
                    report.confirmed > 0
                        ? texts(.confirmed, ["number": String(report.confirmed)])
                        : texts(.nothingConfirmed)))
            lines.append(Page.Line("   " + report.file, .faint))
        }
        if report.hadNothingNew { lines.append(Page.Line(texts(.nothingToLay), .good)) }
        if let failure = report.failure { lines.append(Page.Line(failure(language), .warning)) }
        if lines.isEmpty { lines.append(Page.Line(texts(.nothingThere))) }
        return lines
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch (step, answer) {
        case (.asking, .digit(let digit)):
            exchange.readsIn = digit != 2
            exchange.lays = digit != 3
            step = .working
            return Move(effects: [.exchange(exchange)])
        case (.passphrase, .text(let passphrase)):
            guard !passphrase.isEmpty else {
                step = .asking
                return Move()
            }
            exchange.passphrase = passphrase
            step = .working
            return Move(effects: [.exchange(exchange)])
        case (.passphrase, .back):
            step = .asking
            return Move()
        case (.done, _): return .go(.start)
        case (_, .back): return .go(.back)
        default: return Move()
        }
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .exchanged(let report):
            exchange.passphrase = nil
            step = .done(report)
        case .needsPassphrase(let wasWrong):
            exchange.passphrase = nil
            step = .passphrase
            if wasWrong {
                return Move(notice: Page.Line(desk.texts(.wrongPassphrase), .warning))
            }
        case .failed:
            exchange.passphrase = nil
            step = .asking
        default: break
        }
        return Move()
    }
}
