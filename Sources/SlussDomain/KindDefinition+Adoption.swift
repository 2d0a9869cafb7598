import SlussCore

extension KindDefinition {
    /// That a unit takes up an idea of another's.
    public static let adoption = KindDefinition(
        name: "adoption", label: Phrase("pröva hos oss", "adoption"),
        fields: [
            FieldDefinition(
                "number", .firstWrite, .text(min: 1, max: 60), Phrase("nummer", "number")),
            FieldDefinition(
                "idea", .firstWrite, .text(min: 1, max: 40), Phrase("idé-nr", "idea number")),
            FieldDefinition(
                "unit", .firstWrite, .text(min: 1, max: 20), Phrase("enhet", "unit")),
            FieldDefinition("status", .keepAll, .structure, Phrase("läge", "status")),
            FieldDefinition(
                "change", .keepAll, .text(min: 0, max: 600),
                Phrase("lokal ändring", "local change"), privacy: .personal),
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
