/// How a field's concurrent values are judged: settled by rule, or kept for a person.
///
/// Policies are pure, look at no clock, and never write anything, so two stores that judge alike
/// cannot push a conflict back and forth.
public enum Policy: Hashable, Sendable {
    /// Different values stay side by side until a person chooses.
    case keepAll
    /// A set in which an addition wins over a removal that had not seen it.
    case union
    /// The sum of every write's step.
    case sum
    /// Every entry, by causality, then dot.
    case append
    /// Set once, when the record is made; concurrent firsts wait for a person.
    case firstWrite
    /// The value of the role that stands last in the list wins; two of the same role wait.
    case ranked([Role])
    /// Each writer's own value, side by side, no conflict between them.
    case perWriter

    /// The stage that goes for others by the order of a life; what no order settles waits.
    case lifeCycle(LifeCycle)
    /// As the other policy, until the record is closed: then what was closed stands, and what was
    /// written at the same time, without knowing of it, is shown as proposed.
    indirect case locked(Policy, Lock)

    /// Whether it judges the values of a register: then one value is settled.
    package var isOfRegisters: Bool {
        switch self {
        case .keepAll, .firstWrite, .ranked, .lifeCycle: true
        case .union, .sum, .append, .perWriter, .locked: false
        }
    }

    /// Judges a field of `state`.
    public func judge(_ path: FieldPath, in state: RecordState) -> Judgement {
        switch self {
        case .keepAll, .firstWrite:
            Judgement(siblings: state.siblings(path), overruled: [])
        case .ranked(let order):
            Self.judge(state.siblings(path), rankedBy: order)
        case .lifeCycle(let cycle):
            cycle.judge(state.siblings(path))
        case .locked(let policy, let lock):
            lock.judge(state.siblings(path), in: state) ?? policy.judge(path, in: state)
        case .union:
            if case .elements(let elements) = state[path, .elements] {
                .set(elements.keys.sorted())
            } else {
                .absent
            }
        case .sum:
            if case .total(let total) = state[path, .total] { .sum(total) } else { .absent }
        case .append:
            if case .entries(let entries) = state[path, .entries] {
                .list(entries)
            } else {
                .absent
            }
        case .perWriter:
            if case .own(let registers) = state[path, .own] {
                .perWriter(registers.mapValues { Judgement.alternatives(of: $0) })
            } else {
                .absent
            }
        }
    }

    private static func judge(_ siblings: [Sibling], rankedBy order: [Role]) -> Judgement {
        func rank(_ role: Role) -> Int { order.firstIndex(of: role) ?? -1 }
        let highest = siblings.map { rank($0.role) }.max() ?? -1
        return Judgement(
            siblings: siblings.filter { rank($0.role) == highest },
            overruled: siblings.filter { rank($0.role) != highest })
    }
}

/// One of several concurrent values; siblings with equal values are one.
public struct Alternative: Hashable, Sendable {
    /// The value.
    public let value: FieldValue
    /// The writes that gave it, sorted.
    public let dots: [Dot]
}

/// What a policy makes of a field.
public enum Judgement: Hashable, Sendable {
    /// Nobody has written the field.
    case absent
    /// Only values that a rule does not let stand, to be shown.
    case proposed([Alternative])
    /// One value.
    ///
    /// `overruled` are concurrent ones that the rule put aside, to be shown.
    case settled(Alternative, overruled: [Alternative])
    /// Several values, in the order of their bytes; a person must choose.
    case conflict([Alternative], overruled: [Alternative])
    /// The elements of a set, in the order of their bytes.
    case set([Text])
    /// A sum.
    case sum(Int64)
    /// The entries of a list, by causality.
    case list([Entry])
    /// Each writer's values; more than one is a conflict within that writer's register.
    case perWriter([Text: [Alternative]])

    init(siblings: [Sibling], overruled: [Sibling]) {
        let alternatives = Self.alternatives(of: siblings)
        let others = Self.alternatives(of: overruled)
        switch alternatives.count {
        case 0: self = others.isEmpty ? .absent : .proposed(others)
        case 1: self = .settled(alternatives[0], overruled: others)
        default: self = .conflict(alternatives, overruled: others)
        }
    }

    /// The values of siblings, each once, in the order of their bytes.
    package static func alternatives(of siblings: [Sibling]) -> [Alternative] {
        Dictionary(grouping: siblings, by: \.value)
            .map { Alternative(value: $0.key, dots: $0.value.map(\.dot).sorted()) }
            .sorted { ($0.value, $0.dots[0]) < ($1.value, $1.dots[0]) }
    }

    /// What a rule has put aside, to be shown.
    public var overruled: [Alternative] {
        switch self {
        case .settled(_, let overruled), .conflict(_, let overruled): overruled
        case .proposed(let values): values
        case .absent, .set, .sum, .list, .perWriter: []
        }
    }

    /// The values a person must choose between: empty if there is no conflict.
    public var conflicting: [Alternative] {
        switch self {
        case .conflict(let alternatives, _): alternatives
        case .perWriter(let registers):
            registers.sorted { $0.key < $1.key }.map(\.value).first { $0.count > 1 } ?? []
        default: []
        }
    }
}

extension RecordState {
    /// The values of a field that no write has replaced, sorted by dot.
    public func siblings(_ path: FieldPath) -> [Sibling] {
        if case .register(let siblings, _) = self[path, .register] { siblings } else { [] }
    }
}
