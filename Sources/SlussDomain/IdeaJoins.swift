public import SlussCore

/// Which ideas live on in which.
///
/// A join is a status of its own (*Sammanförd*) with the other idea as target; it is undone by
/// another status. Nothing is moved, so nobody who handed something in is lost.
public struct IdeaJoins: Sendable {
    private var targets: [RecordID: RecordID] = [:]

    /// Reads the joins off ideas.
    public init(_ ideas: some Sequence<Idea>) {
        for idea in ideas where idea.standingStatuses == [IdeaStatus.joined.rawValue] {
            targets[idea.state.record] = idea.statusTarget
        }
    }

    /// The idea that another lives on in; itself if it is not joined.
    ///
    /// Two people who join two ideas crosswise, not knowing of each other, make a ring: then the
    /// ring's smallest id is the one that goes on, which is the same everywhere.
    public func root(of record: RecordID) -> RecordID {
        var path: [RecordID] = [record]
        while let next = targets[path[path.count - 1]] {
            if let start = path.firstIndex(of: next) {
                return path[start...].min() ?? record
            }
            path.append(next)
        }
        return path[path.count - 1]
    }

    /// The ideas that live on in one, without itself.
    public func joined(into record: RecordID) -> [RecordID] {
        targets.keys.filter { $0 != record && root(of: $0) == record }.sorted()
    }
}

extension Idea {
    /// The idea that this one lives on in, if its status says so.
    public var statusTarget: RecordID? {
        state.value("status")?[StatusPart.target.rawValue]?.asText.flatMap { RecordID($0) }
    }
}
