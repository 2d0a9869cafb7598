import Foundation
import _SlussTestSupport

/// A workload of three units, small enough to be read, in the form of `workload.py`.
///
/// An idea's status is changed at two units at once, and later by a third that has seen both; a
/// note's text is changed at two units at once, and stays so.
struct MadeUpWorkload {
    private static let idea = "01K742PAYZD880E1QARQFD2DAM"
    private static let note = "01K742P2279JWKTZMJMHFWPWBX"
    private static let other = "01K742W864FWX1KQ1FT9WDPMQ1"

    let folder: TemporaryFolder
    /// The workload's folder.
    var path: String { folder.path("workload") }

    /// Writes the workload.
    ///
    /// - Parameter lastStatus: What the idea's status is to be in the end.
    init(lastStatus: String = "införd") throws {
        folder = try TemporaryFolder()
        _ = try folder.folder("workload")
        let manifest =
            #"{"units":3,"ops":24,"same_field_pairs":2,"live_conflicts":1,"concurrent":0.5}"#
        try folder.write(Array(manifest.utf8), to: "workload/manifest.json")
        var units = [Unit(0), Unit(1), Unit(2)]
        units.pull(0)
        units[0].create(Self.idea, "idea")
        units[0].create(Self.note, "note")
        units[1].create(Self.other, "idea")
        units.pull(1)
        units[0].set(Self.idea, "idea", "status", "granskas")
        units[0].set(Self.idea, "idea", "title", "En bättre rubrik")
        units[1].set(Self.note, "note", "body", "Skrivet vid enhet 1.")
        units[2].set(Self.idea, "idea", "status", "avslagen")
        units[2].set(Self.note, "note", "body", "Skrivet vid enhet 2.")
        units.pull(2)
        units[2].set(Self.idea, "idea", "status", lastStatus)
        units[1].set(Self.idea, "idea", "body", "Allt är \"annorlunda\" nu.\nOch bättre.")
        for unit in units {
            try folder.write(Array(unit.text.utf8), to: "workload/unit-0\(unit.number).ndjson")
        }
        try folder.write(Array(Self.expected.utf8), to: "workload/expected.ndjson")
    }

    /// What must be left: unit and number of the ops.
    private static let expected = """
        {"r":"\(note)","t":"note","f":{"title":[[0,7,""]],"date":[[0,8,""]],"body":[[1,7,""],[2,2,""]],"participants":[[0,10,""]],"decisions":[[0,11,""]]}}
        {"r":"\(idea)","t":"idea","f":{"title":[[0,13,""]],"body":[[1,8,""]],"category":[[0,3,""]],"status":[[2,3,""]],"tags":[[0,5,""]],"author":[[0,6,""]]}}
        {"r":"\(other)","t":"idea","f":{"title":[[1,1,""]],"body":[[1,2,""]],"category":[[1,3,""]],"status":[[1,4,""]],"tags":[[1,5,""]],"author":[[1,6,""]]}}

        """

    /// What one unit does.
    struct Unit {
        let number: Int
        private(set) var sequence = 0
        private(set) var text = ""

        init(_ number: Int) { self.number = number }

        mutating func pull(_ seen: [Int], round: Int) {
            text += "{\"u\":\(number),\"round\":\(round),\"seen\":\(seen)}\n"
        }

        mutating func create(_ record: String, _ kind: String) {
            let fields =
                kind == "idea"
                ? ["title", "body", "category", "status", "tags", "author"]
                : ["title", "date", "body", "participants", "decisions"]
            for field in fields {
                let value =
                    switch field {
                    case "status": "ny"
                    case "date": "2026-03-09"
                    default: "\(field) från enhet \(number)"
                    }
                set(record, kind, field, value)
            }
        }

        mutating func set(_ record: String, _ kind: String, _ field: String, _ value: String) {
            sequence += 1
            let escaped = value.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            text +=
                "{\"u\":\(number),\"s\":\(sequence),\"r\":\"\(record)\",\"t\":\"\(kind)\",\"f\":\"\(field)\",\"v\":\"\(escaped)\",\"ts\":\(1_760_000_000_000 + sequence)}\n"
        }
    }
}

extension [MadeUpWorkload.Unit] {
    /// Every unit pulls all there is.
    fileprivate mutating func pull(_ round: Int) {
        let seen = map(\.sequence)
        for index in indices { self[index].pull(seen, round: round) }
    }
}
