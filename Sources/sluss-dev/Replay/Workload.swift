import Foundation

/// A workload of the peers' benchmark, as `workload.py` writes it.
struct Workload {
    let folder: String
    /// How many units there are.
    let units: Int
    /// How many ops of all units.
    let ops: Int64
    /// How many conflicts merges must detect.
    let sameFieldPairs: Int64
    /// How many of them no later op has settled.
    let liveConflicts: Int64

    /// Reads what the workload says of itself.
    init(folder: String) throws {
        self.folder = folder
        let path = folder + "/manifest.json"
        guard let data = FileManager.default.contents(atPath: path),
            let manifest = Self.numbers(data)
        else { throw WorkloadFailure(what: "no workload in \(folder)") }
        func number(_ name: String) throws -> Int64 {
            guard let number = manifest[name] else {
                throw WorkloadFailure(what: "\(path) has no \(name)")
            }
            return number
        }
        units = Int(try number("units"))
        ops = try number("ops")
        sameFieldPairs = try number("same_field_pairs")
        liveConflicts = try number("live_conflicts")
    }

    /// The whole numbers of an object; its fractions are of no use here.
    private static func numbers(_ data: Data) -> [String: Int64]? {
        let found = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        return found?.compactMapValues { ($0 as? NSNumber)?.int64Value }
    }

    /// The file of a unit.
    func path(ofUnit unit: Int) -> String {
        "\(folder)/unit-\(Self.twoDigits(unit)).ndjson"
    }

    /// A unit's or a round's number, as the workload's file names have it.
    static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}

/// A workload is not as it must be, or cannot be replayed.
struct WorkloadFailure: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
