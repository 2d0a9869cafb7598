import SlussCore
import SlussDomain

/// A field of the workload's records, and which of Sluss's fields stands for it.
///
/// Every field is one plain register, written with `set`, so that concurrent values conflict
/// exactly as in the workload: what Sluss itself writes with `add` or `own` would not. All are
/// fields that the kinds know, so that their conflicts are listed and nothing counts as unknown.
///
/// | workload | idea | note |
/// |---|---|---|
/// | title | `title`, searched | `item.1.title`, searched |
/// | body | `problem`, searched | `item.1.text`, searched |
/// | category | `unit`: a text that is not searched | |
/// | status | `status`, listed by, as `state` of the structure | |
/// | tags | `effect`: a text, searched | |
/// | author | `submitter`, as `name` of the structure | |
/// | date | | `day`, listed by |
/// | participants | | `present`, as `names` of a structure |
/// | decisions | | `decision.1.text`, searched |
///
/// An idea's own `category` is a set and its `unit` is shown from the audience, so `unit` is free.
/// The limit searches title, body and decisions; the tags are searched here besides.
enum WorkloadField: String, CaseIterable {
    case title
    case body
    case category
    case status
    case tags
    case author
    case date
    case participants
    case decisions

    /// The fields of an idea, in the order in which one is created.
    static let ofIdea: [WorkloadField] = [.title, .body, .category, .status, .tags, .author]
    /// The fields of a note, in the order in which one is created.
    static let ofNote: [WorkloadField] = [.title, .date, .body, .participants, .decisions]

    /// The field in Sluss.
    func path(inIdea isIdea: Bool) -> FieldPath {
        switch self {
        case .title: isIdea ? "title" : "item.1.title"
        case .body: isIdea ? "problem" : "item.1.text"
        case .category: "unit"
        case .status: "status"
        case .tags: "effect"
        case .author: "submitter"
        case .date: "day"
        case .participants: "present"
        case .decisions: "decision.1.text"
        }
    }

    /// The value in Sluss.
    func value(_ text: String) -> FieldValue {
        switch self {
        case .status:
            // The workload's own words: no stage of a life, so that every difference stays.
            .structure(["state": .text(text)])
        case .author:
            .structure(["mode": .text(SubmitterMode.name.rawValue), "name": .text(text)])
        case .participants: .structure(["names": .text(text)])
        default: .text(text)
        }
    }

    /// The workload's value, out of Sluss's; `nil` if it is none.
    func text(of value: FieldValue) -> String? {
        switch self {
        case .status: value["state"]?.asText
        case .author: value["name"]?.asText
        case .participants: value["names"]?.asText
        default: value.asText
        }
    }
}
