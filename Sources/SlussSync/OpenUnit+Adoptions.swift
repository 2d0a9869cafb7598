import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// What a unit says of an idea that it takes up from another.
public struct AdoptionEntry: Sendable {
    /// How far it has come.
    public var status: AdoptionStatus
    /// What it does otherwise; an empty text clears it, `nil` leaves it.
    public var change: String?
    /// Since when; today if nothing is said.
    public var day: Day?
    /// The unit; at the central it must be said.
    public var unit: UnitCode?

    /// A status alone.
    public init(_ status: AdoptionStatus) { self.status = status }
}

extension OpenUnit {
    /// Notes how far a unit has come with an idea of another's.
    ///
    /// At a unit the idea is most often not in the store: then its number is taken as it is.
    public func adopt(
        _ reference: String, _ entry: AdoptionEntry, by person: Person
    ) throws -> Adoption {
        let adopter = try adopter(entry.unit)
        return try write { transaction in
            guard try isCentral ? isKnown(adopter, transaction) : true else {
                throw InputError.notInRegister(adopter.description)
            }
            let idea = try adoptable(reference, in: transaction)
            guard idea.unit != adopter else { throw FigureError.ownIdea(idea.description) }
            let record = Self.adoptionRecord(idea, at: adopter)
            let audience = Audience.unit(adopter)
            let isNew = try transaction.recordNo(record, audience) == nil
            var changes: [Write.FieldChange] = []
            if isNew {
                changes = [
                    .init("number", .fix(.text(Adoption.number(of: idea, at: adopter)))),
                    .init("idea", .fix(.text(idea.description))),
                    .init("unit", .fix(.text(adopter.description))),
                ]
            }
            let day = (entry.day ?? today).description
            changes.append(
                .init(
                    "status",
                    .set(
                        .structure([
                            "state": .text(entry.status.rawValue), "day": .text(day),
                        ]))))
            if let change = entry.change, let field = KindDefinition.adoption["change"] {
                let clean = try Entered.text(change, for: field)
                try Entered.refusePersonalNumber(clean, label: field.label, today: today)
                if !clean.isEmpty || !isNew {
                    changes.append(.init("change", .set(.text(clean))))
                }
            }
            var ledger = try ledger(transaction)
            let kept = try enter(
                &ledger, record: record, kind: KindDefinition.adoption.name, audience: audience,
                body: body(of: person, changes))
            guard let adoption = Adoption(kept.state) else {
                throw InputError.noSuchRecord(reference)
            }
            return adoption
        }
    }

    /// The adoptions here, by idea and unit: all, or those of one idea.
    public func adoptions(of idea: String? = nil) throws -> [Adoption] {
        try store.read { try adoptions(of: idea, in: $0) }
    }

    func adoptions(
        of idea: String? = nil, in transaction: StoreTransaction
    ) throws -> [Adoption] {
        var found: [Adoption] = []
        try transaction.forEachRecord(RecordFilter(kind: KindDefinition.adoption.name.string)) {
            guard let adoption = Adoption($0.state), idea == nil || adoption.idea == idea else {
                return
            }
            found.append(adoption)
        }
        return found.sorted { (Text($0.idea), $0.unit) < (Text($1.idea), $1.unit) }
    }

    /// Whose adoption it is: a unit writes its own, the central whichever it names.
    private func adopter(_ named: UnitCode?) throws -> UnitCode {
        guard isCentral else {
            guard named == nil || named == unit else {
                throw FigureError.notThisUnit(unit.description)
            }
            return unit
        }
        guard let named, named != unit else { throw FigureError.notThisUnit(unit.description) }
        return named
    }

    private func isKnown(_ unit: UnitCode, _ transaction: StoreTransaction) throws -> Bool {
        try register(transaction)[unit] != nil
            || !Authority(transaction).devices(of: unit).isEmpty
    }

    /// The number of an idea that is here; at a unit also of one that is not.
    private func adoptable(
        _ reference: String, in transaction: StoreTransaction
    ) throws -> IdeaNumber {
        let typed = IdeaNumber(reference.uppercased())
        do {
            let idea = Idea(try find(reference, in: transaction).state)
            guard let number = idea?.number.flatMap({ IdeaNumber($0) }) else {
                throw InputError.noSuchRecord(reference)
            }
            return number
        } catch InputError.noSuchRecord {
            guard let typed, !isCentral else { throw InputError.noSuchRecord(reference) }
            return typed
        }
    }

    /// The record of a unit and an idea: drawn from both, so that two computers write in one.
    private static func adoptionRecord(_ idea: IdeaNumber, at unit: UnitCode) -> RecordID {
        let bytes = Digest.sha256(Array("sluss adoption \(unit) \(idea)".utf8)).bytes.prefix(16)
        guard let record = RecordID(bytes: Array(bytes)) else {
            preconditionFailure("a digest has sixteen bytes")
        }
        return record
    }
}
