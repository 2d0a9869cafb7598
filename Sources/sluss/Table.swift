import SlussDomain

/// Rows under headings, in columns as wide as their widest field.
struct Table {
    let headings: [String]
    var rows: [[String]] = []

    /// The widest that a column may be; what is longer is cut and marked.
    private static let widthMax = 48

    /// The table as text for a terminal; every field is made safe to show.
    var text: String {
        let lines = ([headings] + rows).map { row in row.map(Self.fitted) }
        let widths = headings.indices.map { column in
            lines.map { $0[column].count }.max() ?? 0
        }
        return lines.map { line in
            let fields = zip(line, widths).map { field, width in
                field + String(repeating: " ", count: max(0, width - field.count))
            }
            return fields.joined(separator: "  ").trimmedEnd + "\n"
        }.joined()
    }

    /// The table as CSV (RFC 4180), safe for spreadsheets.
    var csv: String {
        ([headings] + rows).map { row in
            row.map(CSVField.encode).joined(separator: ",") + "\r\n"
        }.joined()
    }

    private static func fitted(_ field: String) -> String {
        let safe = DisplayText.line(field)
        return safe.count > widthMax ? safe.prefix(widthMax - 1) + "…" : safe
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var rest = self[...]
        while rest.last == " " { rest = rest.dropLast() }
        return String(rest)
    }
}

/// How a list is shown.
enum ListFormat: String, CaseIterable {
    case table
    case csv
    case json
}
