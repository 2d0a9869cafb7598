/// The agenda that every workplace meeting begins from.
///
/// Source: domain rules for APT; docs/decisions/0017.
public enum StandingAgenda {
    /// An item.
    public struct Item: Hashable, Sendable {
        /// Its number.
        public let number: Int64
        /// Its heading.
        public let title: Phrase
        /// How many minutes it takes.
        public let minutes: Int
    }

    /// The item under which the last meeting's actions stand.
    public static let actionsItem: Int64 = 2
    /// The item under which the answers to the unit's ideas stand.
    public static let answersItem: Int64 = 3

    /// The items, in order.
    public static let items: [Item] = [
        Item(
            number: 1,
            title: Phrase("Öppna, välj sekreterare och justerare", "Open, choose secretary"),
            minutes: 2),
        Item(
            number: 2,
            title: Phrase("Förra anteckningen och åtgärdslistan", "Last notes and actions"),
            minutes: 10),
        Item(
            number: 3, title: Phrase("Svar på våra idéer", "Answers to our ideas"), minutes: 5),
        Item(number: 4, title: Phrase("Verksamhet och mål", "Work and goals"), minutes: 15),
        Item(
            number: 5,
            title: Phrase(
                "Arbetsmiljö: risker, tillbud, belastning", "Work environment: risks, load"),
            minutes: 15),
        Item(
            number: 6,
            title: Phrase(
                "Förbättringar: nya idéer, ett test att välja", "Improvements: ideas, one test"),
            minutes: 15),
        Item(
            number: 7, title: Phrase("Ekonomi och bemanning", "Economy and staffing"), minutes: 5),
        Item(
            number: 8,
            title: Phrase("Utbildning och introduktion", "Training and introduction"), minutes: 5),
        Item(
            number: 9, title: Phrase("Övrigt, lyfts vidare", "Other, escalated"), minutes: 5),
        Item(
            number: 10,
            title: Phrase(
                "Sammanfatta beslut, mötet på en skala 1–5", "Sum up decisions, rate the meeting"),
            minutes: 3),
    ]
}

extension ActionStatus {
    /// Whether the action is still to be done.
    public var isOpen: Bool { self == .open || self == .ongoing }
}
