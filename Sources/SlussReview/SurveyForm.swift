public import SlussDomain

/// The survey as a page to print and fill in with a pen.
public enum SurveyForm {
    /// The page: the sentences in one language, with the other below each.
    public static func html(_ language: Language) -> String {
        let say = Wording(language: language)
        let title = say("Enkät till chefer", "Survey of managers")
        var page = """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="\(ReportPage.generator)">
            <title>\(title)</title>
            <style>
            \(PageStyle.css)
            \(style)
            </style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>
            <p class="note">\(say(
                "Skriv inget namn, ingen enhet och inget om någon enskild. 1 stämmer inte alls, 5 stämmer helt. Kryssa i en ruta på varje rad; ”?” är ”kan inte bedöma”.",
                "Write no name, no unit and nothing about anyone. 1 do not agree at all, 5 fully agree. Tick one box in each row; “?” is “cannot judge”."))</p>
            <p>\(say("Förvaltning", "Administration")): ______________________________</p>
            <p>\(say("Chefsnivå", "Level")): \(SurveyLevel.allCases.map { "☐ " + HTMLText.line($0.phrase(language)) }.joined(separator: "  "))</p>
            </header>
            <main>

            """
        for dimension in SurveyDimension.allCases { page += section(dimension, language, say) }
        return page + "</main>\n</body>\n</html>\n"
    }

    /// The boxes stand below each other on the whole page.
    private static let style = """
        h2 { font-size: 1.05rem; margin: 1rem 0 0; padding-top: .4rem; }
        .box { width: 2.5rem; min-width: 0; padding-right: 0; text-align: center; }
        td.box { font-size: 1.25rem; line-height: 1.2; }
        small { color: #444; }
        @media print { section { break-inside: avoid; } h2 { margin-top: .5rem; } }
        """

    private static func section(
        _ dimension: SurveyDimension, _ language: Language, _ say: Wording
    ) -> String {
        let name = HTMLText.line(dimension.phrase(language))
        let other: Language = language == .swedish ? .english : .swedish
        let marks = ["1", "2", "3", "4", "5", "?"]
        let id = "part-\(dimension.rawValue)"
        var text = "<section>\n<h2 id=\"\(id)\">\(name)</h2>\n<table aria-labelledby=\"\(id)\">\n"
        text += "<thead><tr><th scope=\"col\">" + say("Påstående", "Sentence") + "</th>"
        text += marks.map { "<th scope=\"col\" class=\"box\">\($0)</th>" }.joined()
        text += "</tr></thead>\n<tbody>\n"
        for place in dimension.places {
            let item = SurveyItem.all[place]
            text += "<tr><th scope=\"row\">\(item.id) \(HTMLText.line(item.phrase(language)))"
            text += "<br><small lang=\"\(other.rawValue)\">"
            text += HTMLText.line(item.phrase(other)) + "</small></th>"
            text += marks.map { _ in "<td class=\"box short\">☐</td>" }.joined() + "</tr>\n"
        }
        return text + "</tbody>\n</table>\n</section>\n"
    }
}
