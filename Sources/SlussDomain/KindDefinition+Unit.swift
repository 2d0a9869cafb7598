import SlussCore

extension KindDefinition {
    /// A row of the units register: what a unit is, whose it is, and what became of it.
    ///
    /// Shared with everyone, written at the central.
    public static let unit = KindDefinition(
        name: "unit", label: Phrase("enhet", "unit"),
        fields: [
            FieldDefinition(
                "code", .firstWrite, .text(min: 1, max: 20), Phrase("enhetskod", "unit code")),
            FieldDefinition("name", .keepAll, .text(min: 1, max: 80), Phrase("namn", "name")),
            FieldDefinition("validFrom", .keepAll, .day, Phrase("giltig från", "valid from")),
            FieldDefinition("validTo", .keepAll, .day, Phrase("giltig till", "valid to")),
            FieldDefinition(
                "replacedBy", .keepAll, .text(min: 0, max: 20),
                Phrase("ersatt av", "replaced by")),
            FieldDefinition("board", .keepAll, .text(min: 0, max: 80), Phrase("nämnd", "board")),
            FieldDefinition(
                "administration", .keepAll, .text(min: 0, max: 80),
                Phrase("förvaltning", "administration")),
            FieldDefinition(
                "serviceArea", .keepAll, .text(min: 0, max: 80),
                Phrase("verksamhet", "service area")),
            FieldDefinition(
                "manager", .keepAll, .text(min: 0, max: 80),
                Phrase("chefens roll", "manager's role")),
            FieldDefinition(
                "headcount.*", .keepAll, .number(0...99_999),
                Phrase("antal medarbetare", "headcount")),
            FieldDefinition(
                "firstUnit", .keepAll, .flag, Phrase("förstaenhet", "first unit")),
            FieldDefinition(
                "externalKey", .keepAll, .text(min: 0, max: 40),
                Phrase("extern nyckel", "external key")),
            FieldDefinition(
                "deferral.*", .append, .text(min: 1, max: 600),
                Phrase("uppskjutet", "put off")),
            FieldDefinition(
                "reopening.*", .append, .structure, Phrase("öppnat igen", "opened again")),
            FieldDefinition(
                "erasure.*", .firstWrite, .structure, Phrase("maskat eller gallrat", "erased")),
        ])
}
