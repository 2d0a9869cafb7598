import SlussBundle
import SlussCore

/// What must be left of one record when everything has been merged.
struct Expectation {
    /// The op of a unit that gave a value.
    struct Origin: Hashable {
        let unit: Int
        /// The op's number at the unit, from 1.
        let sequence: Int
    }

    let record: RecordID
    let isIdea: Bool
    /// The values that no later op has replaced: more than one are a live conflict.
    let fields: [(field: WorkloadField, origins: [Origin])]

    /// Hands out what `expected.ndjson` of a workload says of each record.
    static func forEach(in workload: Workload, _ body: (Expectation) throws -> Void) throws {
        let file = try LineFile(path: "\(workload.folder)/expected.ndjson")
        let json = StrictJSON()
        while let line = file.next() {
            guard let value = try? json.value(line[...]), let expectation = Expectation(value)
            else { throw WorkloadFailure(what: "a line of \(file.path) cannot be read") }
            try body(expectation)
        }
    }

    private init?(_ value: FieldValue) {
        guard let record = value["r"]?.asText.flatMap(WorkloadReader.recordID),
            case .structure(let members) = value["f"]
        else { return nil }
        self.record = record
        isIdea = value["t"]?.asText == "idea"
        var fields: [(field: WorkloadField, origins: [Origin])] = []
        for (name, list) in members.sorted(by: { Text($0.key) < Text($1.key) }) {
            guard let field = WorkloadField(rawValue: name), case .list(let values) = list else {
                return nil
            }
            fields.append((field, values.compactMap(Self.origin)))
        }
        self.fields = fields
    }

    private static func origin(_ value: FieldValue) -> Origin? {
        guard case .list(let parts) = value, parts.count == 3, let unit = parts[0].asInteger,
            let sequence = parts[1].asInteger
        else { return nil }
        return Origin(unit: Int(unit), sequence: Int(sequence))
    }
}
