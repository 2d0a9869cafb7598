import SlussBundle
import SlussCore
public import SlussDomain
import SlussStore

/// Something that `check` found.
public struct Finding: Sendable {
    /// Whether the store is damaged, or a person should look.
    public enum Level: String, Sendable {
        case damaged
        case look
    }

    /// The finding's name in JSON.
    public let code: String
    /// How bad it is.
    public let level: Level
    /// What was found.
    public let text: Phrase
}

extension OpenUnit {
    /// Looks for every damage that a digest covers, and folds the whole log again: what is stored
    /// must be what the log says.
    ///
    /// Changes nothing.
    public func check() throws -> [Finding] {
        let around = placeFindings() + keyFindings()
        let doubt = try doubtFindings()
        return try store.read { transaction in
            var findings = around + doubt
            findings += Self.survey {
                try transaction.integrityFindings().map { finding in
                    Finding(
                        code: "integrity", level: .damaged,
                        text: Phrase("SQLite: \(finding)", "SQLite: \(finding)"))
                }
            }
            var newest: Day?
            findings += Self.survey { try checkChains(&newest, in: transaction) }
            findings += clockFindings(newest)
            findings += Self.survey { try checkStrays(in: transaction) }
            findings += Self.survey {
                try checkRecords(try Ledger(transaction, reader: reader))
            }
            findings += Self.survey { try checkIndex(in: transaction) }
            findings += Self.survey {
                _ = try transaction.peers().map {
                    try transaction.lastSent(to: $0.unit.description)
                }
                _ = try transaction.lastSent(to: "central")
                _ = try transaction.runs()
                _ = try transaction.invitations()
                _ = try transaction.backups()
                return []
            }
            findings += Self.survey { try checkStatements(in: transaction) }
            findings += Self.survey { try checkLooks(in: transaction) }
            findings += Self.survey { try checkIdentity(in: transaction) }
            return findings
        }
    }

    /// Runs one part of the check; what cannot even be read is a finding, too.
    private static func survey(_ body: () throws -> [Finding]) -> [Finding] {
        do { return try body() } catch {
            let what: String =
                if case .damaged(let what) = error as? StoreError { what } else { "SQLite" }
            return [
                Finding(
                    code: "unreadable", level: .damaged,
                    text: Phrase(
                        "En del av lagret går inte att läsa (\(what)).",
                        "A part of the store cannot be read (\(what))."))
            ]
        }
    }

    /// Goes through every log, byte by byte.
    ///
    /// - Parameter newest: Becomes the newest plausible day of what was written here.
    private func checkChains(
        _ newest: inout Day?, in transaction: StoreTransaction
    ) throws -> [Finding] {
        let ledger = try Ledger(transaction, reader: reader)
        return try ledger.logs.values.sorted { $0.replica < $1.replica }.compactMap { log in
            try checkChain(log, ledger) { day in
                guard log.isOwn, Self.isPlausible(day) else { return }
                newest = max(newest ?? day, day)
            }
        }
    }

    /// What is no damage, but something for a person.
    private func checkLooks(in transaction: StoreTransaction) throws -> [Finding] {
        var findings = try transaction.duplicateNumbers().map { number in
            Finding(
                code: "duplicateNumber", level: .look,
                text: Phrase(
                    "Två poster har numret \(number). Ge den ena ett nytt med ”edit ID --new-number”.",
                    "Two records have the number \(number). Give one of them another with “edit ID --new-number”."
                ))
        }
        let unknown = try transaction.unknownCount()
        if unknown > 0 {
            findings.append(
                Finding(
                    code: "needsNewerRelease", level: .look,
                    text: Phrase(
                        "\(unknown) poster har något som kräver en nyare Sluss. Inget har gått förlorat.",
                        "\(unknown) records hold something that needs a newer Sluss. Nothing is lost."
                    )))
        }
        return findings
    }

    private func checkChain(
        _ log: StoredLog, _ ledger: Ledger, day: (Day) -> Void
    ) throws -> Finding? {
        var digest = try ledger.startDigest(of: log)
        var count = log.start - 1
        var broken: UInt64?
        var countDigest = digest
        try ledger.transaction.forEachLine(of: log, from: 1, through: UInt64(Int64.max)) { line in
            guard broken == nil else { return }
            count += 1
            let read = digest.flatMap {
                try? reader.read(
                    envelope: line.envelope, body: line.body, replica: log.replica, after: $0)
            }
            guard let read, read.digest == line.digest, line.dot.counter == count,
                read.write.dot == line.dot, log.days?.contains(read.write.day) ?? false
            else {
                broken = line.dot.counter
                return
            }
            if count == log.start, log.parent != nil,
                log.replica != LogChain.branch(of: log.root, firstDigest: line.digest)
            {
                broken = count
            }
            digest = line.digest
            day(read.write.day)
            if count == log.count { countDigest = digest }
        }
        if broken == nil, count == log.stored, countDigest == log.digest { return nil }
        let place = broken ?? count + 1
        return Finding(
            code: "brokenChain", level: .damaged,
            text: Phrase(
                "Loggen \(log.replica) från \(log.owner) är skadad vid skrivning \(place).",
                "The log \(log.replica) of \(log.owner) is damaged at write \(place)."))
    }

    private func checkRecords(_ ledger: Ledger) throws -> [Finding] {
        let byNo = Dictionary(
            ledger.logs.values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
        var findings: [Finding] = []
        try ledger.transaction.forEachRawRecord { record in
            guard try !isAsTheLogSays(record, byNo, ledger) else { return }
            findings.append(
                Finding(
                    code: "stateDiffers", level: .damaged,
                    text: Phrase(
                        "Posten \(record.record) är inte vad loggen säger.",
                        "The record \(record.record) is not what the log says.")))
        }
        return findings
    }

    /// Looks whether every word of every record can be found by the index.
    ///
    /// The index may hold more (``SearchBacklog``). Records are taken in batches, and of words no more
    /// than a hash is kept, so that memory is bounded; the index is read through once for each batch.
    private func checkIndex(in transaction: StoreTransaction) throws -> [Finding] {
        let unindexed = Set(try transaction.unindexedRecords())
        var isMissing = false
        var missing: Set<Posting> = []
        func lookUp() throws {
            try transaction.forEachPosting { missing.remove(Posting($0.utf8, of: $1)) }
            isMissing = isMissing || !missing.isEmpty
            missing = []
        }
        try transaction.forEachRecord(RecordFilter()) { record in
            guard !unindexed.contains(record.no) else { return }
            var words: [UInt8] = []
            SearchWords.append(
                SearchText.normalised(record.state.searchText)[...], to: &words)
            for word in Set(words.split(separator: UInt8(ascii: " "))) {
                missing.insert(Posting(word, of: record.no))
            }
            if missing.count > 2_000_000 { try lookUp() }
        }
        try lookUp()
        guard try isMissing || !transaction.knowsEveryWord() else { return [] }
        return [
            Finding(
                code: "searchDiffers", level: .damaged,
                text: Phrase(
                    "Sökregistret saknar ord. Anteckningarna är hela, men alla hittas inte vid sökning.",
                    "The search index lacks words. The notes are whole, but a search does not find all."
                ))
        ]
    }

    /// A word that a record has, by its hash: of another seed in each process, so that nobody can
    /// make two words of one.
    private struct Posting: Hashable {
        private let word: Int
        private let record: Int64

        init(_ word: some Sequence<UInt8>, of record: Int64) {
            var hasher = Hasher()
            for byte in word { hasher.combine(byte) }
            self.word = hasher.finalize()
            self.record = record
        }
    }

    /// Folds a record from its log, with nothing taken from what is stored of it.
    private func isAsTheLogSays(
        _ record: RawRecord, _ logs: [Int64: StoredLog], _ ledger: Ledger
    ) throws -> Bool {
        let lines = try ledger.transaction.lines(ofRecord: record.no, logs: logs)
        guard let writes = try? lines.map({ try ledger.write($0) }),
            !writes.isEmpty, writes.allSatisfy({ $0.record == record.record })
        else { return false }
        let fold = RecordFold(
            record: record.record, audience: record.audience, writes: writes,
            undone: ledger.undone(writes.map(\.dot)), branches: ledger.tree,
            isCovered: ledger.isCovered)
        let summary = RecordSummary(fold.state, conflicts: fold.state.conflicts)
        let asides = try ledger.transaction.asides(logs: logs, record: record.no)
        return try StateEncoder.encode(fold.state) == record.state
            && Text(record.kind) == fold.state.kind
            && record.conflictCount == fold.state.conflicts.count
            && ledger.transaction.summary(no: record.no) == summary
            && Dictionary(asides.map { ($0.dot, $0.flaw) }, uniquingKeysWith: { $1 })
                == fold.aside.filter { $0.value != .undone }
    }
}
