/// A stretch of a log that never forks: from its first write to the next fork, or to the end.
///
/// Two machines that have gone on under one replica id – a cloned or restored store – leave a log
/// that is a tree: the writes that both have are one branch, and what each wrote alone is another.
/// The branch that starts at write 1 is named by the replica itself; every other by a replica id
/// that is derived from its first digest, so that every store gives it the same name, whichever
/// branch it met first.
public struct Branch: Hashable, Sendable {
    /// Its name; the replica of its writes' dots.
    public let replica: ReplicaID
    /// The replica under which the lines were written.
    public let root: ReplicaID
    /// The branch that it continues; `nil` for the one that starts at write 1.
    public let parent: ReplicaID?
    /// The counter of its first write.
    public let start: UInt64

    /// Puts a branch together.
    public init(replica: ReplicaID, root: ReplicaID, parent: ReplicaID?, start: UInt64) {
        self.replica = replica
        self.root = root
        self.parent = parent
        self.start = start
    }
}

/// Every branch of every log that a store has.
public struct BranchTree: Sendable {
    private var branches: [ReplicaID: Branch] = [:]
    private var children: [ReplicaID: [ReplicaID]] = [:]

    /// A tree of the branches given.
    public init(_ branches: some Sequence<Branch>) {
        for branch in branches { insert(branch) }
    }

    /// Adds a branch that is not there yet.
    public mutating func insert(_ branch: Branch) {
        branches[branch.replica] = branch
        if let parent = branch.parent { children[parent, default: []].append(branch.replica) }
    }

    /// Divides a branch: what continued it now continues `tail`, and that continues it.
    ///
    /// - Returns: What continues `tail`.
    public mutating func divide(_ replica: ReplicaID, into tail: Branch) -> [ReplicaID] {
        let moved = children[replica] ?? []
        for child in moved {
            guard let branch = branches[child] else { continue }
            branches[child] = Branch(
                replica: child, root: branch.root, parent: tail.replica, start: branch.start)
        }
        children[tail.replica] = children[replica]
        children[replica] = [tail.replica]
        branches[tail.replica] = tail
        return moved
    }

    /// Whether no log has ever forked: then a count in a context can mean one thing only.
    public var isPlain: Bool { children.isEmpty }

    /// A branch by its name.
    public subscript(replica: ReplicaID) -> Branch? { branches[replica] }

    /// The branches that lead to `replica`, from write 1 on, itself last.
    public func path(to replica: ReplicaID) -> [Branch] {
        var path: [Branch] = []
        var next = branches[replica]
        while let branch = next, path.count <= branches.count {
            path.append(branch)
            next = branch.parent.flatMap { branches[$0] }
        }
        return path.reversed()
    }

    /// Whether `replica` is `ancestor`, or leads back to it.
    public func isContinuation(_ replica: ReplicaID, of ancestor: ReplicaID) -> Bool {
        guard let last = branches[replica] else { return false }
        // Every branch of a log leads back to its first.
        if ancestor == last.root || ancestor == replica { return true }
        return path(to: replica).contains { $0.replica == ancestor }
    }

    /// How many branches follow one another, at most, from a log's first on.
    public func depth(of root: ReplicaID) -> Int {
        var level = [root]
        var depth = 0
        while !level.isEmpty, depth <= branches.count {
            depth += 1
            level = level.flatMap { children[$0] ?? [] }
        }
        return depth
    }

    /// A branch and everything that continues it, in no order that matters.
    public func continuations(of replica: ReplicaID) -> [ReplicaID] {
        var found = [replica]
        var index = 0
        while index < found.count, found.count <= branches.count {
            found += children[found[index]] ?? []
            index += 1
        }
        return found
    }

    /// Whether something continues the branch.
    public func hasContinuations(_ replica: ReplicaID) -> Bool { children[replica] != nil }
}
