import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

/// An activity in JSON (docs/cli.md).
struct ActivityJSON: Encodable {
    let id: String
    @OrNull var number: String?
    @OrNull var unit: String?
    @OrNull var day: String?
    @OrNull var type: String?
    @OrNull var minutes: Int?
    @OrNull var organiser: String?
    @OrNull var leader: String?
    @OrNull var targetGroup: String?
    let units: [String]
    @OrNull var `internal`: Int?
    @OrNull var newInternal: Int?
    @OrNull var external: Int?
    @OrNull var newExternal: Int?
    let externalKinds: [String]
    @OrNull var material: String?
    @OrNull var ratingTenths: Int?
    @OrNull var ratingAnswers: Int?
    @OrNull var lesson: String?
    let struck: Bool
    let conflicts: [String]
    let needsNewerRelease: Bool

    init(_ activity: Activity) {
        id = activity.state.record.description
        number = activity.number
        unit = activity.unit
        day = activity.day?.description
        type = activity.type
        minutes = activity.minutes
        organiser = activity.text("organiser")
        leader = activity.text("leader")
        targetGroup = activity.text("targetGroup")
        units = activity.units
        self.internal = activity.inside?.count
        newInternal = activity.inside?.new
        external = activity.outside?.count
        newExternal = activity.outside?.new
        externalKinds = activity.externalKinds
        material = activity.text("material")
        ratingTenths = activity.rating?.tenths
        ratingAnswers = activity.rating?.answers
        lesson = activity.text("lesson")
        struck = activity.isStruck
        conflicts = activity.state.conflicts.map(\.path.description)
        needsNewerRelease = activity.state.holdsUnknown
    }
}

extension [ActivityJSON] {
    /// The rows for a spreadsheet.
    var csv: String {
        func text(_ number: Int?) -> String { number.map(String.init) ?? "" }
        return Table(
            headings: [
                "number", "unit", "day", "type", "minutes", "organiser", "leader", "targetGroup",
                "units", "internal", "newInternal", "external", "newExternal", "externalKinds",
                "material", "ratingTenths", "ratingAnswers", "lesson", "struck", "conflicts",
            ],
            rows: map {
                [
                    $0.number ?? "", $0.unit ?? "", $0.day ?? "", $0.type ?? "", text($0.minutes),
                    $0.organiser ?? "", $0.leader ?? "", $0.targetGroup ?? "",
                    $0.units.joined(separator: "|"), text($0.internal), text($0.newInternal),
                    text($0.external), text($0.newExternal),
                    $0.externalKinds.joined(separator: "|"), $0.material ?? "",
                    text($0.ratingTenths), text($0.ratingAnswers), $0.lesson ?? "",
                    $0.struck ? "yes" : "no", $0.conflicts.joined(separator: "|"),
                ]
            }
        ).csv
    }
}

extension [Activity] {
    /// The rows for a screen.
    var table: Table {
        Table(
            headings: [
                say("NUMMER", "NUMBER"), say("DATUM", "DATE"), say("TYP", "TYPE"),
                say("INTERNT", "INSIDE"), say("EXTERNT", "OUTSIDE"), "",
            ],
            rows: map { activity in
                [
                    activity.number ?? "–", activity.day?.description ?? "–", activity.typeText,
                    activity.inside?.text ?? "–", activity.outside?.text ?? "–", activity.mark,
                ]
            })
    }
}

extension Attendance {
    /// `24 (9 nya)`.
    fileprivate var text: String {
        "\(count)" + (new.map { say(" (\($0) nya)", " (\($0) new)") } ?? "")
    }
}

extension Activity {
    fileprivate var typeText: String {
        type.map { ActivityType(rawValue: $0)?.phrase.said ?? DisplayText.line($0) } ?? "–"
    }

    /// What a reader must know before believing the numbers.
    fileprivate var mark: String {
        [
            isStruck ? say("STRUKEN", "STRUCK OUT") : nil,
            state.conflicts.isEmpty ? nil : say("OLIKA BESKED", "CONFLICTING ANSWERS"),
        ].compactMap { $0 }.joined(separator: ", ")
    }

    /// The activity as a page of text.
    var page: String {
        let head = [number ?? "–", day?.description ?? "–", typeText, mark].filter { !$0.isEmpty }
        var text = head.map { DisplayText.line($0) }.joined(separator: " · ") + "\n"
        let kinds = externalKinds.map { ExternalKind(rawValue: $0)?.phrase.said ?? $0 }
        let rated = rating.map {
            say(
                "\($0.tenths / 10),\($0.tenths % 10) av 5 (\($0.answers) svar)",
                "\($0.tenths / 10).\($0.tenths % 10) of 5 (\($0.answers) answers)")
        }
        let lines: [(String, String?)] = [
            (say("Minuter", "Minutes"), minutes.map(String.init)),
            (say("Arrangör", "Organiser"), self.text("organiser")),
            (say("Ledare", "Leader"), self.text("leader")),
            (say("Målgrupp", "Target group"), self.text("targetGroup")),
            (say("Enheter", "Units"), units.joined(separator: ", ")),
            (say("Deltagare internt", "Participants from inside"), inside?.text),
            (say("Deltagare externt", "Participants from outside"), outside?.text),
            (say("Externt slag", "Kind of outsiders"), kinds.joined(separator: ", ")),
            (say("Material", "Material"), self.text("material")),
            (say("Betyg", "Rating"), rated), (say("Lärdom", "Lesson"), self.text("lesson")),
        ]
        for (label, value) in lines {
            if let value, !value.isEmpty { text += "\(label): \(DisplayText.indented(value))\n" }
        }
        for conflict in state.conflicts {
            let label = state.definition?[conflict.path]?.label.said ?? conflict.path.description
            text += say(
                "[OLIKA BESKED] \(label): se sluss conflicts show \(conflict.id)\n",
                "[CONFLICTING ANSWERS] \(label): see sluss conflicts show \(conflict.id)\n")
        }
        if state.holdsUnknown {
            text += say(
                "[KRÄVER NYARE SLUSS] Något i posten visas inte här.\n",
                "[NEEDS A NEWER SLUSS] Something in the record is not shown here.\n")
        }
        return text
    }
}

extension Answer {
    static func saved(_ activity: Activity) -> Answer {
        Answer(
            text: say("[KLAR] Sparat.\n", "[DONE] Saved.\n") + activity.page,
            json: ActivityJSON(activity))
    }
}
