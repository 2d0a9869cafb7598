public import SlussCore
import SlussDomain
import SlussStore

/// What has been settled here, one conflict at a time, and how it is opened again.
extension OpenUnit {
    /// A resolution that stands.
    private struct Standing {
        let record: StoredRecord
        let path: FieldPath
        let settlement: ConflictView.Settlement
    }

    /// How many settled conflicts are listed, if nobody says otherwise.
    public static let settledMax = 50

    /// The conflicts that were settled in this store and can be opened again, the newest first: by
    /// their place in the log, and between logs by day.
    ///
    /// Each is shown as whoever settled it saw it. What somebody has changed since is not among them.
    public func settledConflicts(limit: Int = settledMax) throws -> [ConflictView] {
        try store.read { transaction in
            let ledger = try Ledger(transaction, reader: reader)
            var found: [(view: ConflictView, day: Int, log: Int64, counter: UInt64)] = []
            for log in ledger.logs.values where log.isOwn {
                var day = Int.max
                for view in try settled(in: log, limit: limit, ledger) {
                    guard let settlement = view.settlement else { continue }
                    // A log knows its order; a clock that was set back does not turn it round.
                    day = min(day, settlement.day.number)
                    found.append((view, day, log.no, settlement.write.counter))
                }
            }
            let newestFirst = found.sorted {
                ($0.day, $0.log, $0.counter) > ($1.day, $1.log, $1.counter)
            }
            return newestFirst.prefix(limit).map(\.view)
        }
    }

    /// The settled conflict of that name, or of `NUMBER/FIELD`.
    ///
    /// - Throws: ``InputError/noSuchConflict(_:)`` if no resolution stands there.
    public func settledConflict(_ name: String) throws -> ConflictView {
        try store.read { transaction in
            let ledger = try Ledger(transaction, reader: reader)
            guard let standing = try standing(named: name, ledger),
                let view = try view(of: standing, ledger, wantsBase: true)
            else { throw InputError.noSuchConflict(name) }
            return view
        }
    }

    /// Takes one resolution back: its values stand side by side again, here and wherever the next
    /// bundles go.
    ///
    /// - Parameter resolution: The write that the person has seen; if it is not said, that which
    ///   stands.
    /// - Throws: ``InputError/notReopened(_:)`` if somebody has changed the field meanwhile, or
    ///   several values stand there already; ``InputError/noSuchConflict(_:)``.
    public func reopen(
        settled name: String, resolution: Dot? = nil, by person: Person
    ) throws -> ConflictView {
        try write { transaction in
            var ledger = try ledger(transaction)
            let place = try place(named: name, ledger)
            guard let dot = try resolution ?? standing(at: place, ledger)?.settlement.write else {
                guard try wasSettled(place, ledger) else { throw InputError.noSuchConflict(name) }
                throw InputError.notReopened(.changed)
            }
            let stored = StoredResolution(
                record: place.record.no, path: place.path.description, dot: dot)
            if let reason = try reopen(stored, place.path, place.record.state, person, &ledger) {
                throw InputError.notReopened(reason)
            }
            return try conflict(
                place.record.no, place.path.description, ledger.logs, in: transaction)
        }
    }

    // MARK: - Looking

    private func settled(
        in log: StoredLog, limit: Int, _ ledger: Ledger
    ) throws -> [ConflictView] {
        var found: [ConflictView] = []
        try forEachStanding(in: log, ledger) { standing in
            if let view = try view(of: standing, ledger) { found.append(view) }
            return found.count < limit
        }
        return found
    }

    /// Hands out the resolutions of a log that stand, the newest first, while `body` says so.
    private func forEachStanding(
        in log: StoredLog, _ ledger: Ledger, _ body: (Standing) throws -> Bool
    ) throws {
        try ledger.transaction.forEachChoice(of: log) { no, line in
            let write = try ledger.write(line)
            let record = try ledger.transaction.record(no: no)
            for path in write.settledPaths {
                guard let standing = standing(write, record, path) else { continue }
                guard try body(standing) else { return false }
            }
            return true
        }
    }

    private func standing(
        _ write: Write, _ record: StoredRecord, _ path: FieldPath
    ) -> Standing? {
        // What was there before a block is as secret as what is there now.
        guard !record.state.isBlocked, record.state.stands(write.dot, path),
            !record.state.conflicts.contains(where: { $0.path == path })
        else { return nil }
        return write.settlement(of: path).map {
            Standing(record: record, path: path, settlement: $0)
        }
    }

    /// The conflict that a resolution has settled; `nil` if it has settled none.
    private func view(
        of standing: Standing, _ ledger: Ledger, wantsBase: Bool = false
    ) throws -> ConflictView? {
        let lines = try lines(of: standing.record.no, ledger)
        let past = try past(
            before: standing.settlement.write, standing.path, standing.record.state, lines, ledger)
        return try past.map { past in
            var view = try view(
                of: past.conflict, past.state, ledger.logs, wantsBase: wantsBase,
                in: ledger.transaction)
            view.settlement = standing.settlement
            return view
        }
    }

    private func place(
        named name: String, _ ledger: Ledger
    ) throws -> (record: StoredRecord, path: FieldPath) {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            guard let found = try standing(named: name, ledger) else {
                throw InputError.noSuchConflict(name)
            }
            return (found.record, found.path)
        }
        guard let path = FieldPath(parts[1]) else { throw InputError.noSuchConflict(name) }
        return (try find(parts[0], in: ledger.transaction), path)
    }

    private func standing(named name: String, _ ledger: Ledger) throws -> Standing? {
        if name.contains("/") { return try standing(at: place(named: name, ledger), ledger) }
        let id = name.lowercased()
        var found: Standing?
        for log in ledger.logs.values where log.isOwn && found == nil {
            try forEachStanding(in: log, ledger) { standing in
                if Conflict.id(standing.record.state.record, standing.path) == id {
                    found = standing
                }
                return found == nil
            }
        }
        return found
    }

    /// Whether anybody has ever settled a field.
    private func wasSettled(
        _ place: (record: StoredRecord, path: FieldPath), _ ledger: Ledger
    ) throws -> Bool {
        try lines(of: place.record.no, ledger).values.contains { line in
            try ledger.write(line).body?.changes.contains { change in
                if case .settle = change.change { change.path == place.path } else { false }
            } ?? false
        }
    }

    /// The newest resolution of a field that stands, whoever wrote it.
    private func standing(
        at place: (record: StoredRecord, path: FieldPath), _ ledger: Ledger
    ) throws -> Standing? {
        let writes = try lines(of: place.record.no, ledger).values.map { try ledger.write($0) }
            .sorted(by: Write.inCausalOrder)
        for write in writes.reversed() {
            guard let standing = standing(write, place.record, place.path) else { continue }
            if try view(of: standing, ledger) != nil { return standing }
        }
        return nil
    }
}

extension Write {
    /// The fields that the write may have settled: where a person has chosen, or given the value of
    /// one writer.
    fileprivate var settledPaths: [FieldPath] {
        (body?.changes ?? []).compactMap { change in
            switch change.change {
            case .settle, .own: change.path
            default: nil
            }
        }
    }

    /// What the write says of a field that it settles.
    func settlement(of path: FieldPath) -> ConflictView.Settlement? {
        guard let body else { return nil }
        let value = body.changes.lazy.compactMap { change -> FieldValue? in
            guard change.path == path else { return nil }
            return switch change.change {
            case .settle(let value), .own(let value): value
            default: nil
            }
        }.first
        return value.map {
            ConflictView.Settlement(
                write: dot, value: $0, day: day, author: body.author?.string, role: body.role,
                reason: body.reason?.string)
        }
    }
}
