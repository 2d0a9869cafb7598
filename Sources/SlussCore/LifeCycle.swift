/// The stages that something goes through, and what two stages mean that were set by people who
/// did not know of each other.
///
/// The values are structures: `state` is the stage, `from` the stage that the writer saw. A graph
/// with loops has no "further"; the main line has an order, and that decides.
///
/// Source: docs/decisions/0019.
public struct LifeCycle: Hashable, Sendable {
    /// The stages of the main line, the first one first.
    public let main: [Text]
    /// Stages beside it: decisions that end or rest something.
    public let aside: [Text]
    /// The first stage of the main line that is a fact: no judgement overrules it unseen.
    public let firstFact: Text
    /// The stage in which the one who began it has taken it back.
    public let withdrawn: Text

    /// Describes a life.
    public init(main: [Text], aside: [Text], firstFact: Text, withdrawn: Text) {
        self.main = main
        self.aside = aside
        self.firstFact = firstFact
        self.withdrawn = withdrawn
    }

    private enum Stage: Hashable {
        case main(rank: Int, isBack: Bool)
        case aside(Text)
        case withdrawn
        /// One that a later release has made.
        case unknown
    }

    private func stage(of value: FieldValue) -> Stage {
        guard case .text(let state)? = value["state"] else { return .unknown }
        if let rank = main.firstIndex(of: state) {
            var isBack = false
            if case .text(let from)? = value["from"], let seen = main.firstIndex(of: from) {
                isBack = rank < seen
            }
            return .main(rank: rank, isBack: isBack)
        }
        if aside.contains(state) { return .aside(state) }
        return state == withdrawn ? .withdrawn : .unknown
    }

    /// Judges concurrent stages.
    func judge(_ siblings: [Sibling]) -> Judgement {
        let staged = siblings.map { (sibling: $0, stage: stage(of: $0.value)) }
        let words = Set(siblings.map { $0.value["state"] })
        if words.count <= 1, !staged.contains(where: { $0.stage == .unknown }) {
            return Self.settled(siblings, overruled: [])
        }
        let sides = Set(
            staged.compactMap { if case .aside(let word) = $0.stage { word } else { nil } })
        let ranks = staged.compactMap {
            if case .main(let rank, _) = $0.stage { rank } else { nil }
        }
        let isPlain =
            ranks.count + staged.count { if case .aside = $0.stage { true } else { false } }
            == staged.count
        guard isPlain, sides.count <= 1 else {
            return Judgement(siblings: siblings, overruled: [])
        }
        if let side = sides.first {
            let fact = main.firstIndex(of: firstFact) ?? 0
            guard ranks.allSatisfy({ $0 < fact }) else {
                return Judgement(siblings: siblings, overruled: [])
            }
            return Self.settled(
                staged.filter { $0.stage == .aside(side) }.map(\.sibling),
                overruled: staged.filter { $0.stage != .aside(side) }.map(\.sibling))
        }
        let isBack = staged.contains {
            if case .main(_, let isBack) = $0.stage { isBack } else { false }
        }
        guard !isBack, let highest = ranks.max() else {
            return Judgement(siblings: siblings, overruled: [])
        }
        return Self.settled(
            zip(staged, ranks).filter { $0.1 == highest }.map(\.0.sibling),
            overruled: zip(staged, ranks).filter { $0.1 != highest }.map(\.0.sibling))
    }

    /// One stage, said once or several times with other words: the first by its bytes stands, and
    /// the others are shown with it.
    private static func settled(_ siblings: [Sibling], overruled: [Sibling]) -> Judgement {
        let alternatives = Judgement.alternatives(of: siblings)
        guard let first = alternatives.first else { return .absent }
        return .settled(
            first,
            overruled: Array(alternatives.dropFirst()) + Judgement.alternatives(of: overruled))
    }
}
