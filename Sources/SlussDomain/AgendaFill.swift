import SlussCore

/// What a meeting's notes begin with: what the last meeting and the central have left.
public enum AgendaFill {
    /// An action that is still to be done.
    public struct Action: Hashable, Sendable {
        /// The text.
        public let text: String
        /// Who does it.
        public let who: String?
        /// The day it is due.
        public let due: String?
        /// Where it stands.
        public let status: ActionStatus
    }

    /// The actions of a note that are not done and not struck out.
    ///
    /// Where two people wrote at once, both texts come along.
    public static func openActions(_ meeting: Meeting) -> [Action] {
        meeting.entries(.action).flatMap { entry -> [Action] in
            let status = entry.value("status")?.asText.flatMap(ActionStatus.init) ?? .open
            guard status.isOpen else { return [] }
            return entry.texts.map {
                Action(
                    text: $0, who: entry.value("who")?.asText, due: entry.value("due")?.asText,
                    status: status)
            }
        }
    }

    /// How many characters an item's text may have.
    private static let textMax = 2000

    /// The answers to ideas that have come since a day, a line each; what does not fit is counted.
    ///
    /// - Parameter day: The day of the last meeting; `nil` takes all.
    public static func answers(_ ideas: [Idea], since day: String?) -> String {
        var lines: [String] = []
        var length = 0
        var left = 0
        for idea in ideas {
            let new = idea.answers.filter { answer in
                guard let day, let given = answer.day else { return true }
                return given >= day
            }
            guard let last = new.last else { continue }
            let text = last.text.split(separator: "\n").joined(separator: " ")
            let line = "\(idea.number ?? "–") \(idea.title ?? ""): \(text)"
            guard length + line.count + 40 < textMax else {
                left += 1
                continue
            }
            lines.append(line)
            length += line.count + 1
        }
        if left > 0 { lines.append("… \(left)") }
        return lines.joined(separator: "\n")
    }
}
