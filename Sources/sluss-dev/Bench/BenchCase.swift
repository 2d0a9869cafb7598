/// One measurement: what is run, and which of its figures are shown.
struct BenchCase {
    /// A row of the table.
    struct Row {
        let label: String
        /// The name of this project's figure.
        let figure: String
        /// The names of the limit's figures, which are added up.
        let limitFigures: [String]
        let unit: Unit

        init(
            _ label: String, _ figure: String, limit: [String]? = nil, _ unit: Unit = .seconds
        ) {
            self.label = label
            self.figure = figure
            limitFigures = limit ?? [figure]
            self.unit = unit
        }
    }

    /// In what a figure is.
    enum Unit: String {
        case seconds = "s"
        case microseconds = "µs"
    }

    /// Its name, for `--only`.
    let name: String
    let rows: [Row]
    /// Runs it.
    let run: (BenchFolder) throws -> BenchRun
    /// Runs what the limit does instead; `nil` if it has nothing like it.
    var limit: ((BenchFolder, String) throws -> BenchRun)?
}
