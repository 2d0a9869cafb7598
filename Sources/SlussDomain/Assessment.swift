public import SlussCore

/// What several people make of an idea, each without seeing the others' scores.
///
/// Source: domain rules for assessment; the score is an aid, and the decider may go against it.
public struct Assessment: Sendable {
    /// A row that is scored from 1 to 5.
    public enum Row: String, NamedChoice {
        case user
        case employee
        case resources
        case time
        case cost
        case rules
        case dependencies
        case will
        case spread

        /// What people see.
        public var phrase: Phrase {
            switch self {
            case .user: Phrase("nytta för brukare, elev, invånare", "benefit for users")
            case .employee: Phrase("nytta för medarbetare", "benefit for employees")
            case .resources: Phrase("nytta för resurserna", "benefit for resources")
            case .time: Phrase("tid", "time")
            case .cost: Phrase("kostnad", "cost")
            case .rules: Phrase("regler", "rules")
            case .dependencies: Phrase("beroenden", "dependencies")
            case .will: Phrase("vilja", "will")
            case .spread: Phrase("spridning", "spreading")
            }
        }
    }

    /// A question that must be answered with yes before anything is scored.
    public enum Gate: String, NamedChoice {
        case mission
        case lawful
        case impersonal
        case open
        case owned

        /// What people see.
        public var phrase: Phrase {
            switch self {
            case .mission: Phrase("inom vårt uppdrag", "within our mission")
            case .lawful: Phrase("tillåtet och säkert att pröva", "lawful and safe to try")
            case .impersonal:
                Phrase("fritt från uppgifter om brukare", "free from data about users")
            case .open: Phrase("inte redan beslutat eller på plats", "not decided or in place")
            case .owned: Phrase("vi vet vem som beslutar", "we know who decides")
            }
        }
    }

    /// What the points mean.
    public enum Band: String, NamedChoice {
        case doNow = "do-now"
        case test
        case rest
        case close

        /// What people see.
        public var phrase: Phrase {
            switch self {
            case .doNow: Phrase("gör nu", "do now")
            case .test: Phrase("testa", "test")
            case .rest: Phrase("vila eller utveckla", "rest or develop")
            case .close: Phrase("avsluta med motivering", "close with a reason")
            }
        }

        init(points: Double) {
            self =
                switch points {
                case 16...: .doNow
                case 9...: .test
                case 4...: .rest
                default: .close
                }
        }
    }

    /// The field that each assessor has a register of their own in.
    public static let path: FieldPath = "assessment.scores"
    /// The scores that can be given.
    public static let range = 1...5
    /// How far two assessors may be apart in a row before they should talk.
    public static let gapMin: Int64 = 2
    /// How many assessors there must be at least.
    public static let assessorsMin = 2

    /// How many have assessed.
    public let assessors: Int
    /// The median of each row that somebody has scored.
    public let medians: [Row: Double]
    /// The rows in which assessors are so far apart that they should talk.
    public let gaps: [Row]
    /// The questions that somebody has answered with no.
    public let closedGates: [Gate]

    /// Reads the assessments of an idea; `nil` if there is none.
    ///
    /// An assessor whose register is in conflict counts with every value that it holds.
    public init?(_ idea: Idea) {
        guard case .perWriter(let registers) = Policy.perWriter.judge(Self.path, in: idea.state),
            !registers.isEmpty
        else { return nil }
        let values = registers.values.flatMap { $0.map(\.value) }
        assessors = registers.count
        var medians: [Row: Double] = [:]
        var gaps: [Row] = []
        for row in Row.allCases {
            let scores = values.compactMap { $0[row.rawValue]?.asInteger }
                .filter { (1...5).contains($0) }.sorted()
            guard let lowest = scores.first, let highest = scores.last else { continue }
            medians[row] = Self.median(scores)
            if highest - lowest >= Self.gapMin { gaps.append(row) }
        }
        self.medians = medians
        self.gaps = gaps
        closedGates = Gate.allCases.filter { gate in
            values.contains { $0[gate.rawValue] == .flag(false) }
        }
    }

    private static func median(_ sorted: [Int64]) -> Double {
        let middle = sorted.count / 2
        return sorted.count % 2 == 1
            ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
    }

    /// Half the users', a quarter each the employees' and the resources'; `nil` if a row is
    /// missing.
    public var benefit: Double? {
        guard let user = medians[.user], let employee = medians[.employee],
            let resources = medians[.resources]
        else { return nil }
        return 0.5 * user + 0.25 * employee + 0.25 * resources
    }

    /// The mean of time, cost, rules, dependencies and will; `nil` if one is missing.
    public var feasibility: Double? {
        let rows: [Row] = [.time, .cost, .rules, .dependencies, .will]
        let scores = rows.compactMap { medians[$0] }
        return scores.count == rows.count ? scores.reduce(0, +) / Double(rows.count) : nil
    }

    /// Benefit times feasibility, 1 to 25.
    public var points: Double? {
        guard let benefit, let feasibility else { return nil }
        return benefit * feasibility
    }

    /// What the points mean, once enough have assessed and no question is answered with no.
    public var band: Band? {
        guard assessors >= Self.assessorsMin, closedGates.isEmpty else { return nil }
        return points.map { Band(points: $0) }
    }
}
