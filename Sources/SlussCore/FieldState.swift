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
        switch change {
        case .set(let value), .settle(let value):
            changeRegister { siblings, _ in
                siblings.replace(with: value, by: write, role: body.role)
            }
        case .fix(let value):
            changeRegister { siblings, firsts in
                guard !firsts.contains(where: write.context.covers) else { return }
                firsts.insertSorted(write.dot) { $0 }
                siblings.replace(with: value, by: write, role: body.role)
            }
        case .own(let value):
            changeOwn { registers in
                registers[body.ownLabel, default: []]
                    .replace(with: value, by: write, role: body.role)
            }
        case .add(let texts):
            changeElements { elements in
                for text in texts {
                    elements[text, default: []].removeAll(where: write.context.covers)
                    elements[text, default: []].insertSorted(write.dot) { $0 }
                }
            }
        case .remove(let texts):
            changeElements { elements in
                for text in texts {
                    elements[text]?.removeAll(where: write.context.covers)
                    if elements[text]?.isEmpty ?? false { elements[text] = nil }
                }
            }
        case .plus(let step):
            guard case .total(let total) = self else { Self.trapForeignChange() }
            self = .total(total &+ step)
        case .append(let value):
            let entry = Entry(dot: write.dot, weight: write.context.weight, value: value)
            changeEntries { entries in
                entries.insertSorted(entry) { EntryOrder(weight: $0.weight, dot: $0.dot) }
            }
        }
    }
}

/// What a change is made to is taken out first, so that it is changed where it is: while it is still
/// held by the state, too, each write copies all of it, and a long list takes time without end.
extension FieldState {
    private mutating func changeRegister(_ body: (inout [Sibling], inout [Dot]) -> Void) {
        guard case .register(var siblings, var firsts) = self else { Self.trapForeignChange() }
        self = .total(0)
        body(&siblings, &firsts)
        self = .register(siblings: siblings, firsts: firsts)
    }

    private mutating func changeOwn(_ body: (inout [Text: [Sibling]]) -> Void) {
        guard case .own(var registers) = self else { Self.trapForeignChange() }
        self = .total(0)
        body(&registers)
        self = .own(registers)
    }

    private mutating func changeElements(_ body: (inout [Text: [Dot]]) -> Void) {
        guard case .elements(var elements) = self else { Self.trapForeignChange() }
        self = .total(0)
        body(&elements)
        self = .elements(elements)
    }

    private mutating func changeEntries(_ body: (inout [Entry]) -> Void) {
        guard case .entries(var entries) = self else { Self.trapForeignChange() }
        self = .total(0)
        body(&entries)
        self = .entries(entries)
    }

    private static func trapForeignChange() -> Never {
        preconditionFailure("a change is applied to the part of its own family")
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
