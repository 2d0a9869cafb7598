import SlussBundle
import SlussCore
import SlussStore

/// A place in a log: behind a write of one of its branches.
struct LogPosition {
    /// The branch.
    var branch: ReplicaID
    /// The write; one less than the branch's first if none of the branch is behind it.
    var counter: UInt64
}

/// The tree of branches that a log becomes when two machines write under one name.
///
/// Lines are looked up and put in by digest. What comes of it is a function of the set of lines
/// alone: the branches are the stretches without a fork, and each is named by its first digest.
extension Ledger {
    /// Where the lines of a bundle's log go on, after the write that it says they continue.
    ///
    /// - Throws: ``BundleRefusal`` if that write is not here.
    mutating func position(_ range: BundleManifest.LogRange) throws -> LogPosition {
        guard range.from > 1 else {
            let root = try log(
                range.root, audience: range.audience, owner: range.owner,
                machine: range.machine.string, ownership: .foreign)
            guard range.before == LogChain.start(range.root, root.audience) else {
                throw BundleRefusal.brokenChain(replica: range.replica)
            }
            return LogPosition(branch: range.root, counter: 0)
        }
        let before = range.from - 1
        if let log = try branches(of: range.root, at: before)[range.before].flatMap({ logs[$0] }),
            before <= log.count
        {
            guard log.audience == range.audience else {
                throw BundleRefusal.brokenChain(replica: range.replica)
            }
            return LogPosition(branch: log.replica, counter: before)
        }
        let held =
            tree.continuations(of: range.root).compactMap { logs[$0]?.count }.max() ?? 0
        throw held < before
            ? BundleRefusal.missingHistory(
                of: range.replica, held: held, firstInBundle: range.from)
            : BundleRefusal.missingBranch(of: range.root, counter: before)
    }

    /// The branches of a log that have a write with a counter, by its digest.
    ///
    /// Remembered: thousands of branches may begin behind one write.
    private mutating func branches(
        of root: ReplicaID, at counter: UInt64
    ) throws -> [Digest: ReplicaID] {
        if let known = places[root]?[counter] { return known }
        var found: [Digest: ReplicaID] = [:]
        for log in tree.continuations(of: root).compactMap({ logs[$0] })
        where log.start <= counter && counter <= log.stored {
            if let digest = try transaction.digest(of: log, at: counter) {
                found[digest] = log.replica
            }
        }
        places[root, default: [:]][counter] = found
        return found
    }

    /// Forgets where the lines of a log are from a counter on: there are others now.
    private mutating func forgetPlaces(of root: ReplicaID, from counter: UInt64) {
        guard let known = places[root] else { return }
        places[root] = known.filter { $0.key < counter }
    }

    /// Refuses a log that has divided again and again: each write then has a path as long as that.
    func refuseDeepBranches(_ roots: Set<ReplicaID>) throws {
        guard !tree.isPlain else { return }
        for root in roots.sorted() where tree.depth(of: root) > BundleLimits.branchDepthMax {
            throw BundleRefusal.overLimit(
                "branchDepthMax", max: UInt64(BundleLimits.branchDepthMax))
        }
    }

    /// Takes the lines that follow a position, after comparing those that are here already.
    ///
    /// - Returns: How many were new.
    mutating func take(_ lines: [LogLine], at position: inout LogPosition) throws -> Int {
        var rest = lines[...]
        var new = 0
        while let first = rest.first {
            guard let log = logs[position.branch] else { throw StoreError.damaged(what: "log") }
            if position.counter < log.stored {
                let (same, count) = try compare(rest, with: log, from: position.counter)
                new += count
                position.counter += UInt64(same)
                rest = rest.dropFirst(same)
                if let other = rest.first, position.counter < log.stored,
                    let log = logs[position.branch]
                {
                    try split(log, at: other.write.dot.counter)
                }
            } else if tree.hasContinuations(log.replica) {
                position.branch = try branch(behind: log, first)
                position.counter = first.write.dot.counter - 1
                guard let next = logs[position.branch], next.stored == position.counter else {
                    continue
                }
                new += try extend(next, with: rest, &position)
                rest = []
            } else {
                new += try extend(log, with: rest, &position)
                rest = []
            }
        }
        return new
    }

    private mutating func extend(
        _ log: StoredLog, with lines: ArraySlice<LogLine>, _ position: inout LogPosition
    ) throws -> Int {
        if log.ownership == .live {
            // Someone has gone on with this store's own log, or this store was set back.
            hasLostOwn = true
        }
        forgetPlaces(of: log.root, from: log.stored + 1)
        try append(lines, to: log.replica)
        position.counter = logs[log.replica]?.count ?? position.counter
        return lines.count
    }

    /// Compares lines with those of a log behind a position; takes again what was undone.
    ///
    /// - Returns: How many are the same, and how many of those did not count.
    private mutating func compare(
        _ lines: ArraySlice<LogLine>, with log: StoredLog, from counter: UInt64
    ) throws -> (same: Int, new: Int) {
        let known = lines.prefix(Int(clamping: log.stored - counter))
        guard let last = known.last else { return (0, 0) }
        var same = known
        // Digests cover all before them: if the last agrees, all do.
        if !Self.isSame(
            try transaction.digest(of: log, at: last.write.dot.counter), last.digest)
        {
            var count = 0
            for line in known {
                let found = try transaction.digest(of: log, at: line.write.dot.counter)
                guard Self.isSame(found, line.digest) else { break }
                count += 1
            }
            same = known.prefix(count)
        }
        var log = log
        var new = 0
        for line in same where line.write.dot.counter > log.count {
            _ = try touch(line, audience: log.audience)
            log.count = line.write.dot.counter
            log.digest = line.digest
            new += 1
        }
        if new > 0 {
            logs[log.replica] = log
            try transaction.update(log)
        }
        return (same.count, new)
    }

    /// Whether a write that is here is the one that a bundle has.
    private static func isSame(_ found: Digest?, _ digest: Digest) -> Bool {
        #if SLUSS_SABOTAGE
            if Sabotage.current == .counterReuse { return true }
        #endif
        return found == digest
    }

    /// Divides a branch: the lines from write `counter` on become a branch of their own, named by
    /// the first of them.
    private mutating func split(_ log: StoredLog, at counter: UInt64) throws {
        guard let first = try transaction.digest(of: log, at: counter),
            let before = try digest(before: counter, of: log)
        else { throw StoreError.damaged(what: "log") }
        forgetPlaces(of: log.root, from: counter)
        var head = log
        let name = LogChain.branch(of: log.root, firstDigest: first)
        var tail = try transaction.insertLog(
            Branch(replica: name, root: log.root, parent: log.replica, start: counter),
            parent: log, audience: log.audience, owner: log.owner, machine: log.machine,
            ownership: log.ownership == .foreign ? .foreign : .retired, digest: before)
        try refold(log, from: counter, as: name)
        try transaction.move(from: log, at: counter, to: tail)
        if log.ownership == .live { hasLostOwn = true }
        tail.stored = log.stored
        // As wide as it was: that is enough.
        tail.days = log.days
        if log.count >= counter {
            tail.count = log.count
            tail.digest = log.digest
            head.count = counter - 1
            head.digest = before
        }
        head.stored = counter - 1
        if log.written >= counter {
            tail.written = log.written
            head.written = counter - 1 < log.start ? 0 : counter - 1
        }
        if log.ownership == .live { head.ownership = .retired }
        try transaction.update(head)
        try transaction.update(tail)
        countsAtFirst[name] = countsAtFirst[log.replica]
        renamings.append((log.replica, counter, name))
        if renamings.count.isMultiple(of: BundleLimits.branchDepthMax) {
            try refuseDeepBranches([log.root])
        }
        note(head, dividedInto: tail)
    }

    /// Has the records of a branch's lines folded from the beginning, now that those get a name of
    /// their own, and those that have writes set aside.
    ///
    /// A branch that is divided again and again has most of that behind it.
    private mutating func refold(
        _ log: StoredLog, from counter: UInt64, as name: ReplicaID
    ) throws {
        if refolded.isEmpty {
            for record in try transaction.recordsWithAsides() { touched[record] = true }
        }
        let from = max(counter, (refolded[log.replica] ?? 0) + 1)
        if from <= log.stored {
            for record in try transaction.records(of: log, from: from) { touched[record] = true }
        }
        refolded[name] = log.stored
    }

    /// The branch behind `log` that begins with `line`, started if it is not here yet.
    private mutating func branch(behind log: StoredLog, _ line: LogLine) throws -> ReplicaID {
        let name = LogChain.branch(of: log.root, firstDigest: line.digest)
        if logs[name] != nil { return name }
        if logs.count.isMultiple(of: BundleLimits.branchDepthMax) {
            try refuseManyLogs([log.root])
        }
        guard let before = try digest(before: line.write.dot.counter, of: log) else {
            throw StoreError.damaged(what: "log")
        }
        note(
            try transaction.insertLog(
                Branch(
                    replica: name, root: log.root, parent: log.replica,
                    start: line.write.dot.counter),
                parent: log, audience: log.audience, owner: log.owner, machine: log.machine,
                ownership: .foreign, digest: before))
        return name
    }

    /// What a store says that it has, in the names that logs and branches have here.
    ///
    /// A count alone says nothing of a log that may have forked; the digest tells which branch is
    /// meant. If it is none that is here, nothing of that log counts as had: what is then sent is
    /// more than needed, never less.
    func resolve(_ acknowledgement: Acknowledgement) throws -> VersionVector {
        var vector = VersionVector()
        for (replica, head) in acknowledgement.entries {
            for log in try branches(of: replica, with: head) {
                vector[log.replica] = max(vector[log.replica], min(log.count, head.count))
            }
        }
        return vector
    }

    /// Whether a head is here: the same log up to the same write.
    func holds(_ head: LogHead, of replica: ReplicaID) throws -> Bool {
        try branch(of: replica, with: head) != nil
    }

    /// The branch that a head lies in.
    private func branch(of replica: ReplicaID, with head: LogHead) throws -> StoredLog? {
        try tree.continuations(of: replica).compactMap { logs[$0] }.first { log in
            guard log.start <= head.count, head.count <= log.count else { return false }
            return try transaction.digest(of: log, at: head.count) == head.digest
        }
    }

    /// The branches that lead to a head, itself last; none if that head is not here.
    private func branches(of replica: ReplicaID, with head: LogHead) throws -> [StoredLog] {
        if let last = try branch(of: replica, with: head) {
            return tree.path(to: last.replica).compactMap { logs[$0.replica] }
        }
        let continuations = tree.continuations(of: replica).compactMap { logs[$0] }
        // More than is here: the same log further on, unless it has forked.
        guard continuations.count == 1, let log = continuations.first, head.count > log.count
        else { return [] }
        return tree.path(to: replica).compactMap { logs[$0.replica] }
    }

    /// The digest before a log's first write, from the log that it continues.
    func startDigest(of log: StoredLog) throws -> Digest? {
        guard log.start > 1 else { return LogChain.start(log.root, log.audience) }
        return try log.parent.flatMap { logs[$0] }.flatMap {
            try transaction.digest(of: $0, at: log.start - 1)
        }
    }

    /// The digest of a log before write `counter`, which may lie in the branch before.
    func digest(before counter: UInt64, of log: StoredLog) throws -> Digest? {
        guard counter > log.start else { return try startDigest(of: log) }
        return try transaction.digest(of: log, at: counter - 1)
    }
}
