import SlussDomain
import SlussSync

/// Where something stands that looks like a personal number, in JSON: never the digits.
struct PersonalNumberJSON: Encodable {
    let record: String
    let field: String
    let level: String
    let count: Int
}

extension PersonalNumberReport {
    /// The sightings in JSON.
    var json: [PersonalNumberJSON] {
        sightings.map { sighting in
            let level =
                switch sighting.level {
                case .possible: "possible"
                case .likely: "likely"
                case .certain: "certain"
                }
            return PersonalNumberJSON(
                record: sighting.record, field: sighting.field, level: level,
                count: sighting.count)
        }
    }
}
