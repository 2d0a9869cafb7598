/// A value that no other write has replaced.
public struct Sibling: Hashable, Sendable {
    /// The write that gave it.
    public let dot: Dot
    /// In what role.
    public let role: Role
    /// The value.
    public let value: FieldValue

    /// Makes a sibling.
    public init(dot: Dot, role: Role, value: FieldValue) {
        self.dot = dot
        self.role = role
        self.value = value
    }
}

/// An entry of a list that only grows.
public struct Entry: Hashable, Sendable {
    /// The write that added it.
    public let dot: Dot
    /// How much the writer had seen; sorts entries by causality (``VersionVector/weight``).
    public let weight: UInt64
    /// What was added.
    public let value: FieldValue

    /// Makes an entry.
    public init(dot: Dot, weight: UInt64, value: FieldValue) {
        self.dot = dot
        self.weight = weight
        self.value = value
    }
}

/// One part of a field's state: what is left when every write has had its say.
///
/// - Invariant: siblings and dots are sorted by dot, entries by weight and dot, so that equal
///   states are equal values and encode to equal bytes.
public enum FieldState: Hashable, Sendable {
    /// Concurrent values.
    ///
    /// `firsts` are the `fix` writes that had seen no other `fix`; they decide which later ones
    /// count for nothing, also when a choice has replaced them.
    case register(siblings: [Sibling], firsts: [Dot])
    /// Concurrent values of each writer.
    case own([Text: [Sibling]])
    /// The set's texts, each with the additions that no removal has seen.
    case elements([Text: [Dot]])
    /// The sum.
    case total(Int64)
    /// The list.
    case entries([Entry])

    static func empty(_ family: FieldFamily) -> Self {
        switch family {
        case .register: .register(siblings: [], firsts: [])
        case .own: .own([:])
        case .elements: .elements([:])
        case .total: .total(0)
        case .entries: .entries([])
        }
    }

    /// Lets one change have its say.
    ///
    /// `write` must come after every write in its context (``Write/inCausalOrder(_:_:)``); that is
    /// why a write never has to ask whether it has been replaced already.
    mutating func apply(_ change: Change, of write: Write, _ body: Write.Body) {
        switch (self, change) {
        case (.register(var siblings, var firsts), .set(let value)),
            (.register(var siblings, var firsts), .settle(let value)),
            (.register(var siblings, var firsts), .fix(let value)):
            if case .fix = change {
                guard !firsts.contains(where: write.context.covers) else { return }
                firsts.insertSorted(write.dot) { $0 }
            }
            siblings.replace(with: value, by: write, role: body.role)
            self = .register(siblings: siblings, firsts: firsts)
        case (.own(var registers), .own(let value)):
            registers[body.ownLabel, default: []].replace(with: value, by: write, role: body.role)
            self = .own(registers)
        case (.elements(var elements), .add(let texts)):
            for text in texts {
                elements[text, default: []].removeAll(where: write.context.covers)
                elements[text, default: []].insertSorted(write.dot) { $0 }
            }
            self = .elements(elements)
        case (.elements(var elements), .remove(let texts)):
            for text in texts {
                guard var dots = elements[text] else { continue }
                dots.removeAll(where: write.context.covers)
                elements[text] = dots.isEmpty ? nil : dots
            }
            self = .elements(elements)
        case (.total(let total), .plus(let step)):
            self = .total(total &+ step)
        case (.entries(var entries), .append(let value)):
            let entry = Entry(dot: write.dot, weight: write.context.weight, value: value)
            entries.insertSorted(entry) { EntryOrder(weight: $0.weight, dot: $0.dot) }
            self = .entries(entries)
        default:
            preconditionFailure("a change is applied to the part of its own family")
        }
    }
}

private struct EntryOrder: Comparable {
    let weight: UInt64
    let dot: Dot

    static func < (left: Self, right: Self) -> Bool {
        (left.weight, left.dot) < (right.weight, right.dot)
    }
}

extension [Sibling] {
    /// Takes away what the writer saw and puts the new value in its place.
    fileprivate mutating func replace(with value: FieldValue, by write: Write, role: Role) {
        removeAll { write.context.covers($0.dot) }
        #if SLUSS_SABOTAGE
            switch Sabotage.current {
            case .lastWriteWins: removeAll()
            case .skippedSibling: if !isEmpty { return }
            default: break
            }
        #endif
        insertSorted(Sibling(dot: write.dot, role: role, value: value)) { $0.dot }
    }
}

extension Array {
    /// Inserts behind the elements whose key is not greater.
    ///
    /// Most insertions are at the end; the place of others is found by halving.
    fileprivate mutating func insertSorted<Key: Comparable>(
        _ element: Element, by key: (Element) -> Key
    ) {
        let new = key(element)
        guard let end = last, new < key(end) else { return append(element) }
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if new < key(self[middle]) { high = middle } else { low = middle + 1 }
        }
        insert(element, at: low)
    }
}
