public import SlussDomain

/// A report before it is a page or tables: what it says, in order, in one language.
///
/// Every text may come from outside; whoever writes the page or the tables makes it safe.
public struct ReportPage: Sendable {
    /// The language it is in.
    public let language: Language
    /// The heading.
    public let title: String
    /// One line under the heading: the day, and for whom.
    public let subtitle: String
    /// A sentence about what it is and who may read it.
    public let note: String
    /// The parts, in the order they are read.
    public var sections: [ReportSection]

    /// The tables, in order.
    public var tables: [ReportTable] {
        sections.flatMap(\.blocks).compactMap { block in
            switch block {
            case .table(let table), .chart(_, let table): table
            case .facts, .paragraph, .letters: nil
            }
        }
    }
}

/// A part of a report under a heading of its own.
public struct ReportSection: Sendable {
    /// The heading.
    let heading: String
    /// What it says.
    var blocks: [ReportBlock]

    init(_ heading: String, _ blocks: [ReportBlock]) {
        self.heading = heading
        self.blocks = blocks
    }
}

/// A piece of a report.
public enum ReportBlock: Sendable {
    /// A sentence or more.
    case paragraph(String)
    /// Names and what is to be said of them.
    case facts([ReportFact])
    /// Rows and columns.
    case table(ReportTable)
    /// A picture of numbers, and always the table that has the same numbers.
    case chart(BarChart, ReportTable)
    /// Texts to people: a heading, lines about it, and what was answered.
    case letters([ReportLetter])
}

/// A name and what is to be said of it.
public struct ReportFact: Sendable {
    let name: String
    let value: String
}

/// An idea and its answers, as they are read on a wall.
public struct ReportLetter: Sendable {
    let heading: String
    let about: String
    let paragraphs: [String]
}

/// Rows and columns; the first column names the row.
public struct ReportTable: Sendable {
    /// Its name as a file: ASCII letters and hyphens.
    public let name: String
    let caption: String
    let headings: [String]
    let rows: [[String]]
    /// Columns whose numbers are set to the right.
    var numeric: Set<Int> = []
    /// What is said if there are no rows.
    var empty: String = ""
    /// How many rows the page shows, though the CSV has them all; of 0, the page has no table.
    var shownMax = Int.max
    /// What the page says of the rows that it does not show.
    var rest = ""

    init(
        _ name: String, _ caption: String, _ headings: [String], _ rows: [[String]],
        numeric: Set<Int> = [], empty: String = ""
    ) {
        self.name = name
        self.caption = caption
        self.headings = headings
        self.rows = rows
        self.numeric = numeric
        self.empty = empty
    }

    /// The table as CSV (RFC 4180), safe for spreadsheets.
    public var csv: String {
        ([headings] + rows).map { row in
            row.map(CSVField.encode).joined(separator: ",") + "\r\n"
        }.joined()
    }
}

/// Bars, one for each name, with the number written at each.
public struct BarChart: Sendable {
    let title: String
    let bars: [(name: String, value: Int)]
}
