public import SlussCore

extension KindDefinition {
    /// The notes of a workplace meeting (APT).
    ///
    /// Items, decisions, actions and lifts are entries named by path, so that two people who write
    /// on different ones do not collide.
    public static let meeting = KindDefinition(
        name: "meeting", label: Phrase("APT-anteckning", "meeting note"),
        fields: [
            FieldDefinition(
                "number", .firstWrite, .text(min: 1, max: 40), Phrase("nummer", "number")),
            FieldDefinition(
                "unit", .firstWrite, .text(min: 1, max: 20), Phrase("enhet", "unit")),
            FieldDefinition("day", .untilSigned(.keepAll), .day, Phrase("datum", "date")),
            FieldDefinition(
                "time", .untilSigned(.keepAll), .text(min: 0, max: 40), Phrase("tid", "time")),
            FieldDefinition(
                "present", .untilSigned(.keepAll), .structure, Phrase("närvarande", "present")),
            FieldDefinition(
                "place", .untilSigned(.keepAll), .text(min: 0, max: 80), Phrase("plats", "place")),
            FieldDefinition("status", .keepAll, .structure, Phrase("status", "status")),
            FieldDefinition(
                "item.*.number", .firstWrite, .number(1...999), Phrase("punkt", "item")),
            FieldDefinition(
                "item.*.title", .untilSigned(.ranked(Role.allCases)), .text(min: 0, max: 80),
                Phrase("rubrik", "heading"), isSearched: true),
            FieldDefinition(
                "item.*.text", .untilSigned(.keepAll), .text(min: 1, max: 2000),
                Phrase("text", "text"),
                privacy: .personal, isSearched: true),
            FieldDefinition(
                "decision.*.item", .firstWrite, .number(1...999), Phrase("punkt", "item")),
            FieldDefinition(
                "decision.*.text", .untilSigned(.keepAll), .text(min: 1, max: 600),
                Phrase("beslut", "decision"),
                privacy: .personal, isSearched: true),
            FieldDefinition(
                "decision.*.by", .untilSigned(.keepAll), .structure,
                Phrase("fattat av och mandat", "made by, within mandate")),
            FieldDefinition(
                "action.*.item", .firstWrite, .number(1...999), Phrase("punkt", "item")),
            FieldDefinition(
                "action.*.text", .untilSigned(.keepAll), .text(min: 1, max: 600),
                Phrase("åtgärd", "action"),
                privacy: .personal, isSearched: true),
            FieldDefinition(
                "action.*.who", .untilSigned(.keepAll), .text(min: 0, max: 80),
                Phrase("vem", "who"),
                privacy: .personal),
            FieldDefinition(
                "action.*.due", .untilSigned(.keepAll), .day, Phrase("klart senast", "due")),
            FieldDefinition(
                "action.*.status", .untilSigned(.keepAll),
                .choice(ActionStatus.allCases.map(\.rawValue)),
                Phrase("åtgärdens status", "status of the action")),
            FieldDefinition(
                "lift.*.item", .firstWrite, .number(1...999), Phrase("punkt", "item")),
            FieldDefinition(
                "lift.*.to", .untilSigned(.keepAll), .text(min: 1, max: 80),
                Phrase("lyft till", "escalated to")),
            FieldDefinition(
                "lift.*.text", .untilSigned(.keepAll), .text(min: 1, max: 600),
                Phrase("lyft", "escalation"),
                privacy: .personal, isSearched: true),
            FieldDefinition(
                "lift.*.due", .untilSigned(.keepAll), .day, Phrase("svar väntas", "answer expected")
            ),
            FieldDefinition(
                "addendum", .append, .text(min: 1, max: 1000), Phrase("tillägg", "addition"),
                privacy: .personal, isSearched: true),
            FieldDefinition(
                "deferral.*", .append, .text(min: 1, max: 600),
                Phrase("uppskjutet", "put off")),
            FieldDefinition(
                "reopening.*", .append, .structure, Phrase("öppnat igen", "opened again"),
                privacy: .personal),
            FieldDefinition(
                "disclosure", .append, .structure, Phrase("utlämnad", "handed out"),
                privacy: .personal),
            FieldDefinition("blocked", .append, .structure, Phrase("spärrad", "blocked")),
            FieldDefinition(
                "erasure.*", .firstWrite, .structure, Phrase("maskat eller gallrat", "erased")),
        ])
}

extension Policy {
    /// A note that is signed off stands as it was signed; later there are additions only.
    static func untilSigned(_ policy: Self) -> Self { .locked(policy, .signing) }
}

extension Lock {
    /// Two have signed the note off.
    public static let signing = Lock(
        field: "status", member: "state", stage: Text(MeetingStatus.signed.rawValue),
        whole: "whole")
}
