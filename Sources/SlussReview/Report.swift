public import SlussCore
public import SlussDomain
public import SlussSync

/// Who a report is for; decides what it may hold (domain model §9).
public enum ReportAudience: String, NamedChoice {
    /// Monday morning's page.
    case coordinator
    /// An innovation leader's, for one administration.
    case leader
    /// The page on the unit's wall: what has been answered.
    case unit
    /// The half-year's figures.
    case management

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .coordinator: Phrase("samordnare", "coordinator")
        case .leader: Phrase("innovationsledare", "leader")
        case .unit: Phrase("enhet", "unit")
        case .management: Phrase("ledning", "management")
        }
    }
}

/// What somebody wants a report of.
public struct ReportRequest: Sendable {
    /// Who it is for.
    public var audience: ReportAudience
    /// The administration, for a leader.
    public var administration: String?
    /// The unit, for its wall.
    public var unit: UnitCode?
    /// The first day, if not the usual one.
    public var from: Day?
    /// The last day, if not the usual one.
    public var to: Day?
    /// The language.
    public var language: Language

    /// Asks for a report.
    public init(
        _ audience: ReportAudience, administration: String? = nil, unit: UnitCode? = nil,
        from: Day? = nil, to: Day? = nil, language: Language
    ) {
        self.audience = audience
        self.administration = administration
        self.unit = unit
        self.from = from
        self.to = to
        self.language = language
    }
}

/// Why a report cannot be made.
public enum ReportError: Error, Hashable, Sendable {
    /// It is for the central, and this is a unit's store.
    case onlyCentral
    /// It takes an administration that the register has; these are there.
    case noSuchAdministration([String])
    /// It takes a unit that is known here.
    case noSuchUnit
    /// The first day is after the last.
    case daysSwapped
}

extension ReportPage {
    /// Makes a report: pure, and of values alone.
    public init(_ request: ReportRequest, of material: ReportMaterial) throws(ReportError) {
        if let from = request.from, from > request.to ?? material.today {
            throw .daysSwapped
        }
        let say = Wording(language: request.language)
        switch request.audience {
        case .coordinator:
            guard material.isCentral else { throw .onlyCentral }
            self = CoordinatorReport(material, since: request.from, say).page
        case .leader:
            guard material.isCentral else { throw .onlyCentral }
            let day = request.to ?? material.today
            let part = request.administration.map {
                material.register.of(administration: $0, on: day)
            }
            guard let name = request.administration, let part, !part.rows.isEmpty else {
                throw .noSuchAdministration(material.register.administrations(on: day))
            }
            let known = material.register.administrations(on: day).first {
                UnitRegister.isSame($0, name)
            }
            self =
                LeaderReport(
                    material.restricted(to: part), administration: known ?? name, request, say
                ).page
        case .unit:
            let code = request.unit ?? (material.isCentral ? nil : material.unit)
            guard let code, material.isCentral || code == material.unit,
                material.register[code] != nil || material.unregistered.contains(code)
            else { throw .noSuchUnit }
            let day = request.to ?? material.today
            var part = material.register.of(unit: code, on: day)
            if part[code] == nil {
                part = UnitRegister(
                    part.rows.values
                        + [material.register[code] ?? RegisterRow(code: code, name: "")])
            }
            self = UnitReport(material.restricted(to: part), code, request, say).page
        case .management:
            guard material.isCentral else { throw .onlyCentral }
            self = ManagementReport(material, request, say).page
        }
    }
}

extension ReportMaterial {
    /// The material of the units in a part of the register alone.
    func restricted(to register: UnitRegister) -> ReportMaterial {
        var part = ReportMaterial(
            today: today, unit: unit, isCentral: isCentral, register: register,
            ideas: ideas.filter { register[$0.figures.unit] != nil },
            meetings: meetings.filter { register[$0.figures.unit] != nil },
            bundles: bundles.filter { register[$0.key] != nil })
        part.activities = activities.filter { register[$0.unit] != nil }
        return part
    }

    /// A unit's code and name.
    func name(_ code: UnitCode) -> String {
        guard let name = register[code]?.name, !name.isEmpty else { return code.description }
        return "\(code) \(name)"
    }

    /// The ideas that wait for their first answer, those with the fewest days left first.
    var waiting: [(idea: ReportIdea, left: Int)] {
        ideas.compactMap { idea in idea.daysLeft(today: today).map { (idea, $0) } }
            .sorted { ($0.1, Text($0.0.number)) < ($1.1, Text($1.0.number)) }
    }

    /// The ideas that have come into use since a day, the newest first.
    func broughtIntoUse(_ days: ClosedRange<Day>) -> [(idea: ReportIdea, day: Day)] {
        ideas.compactMap { idea in
            idea.figures.implemented.flatMap { days.contains($0) ? (idea, $0) : nil }
        }.sorted { ($1.1, Text($0.0.number)) < ($0.1, Text($1.0.number)) }
    }
}

extension ReportIdea {
    /// The day it got the status that it has.
    var statusDay: Day {
        figures.steps.last { $0.status.rawValue == status }?.day ?? figures.day
    }

    /// The title in one line.
    var titleLine: String {
        title.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
