import SlussCore

extension KindDefinition {
    /// An idea: a need, perhaps a solution, and what became of it.
    public static let idea = KindDefinition(
        name: "idea", label: Phrase("idé", "idea"),
        fields: [
            FieldDefinition(
                "number", .firstWrite, .text(min: 1, max: 40), Phrase("idé-nr", "idea number")),
            FieldDefinition(
                "problem", .keepAll, .text(min: 10, max: 1000),
                Phrase("problem/behov", "problem/need"), privacy: .personal, isSearched: true),
            FieldDefinition(
                "solution", .keepAll, .text(min: 0, max: 1500),
                Phrase("idé/lösning", "idea/solution"), privacy: .personal, isSearched: true),
            FieldDefinition(
                "title", .ranked(Role.allCases), .text(min: 1, max: 80),
                Phrase("rubrik", "heading"), isSearched: true),
            FieldDefinition(
                "submitter", .firstWrite, .structure, Phrase("inlämnare", "submitter"),
                privacy: .personal),
            FieldDefinition(
                "category", .union, .choices(Category.allCases.map(\.rawValue)),
                Phrase("kategori", "category")),
            FieldDefinition(
                "benefit", .union, .choices(Beneficiary.allCases.map(\.rawValue)),
                Phrase("vem har nytta", "who benefits")),
            FieldDefinition(
                "origin", .firstWrite, .choice(Origin.allCases.map(\.rawValue)),
                Phrase("ursprung", "origin")),
            FieldDefinition(
                "meeting", .firstWrite, .text(min: 1, max: 40), Phrase("från APT", "from meeting")),
            FieldDefinition(
                "selfDoable", .ranked([.coordinator, .leader, .employee, .manager]),
                .choice(["yes", "no", "unsure"]), Phrase("kan vi göra själva?", "can we do it?")),
            FieldDefinition(
                "effort", .perWriter, .choice(["small", "medium", "large"]),
                Phrase("insats", "effort")),
            FieldDefinition(
                "value", .perWriter, .choice(["small", "medium", "large"]),
                Phrase("nytta", "benefit")),
            FieldDefinition(
                "receipt", .firstWrite, .structure, Phrase("kvittokod", "receipt code")),
            FieldDefinition(
                "support", .sum, .number(-1...1), Phrase("stöd", "support")),
            FieldDefinition("day", .firstWrite, .day, Phrase("datum", "date")),
            FieldDefinition(
                "unit", .firstWrite, .text(min: 1, max: 20), Phrase("enhet", "unit")),
            FieldDefinition(
                "status", .lifeCycle(IdeaStatus.lifeCycle), .structure,
                Phrase("status", "status")),
            FieldDefinition(
                "effect", .keepAll, .text(min: 1, max: 1000), Phrase("effekt", "effect"),
                privacy: .personal, isSearched: true),
            FieldDefinition(
                "assessment.*", .perWriter, .structure, Phrase("bedömning", "assessment")),
            FieldDefinition(
                "answer", .append, .text(min: 1, max: 1500), Phrase("svar", "answer"),
                privacy: .personal, isSearched: true),
            FieldDefinition(
                "helpful", .union, .choices(Helpfulness.allCases.map(\.rawValue)),
                Phrase("var svaret till hjälp", "was the answer of help")),
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
