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

    private static func section(
        _ dimension: SurveyDimension, _ language: Language, _ say: Wording
    ) -> String {
        let name = HTMLText.line(dimension.phrase(language))
        let other: Language = language == .swedish ? .english : .swedish
        let marks = ["1", "2", "3", "4", "5", "?"]
        var text = "<section>\n<h2>\(name)</h2>\n<div class=\"scroll\">\n<table>\n"
        text += "<caption>\(name)</caption>\n<thead><tr><th scope=\"col\">"
        text += say("Påstående", "Sentence") + "</th>"
        text += marks.map { "<th scope=\"col\">\($0)</th>" }.joined() + "</tr></thead>\n<tbody>\n"
        for place in dimension.places {
            let item = SurveyItem.all[place]
            text += "<tr><th scope=\"row\">\(item.id) \(HTMLText.line(item.phrase(language)))"
            text += "<br><small lang=\"\(other.rawValue)\">"
            text += HTMLText.line(item.phrase(other)) + "</small></th>"
            text += marks.map { _ in "<td>☐</td>" }.joined() + "</tr>\n"
        }
        return text + "</tbody>\n</table>\n</div>\n</section>\n"
    }
}
