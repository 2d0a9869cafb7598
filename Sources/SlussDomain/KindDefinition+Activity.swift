import SlussCore

extension KindDefinition {
    /// An occasion at which people were told, taught or met.
    ///
    /// No field is for the name of somebody who took part.
    public static let activity = KindDefinition(
        name: "activity", label: Phrase("aktivitet", "activity"),
        fields: [
            FieldDefinition(
                "number", .firstWrite, .text(min: 1, max: 40), Phrase("nummer", "number")),
            FieldDefinition(
                "unit", .firstWrite, .text(min: 1, max: 20), Phrase("enhet", "unit")),
            FieldDefinition("day", .keepAll, .day, Phrase("datum", "date")),
            FieldDefinition(
                "type", .keepAll, .choice(ActivityType.allCases.map(\.rawValue)),
                Phrase("typ", "type")),
            FieldDefinition("minutes", .keepAll, .number(1...6000), Phrase("minuter", "minutes")),
            FieldDefinition(
                "organiser", .keepAll, .text(min: 0, max: 80), Phrase("arrangör", "organiser")),
            FieldDefinition(
                "leader", .keepAll, .text(min: 0, max: 80), Phrase("ledare (roll)", "leader (role)")
            ),
            FieldDefinition(
                "targetGroup", .keepAll, .text(min: 0, max: 120),
                Phrase("målgrupp", "target group")),
            FieldDefinition(
                "units", .union, .text(min: 1, max: 20), Phrase("enheter", "units")),
            FieldDefinition(
                "internal", .keepAll, .structure,
                Phrase("deltagare internt", "participants from inside")),
            FieldDefinition(
                "external", .keepAll, .structure,
                Phrase("deltagare externt", "participants from outside")),
            FieldDefinition(
                "externalKind", .union, .choices(ExternalKind.allCases.map(\.rawValue)),
                Phrase("externt slag", "kind of outsiders")),
            FieldDefinition(
                "material", .keepAll, .text(min: 0, max: 200), Phrase("material", "material")),
            FieldDefinition("rating", .keepAll, .structure, Phrase("betyg", "rating")),
            FieldDefinition(
                "lesson", .keepAll, .text(min: 0, max: 1000), Phrase("lärdom", "lesson"),
                privacy: .personal),
            FieldDefinition("struck", .keepAll, .flag, Phrase("struken", "struck out")),
            FieldDefinition(
                "deferral.*", .append, .text(min: 1, max: 600),
                Phrase("uppskjutet", "put off")),
            FieldDefinition(
                "reopening.*", .append, .structure, Phrase("öppnat igen", "opened again"),
                privacy: .personal),
            FieldDefinition(
                "erasure.*", .firstWrite, .structure, Phrase("maskat eller gallrat", "erased")),
        ])
}
