import SlussDomain
import SlussSync

extension ReportPage {
    /// How a page says that Sluss has made it.
    public static let generator = "Sluss report"

    /// The page: one file that needs no other, no script and no network.
    public var html: String {
        var page = """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="\(Self.generator)">
            <title>\(HTMLText.line(title)) – \(HTMLText.line(subtitle))</title>
            <style>
            \(PageStyle.css)
            </style>
            </head>
            <body>
            <header>
            <h1>\(HTMLText.line(title))</h1>
            <p class="subtitle">\(HTMLText.line(subtitle))</p>
            <p class="note">\(HTMLText.line(note))</p>
            </header>
            <main>

            """
        for (index, section) in sections.enumerated() {
            page += section.html(index + 1)
        }
        return page + "</main>\n</body>\n</html>\n"
    }
}

extension ReportSection {
    fileprivate func html(_ number: Int) -> String {
        let id = "s\(number)"
        var text = "<section aria-labelledby=\"\(id)\">\n"
        text += "<h2 id=\"\(id)\">\(HTMLText.line(heading))</h2>\n"
        for (place, block) in blocks.enumerated() { text += block.html("\(id)-\(place + 1)") }
        return text + "</section>\n"
    }
}

extension ReportBlock {
    fileprivate func html(_ id: String) -> String {
        switch self {
        case .paragraph(let text): return "<p>\(HTMLText.block(text))</p>\n"
        case .facts(let facts):
            let rows = facts.map {
                "<div><dt>\(HTMLText.line($0.name))</dt><dd>\(HTMLText.line($0.value))</dd></div>\n"
            }
            return "<dl>\n\(rows.joined())</dl>\n"
        case .table(let table): return table.html(id)
        case .chart(let chart, let table): return chart.svg(id) + table.html(id)
        case .letters(let letters): return letters.map(\.html).joined()
        }
    }
}

extension ReportLetter {
    fileprivate var html: String {
        var text = "<article>\n<h3>\(HTMLText.line(heading))</h3>\n"
        text += "<p class=\"about\">\(HTMLText.line(about))</p>\n"
        for paragraph in paragraphs { text += "<p>\(HTMLText.block(paragraph))</p>\n" }
        return text + "</article>\n"
    }
}

extension ReportTable {
    fileprivate func html(_ id: String) -> String {
        if shownMax == 0 { return "" }
        if rows.isEmpty, !empty.isEmpty { return "<p>\(HTMLText.line(empty))</p>\n" }
        func cell(_ column: Int, _ value: String = "") -> String {
            // Days and codes are not broken at their hyphens.
            let isShort = value.count <= 20 && !value.contains(where: \.isWhitespace)
            return numeric.contains(column)
                ? " class=\"number\"" : isShort && !value.isEmpty ? " class=\"short\"" : ""
        }
        // A wide table scrolls by itself, also with the keyboard.
        var text =
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"\(id)-t\">\n"
        text += headings.count > 2 ? "<table>\n" : "<table class=\"few\">\n"
        text += "<caption id=\"\(id)-t\">\(HTMLText.line(caption))</caption>\n<thead><tr>"
        for (column, heading) in headings.enumerated() {
            text += "<th scope=\"col\"\(cell(column))>\(HTMLText.line(heading))</th>"
        }
        text += "</tr></thead>\n<tbody>\n"
        for row in rows.prefix(shownMax) {
            text += "<tr>"
            for (column, value) in row.enumerated() {
                text +=
                    column == 0
                    ? "<th scope=\"row\"\(cell(column, value))>\(HTMLText.line(value))</th>"
                    : "<td\(cell(column, value))>\(HTMLText.line(value))</td>"
            }
            text += "</tr>\n"
        }
        text += "</tbody>\n</table>\n</div>\n"
        return rows.count > shownMax ? text + "<p>\(HTMLText.line(rest))</p>\n" : text
    }
}
