import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// The removing of content that a write has erased.
///
/// A line's digest, its envelope and the digest of its body stay, so that chains verify and the
/// write counts as seen.
extension Ledger {
    /// Removes the bodies that a fold takes as erased, and notes that there are such.
    mutating func erase(_ no: Int64, _ fold: RecordFold, logs byNo: [Int64: StoredLog]) throws {
        if fold.hasErasure != withErasures.contains(no) {
            try transaction.save(no, hasErasure: fold.hasErasure)
            if fold.hasErasure { withErasures.insert(no) } else { withErasures.remove(no) }
        }
        guard !fold.erased.isEmpty else { return }
        for line in try transaction.lines(ofRecord: no, logs: byNo) {
            guard fold.erased.contains(line.dot), let body = line.body,
                let log = logs[line.dot.replica]
            else { continue }
            try transaction.eraseBody(
                try write(line), line, bodyDigest: Digest.sha256(body), log: log)
            erasedRecords.insert(no)
            isToIndexAnew = true
        }
    }

    /// Makes the index of words anew: words that only erased texts had are in it no more.
    ///
    /// The index can only grow otherwise, so all of it is thrown away.
    mutating func indexAnew() throws {
        try transaction.emptyIndex()
        words = SearchBacklog()
        for no in try transaction.recordNumbers() {
            words.note(try transaction.record(no: no).state.searchText, of: no)
            if words.isLarge { try words.index(in: transaction) }
        }
        try words.index(in: transaction)
        isToIndexAnew = false
    }
}
