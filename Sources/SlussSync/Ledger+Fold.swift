import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

extension Ledger {
    /// What became of a record that lines have touched.
    struct RecordChange {
        let no: Int64
        let isNew: Bool
        /// Whether someone wrote without knowing of what was here.
        let isParallel: Bool
        /// Whether a field of it waits for a person.
        let isInConflict: Bool
        /// Whether it holds something that this release does not know.
        let holdsUnknown: Bool
        /// The number that it goes by; known of new records only.
        let number: String?
        /// Whether none of its writes counts any more.
        let isGone: Bool
        /// How many of its writes have been set aside by this fold.
        let newAsides: Int
    }

    /// Folds every touched record and hands each out; none is kept, so that a bundle may touch any
    /// number of records.
    ///
    /// - Parameter acknowledged: What the sender of a bundle says that it has. A write that builds
    ///   on what is not here waits for it, if its sender has it; if not even its sender does, the
    ///   write is set aside.
    /// - Throws: ``BundleRefusal`` for a gap.
    mutating func fold(
        acknowledged: Acknowledgement = Acknowledgement(), _ body: (RecordChange) -> Void
    ) throws {
        let byNo = Dictionary(logs.values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
        let isPlain = tree.isPlain && !hasUndone
        var batch: [QuickFold.Input] = []
        var batchBytes = 0
        // While some batches are folded, those before are stored, and further ones read.
        var ahead: [FoldAhead] = []
        func store(_ ledger: inout Self, leaving count: Int) throws {
            if !batch.isEmpty { ahead.append(FoldAhead(batch)) }
            batch = []
            batchBytes = 0
            while ahead.count > count {
                try ledger.store(ahead.removeFirst(), byNo, acknowledged, body)
            }
        }
        for (no, fromBeginning) in touched.sorted(by: { $0.key < $1.key }) {
            let quick =
                isPlain && !fromBeginning && !withAsides.contains(no)
                    && !withErasures.contains(no)
                ? try quickInput(no, byNo, acknowledged) : nil
            if let quick {
                batch.append(quick)
                batchBytes += quick.byteCount
                if batch.count == Self.batchMax || batchBytes > Self.batchBytesMax {
                    try store(&self, leaving: Self.batchesAhead)
                }
            } else {
                body(
                    try fold(
                        no, isPlain: isPlain && !fromBeginning, logs: byNo,
                        acknowledged: acknowledged))
            }
        }
        try store(&self, leaving: 0)
        if isToIndexAnew, indexing != .never { try indexAnew() }
        touched = [:]
        refolded = [:]
        recordNos = [:]
        newRecords = [:]
        fresh.release()
        if indexing == .atOnce { try words.index(in: transaction) }
    }

    /// How many records are read, folded and stored together.
    private static let batchMax = 32
    /// From how many bytes of writes and states on no more are added.
    private static let batchBytesMax = 1 << 20
    /// How many batches are being folded while one is read.
    private static let batchesAhead = 2

    /// What a record's quick fold needs; `nil` if it takes more than that.
    private mutating func quickInput(
        _ no: Int64, _ byNo: [Int64: StoredLog], _ acknowledged: Acknowledgement
    ) throws -> QuickFold.Input? {
        guard let (list, byteCount) = try fresh[no] ?? readAgain(no, byNo), let first = list.first
        else { return nil }
        // What has been opened again takes the whole record to judge.
        if list.contains(where: { $0.opensAgain || $0.erases }) { return nil }
        var writes = list
        if writes.count > 1 { writes.sort(by: Write.inCausalOrder) }
        for write in writes {
            try requireContext(of: write, acknowledged)
            guard isCovered(write) else { return nil }
        }
        let place = newRecords[no]
        guard let stored = try place == nil ? transaction.state(no: no) : ([], conflicts: 0)
        else { return nil }
        if stored.conflicts > 0, Reopening.mayHold(stored.0) { return nil }
        return QuickFold.Input(
            no: no, writes: writes, place: place, state: stored.0,
            byteCount: byteCount + stored.0.count, conflictCount: stored.conflicts,
            audience: logs[first.dot.replica]?.audience,
            // All that has been written to a new record is here.
            history: place == nil || writes.count == 1
                ? nil
                : Dictionary(writes.map { ($0.dot, $0.context) }, uniquingKeysWith: { $1 }))
    }

    /// The writes to a new record, from the log, once there have been too many to keep.
    private func readAgain(
        _ no: Int64, _ byNo: [Int64: StoredLog]
    ) throws -> FreshWrites.Writes? {
        guard let place = newRecords[no] else { return nil }
        let lines = try transaction.lines(ofNewRecord: no, place.record, logs: byNo)
        return (
            try lines.map { try write($0) },
            lines.reduce(0) { $0 + 400 + ($1.body?.count ?? 0) }
        )
    }

    /// Stores what has been folded; what the quick fold could not do is folded in full.
    private mutating func store(
        _ ahead: FoldAhead, _ byNo: [Int64: StoredLog], _ acknowledged: Acknowledgement,
        _ body: (RecordChange) -> Void
    ) throws {
        let outcomes = ahead.outcomes()
        defer { FoldAhead.release(ahead, outcomes) }
        for (input, outcome) in zip(ahead.inputs, outcomes) {
            var outcome = outcome
            if case .needsHistory = outcome {
                outcome = QuickFold.fold(
                    input.with(try transaction.contexts(ofRecord: input.no, logs: byNo)))
            }
            switch outcome {
            case .folded(let fold): body(try save(fold, input))
            case .needsHistory, .needsAll:
                body(
                    try self.fold(
                        input.no, isPlain: true, logs: byNo, acknowledged: acknowledged))
            case .damaged: throw StoreError.damaged(what: "state")
            }
        }
        if words.isLarge { try words.index(in: transaction) }
    }

    private mutating func save(
        _ fold: QuickFold, _ input: QuickFold.Input
    ) throws -> RecordChange {
        var conflictCount = input.conflictCount
        if input.place == nil {
            try saveQuickly(input.no, fold, &conflictCount)
        } else {
            try transaction.insert(input.no, fold.editor, fold.bytes, fold.summary)
            conflictCount = Int64(fold.conflicts.count)
        }
        if indexing != .never { words.note(fold.words, of: input.no) }
        return RecordChange(
            no: input.no, isNew: input.place != nil, isParallel: fold.isParallel,
            isInConflict: conflictCount > 0, holdsUnknown: fold.holdsUnknown,
            number: input.place == nil ? nil : fold.summary?.number, isGone: false, newAsides: 0)
    }

    /// Stores what a fold has changed.
    private func saveQuickly(
        _ no: Int64, _ fold: QuickFold, _ conflictCount: inout Int64
    ) throws {
        let (listed, conflicts) = (fold.listed, fold.conflicts)
        try transaction.save(
            no, fold.bytes, status: listed.contains(.status) ? .some(fold.summary?.status) : nil)
        if let summary = fold.summary {
            if listed.contains(.number) { try transaction.save(no, number: summary.number) }
            if listed.contains(.unit) { try transaction.save(no, unit: summary.unit) }
            if listed.contains(.day) { try transaction.save(no, day: summary.day) }
        }
        if conflictCount > 0 || !conflicts.isEmpty {
            conflictCount = try transaction.save(
                no, conflicts: conflicts.map { (path: $0.path.description, id: $0.id) },
                of: Set(fold.editor.parts.map(\.key.path)).map(\.description),
                count: conflictCount)
        }
    }

    private mutating func fold(
        _ no: Int64, isPlain: Bool, logs byNo: [Int64: StoredLog],
        acknowledged: Acknowledgement
    ) throws -> RecordChange {
        if let place = newRecords[no] {
            try transaction.insert(
                no, StateEditor(record: place.record, kind: "", audience: place.audience))
        }
        let old = try transaction.record(no: no).state
        let lines = try transaction.lines(ofRecord: no, logs: byNo, after: old.context)
        let writes = try lines.map { try write($0) }.sorted(by: Write.inCausalOrder)
        for write in writes where isFresh(write.dot) {
            try requireContext(of: write, acknowledged)
        }
        if isPlain, !withAsides.contains(no), !withErasures.contains(no),
            !writes.contains(where: \.erases),
            let state = try plainFold(writes, into: old, no: no, logs: byNo)
        {
            return try save(no, old, state, aside: nil, writes)
        }
        let fold = try fullFold(no, old, logs: byNo)
        try erase(no, fold, logs: byNo)
        return try save(no, old, fold.state, aside: fold.aside, writes)
    }

    /// Folds new writes into a state, if that gives what folding all of them would.
    private func plainFold(
        _ writes: [Write], into old: RecordState, no: Int64, logs byNo: [Int64: StoredLog]
    ) throws -> RecordState? {
        var state = old
        if state.context.isEmpty {
            guard let kind = writes.first?.kind else { return nil }
            state = RecordState(record: old.record, kind: kind, audience: old.audience)
        }
        var history: [Dot: VersionVector]?
        for write in writes {
            guard write.kind == state.kind, !write.isUnreadable, isCovered(write) else {
                return nil
            }
            if write.context != state.context {
                let known =
                    try history
                    ?? Dictionary(
                        transaction.lines(ofRecord: no, logs: byNo).map {
                            let write = try self.write($0)
                            return (write.dot, write.context)
                        }, uniquingKeysWith: { $1 })
                history = known
                guard ContextCheck.admits(write, after: state.context, known) else { return nil }
            }
            state.apply(write)
        }
        return state
    }

    /// Folds a record from all of its lines.
    func fullFold(
        _ no: Int64, _ old: RecordState, logs byNo: [Int64: StoredLog]
    ) throws -> RecordFold {
        let lines = try transaction.lines(ofRecord: no, logs: byNo)
        return RecordFold(
            record: old.record, audience: old.audience, writes: try lines.map { try write($0) },
            undone: undone(lines.map(\.dot)), branches: tree, isCovered: isCovered)
    }

    /// Those of some writes that a person has taken back.
    func undone(_ dots: [Dot]) -> Set<Dot> {
        Set(dots.filter { $0.counter > logs[$0.replica]?.count ?? 0 })
    }

    private mutating func save(
        _ no: Int64, _ old: RecordState, _ state: RecordState, aside: [Dot: Flaw]?,
        _ writes: [Write]
    ) throws -> RecordChange {
        let conflicts = state.conflicts
        let summary = RecordSummary(state, conflicts: conflicts)
        try transaction.save(no, state, summary)
        if indexing != .never {
            // Not with the others at the end: what is folded anew may come from no marked line.
            var words = SearchBacklog()
            words.note(state.searchText, of: no)
            try words.index(in: transaction)
        }
        let kept = aside.map { $0.filter { $0.value != .undone } }
        if let kept {
            try transaction.save(no, aside: kept, logs: logs)
            if kept.isEmpty { withAsides.remove(no) } else { withAsides.insert(no) }
        }
        let isNew = old.context.isEmpty
        return RecordChange(
            no: no, isNew: isNew,
            isParallel: !isNew
                && writes.contains { isFresh($0.dot) && !$0.context.covers(old.context) },
            isInConflict: !conflicts.isEmpty, holdsUnknown: summary.holdsUnknown,
            number: summary.number, isGone: state.context.isEmpty,
            newAsides: writes.count { isFresh($0.dot) && kept?[$0.dot] != nil })
    }

    private func isFresh(_ dot: Dot) -> Bool {
        dot.counter > countsAtFirst[dot.replica, default: 0]
    }

    /// Refuses a bundle whose writes build on what its sender has and this store does not.
    ///
    /// A count in a context means the log as its sender has it; so the sender's head of that log
    /// must be here, and not only as many writes.
    private mutating func requireContext(
        of write: Write, _ acknowledged: Acknowledgement
    ) throws {
        for entry in write.context.entries where !verifiedHeads.contains(entry.replica) {
            let (replica, needed) = (entry.replica, entry.count)
            guard let head = acknowledged[replica], head.count >= needed else { continue }
            let continuations = tree.continuations(of: replica)
            let held = continuations.compactMap { logs[$0]?.count }.max() ?? 0
            guard held >= head.count else {
                throw BundleRefusal.missingContext(of: replica, held: held, needed: head.count)
            }
            guard try holds(head, of: replica) else {
                throw BundleRefusal.missingBranch(of: replica, counter: head.count)
            }
            verifiedHeads.insert(replica)
        }
    }
}

/// Admits a write to a record only with a context that an honest writer can have: it names writes
/// to this record, holds all that those had seen, and holds the writer's own last write.
///
/// The shortcut of ``RecordFold`` for logs that have not forked.
enum ContextCheck {
    /// - Parameters:
    ///   - seen: All that has been folded in.
    ///   - history: What each write to the record had seen.
    static func admits(
        _ write: Write, after seen: VersionVector, _ history: [Dot: VersionVector]
    ) -> Bool {
        // The usual case: the writer had seen all that is here, and that is closed already.
        if write.context == seen { return true }
        // What is not folded in cannot have been seen.
        guard seen.covers(write.context) else { return false }
        let isClosed = write.context.entries.allSatisfy { entry in
            history[Dot(replica: entry.replica, counter: entry.count)]
                .map(write.context.covers) ?? false
        }
        let replica = write.dot.replica
        return isClosed && write.context[replica] == seen[replica]
    }
}

extension RecordSummary {
    /// What can be listed of a state.
    init(_ state: RecordState, conflicts: [Conflict]) {
        self.init(
            number: state.namedNumber, unit: state.namedUnit, day: state.text("day"),
            status: state.listedStatus,
            conflicts: conflicts.map { (path: $0.path.description, id: $0.id) },
            holdsUnknown: state.holdsUnknown)
    }
}

extension RecordState {
    private static let status: FieldPath = "status"

    /// The word of the status, as lists have it.
    var listedStatus: String? { value(Self.status)?["state"]?.asText }
}

extension Write {
    /// Whether it takes a resolution back.
    fileprivate var opensAgain: Bool {
        body?.changes.contains { Reopening.isOne($0.path) } ?? false
    }
}
