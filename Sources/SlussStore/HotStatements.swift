import CSQLite
import GRDB
import SlussCore

/// A statement that runs once for each write or record of a bundle.
enum HotStatement: Int, CaseIterable {
    case insertLine, digest, findRecord, state, insertRecord, updateState, updateStatus,
        updateRecord
    case deleteConflicts, deleteConflict, updateConflicts
    case updateNumber, updateUnit, updateDay, insertConflict, insertWord, index, countNumber
    case states, record, lines, recordLines, newRecordLines, recordSize, recordSizes

    /// The bytes of a body, and about those of a long context (`RecordSize.weight(ofContext:)`): an
    /// entry takes three bytes or more when packed, and 45 in a line that is kept as it is.
    private static let weight = """
        coalesce(length(body), 0) + CASE WHEN substr(envelope, 1, 1) = x'01'
        THEN max(0, length(envelope) - 96) * 10 ELSE max(0, length(envelope) - 1600) END
        """

    var sql: String {
        switch self {
        case .insertLine:
            "INSERT INTO log(dot, record, digest, envelope, body) VALUES (?1, ?2, ?3, ?4, ?5)"
        case .digest: "SELECT digest FROM log WHERE dot = ?1"
        case .findRecord: "SELECT no FROM record WHERE id = ?1 AND audience = ?2"
        case .state: "SELECT state, conflicts, holdsUnknown FROM record WHERE no = ?1"
        case .insertRecord:
            """
            INSERT INTO record(no, id, kind, audience, state, number, unit, day, status,
              conflicts, holdsUnknown)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """
        case .updateState: "UPDATE record SET state = ?2 WHERE no = ?1"
        case .updateStatus: "UPDATE record SET state = ?2, status = ?3 WHERE no = ?1"
        case .updateRecord:
            """
            UPDATE record SET kind = ?2, state = ?3, number = ?4, unit = ?5, day = ?6, status = ?7,
              conflicts = ?8, holdsUnknown = ?9 WHERE no = ?1
            """
        case .deleteConflicts: "DELETE FROM conflict WHERE record = ?1"
        case .deleteConflict: "DELETE FROM conflict WHERE record = ?1 AND path = ?2"
        case .updateNumber: "UPDATE record SET number = ?2 WHERE no = ?1"
        case .updateUnit: "UPDATE record SET unit = ?2 WHERE no = ?1"
        case .updateDay: "UPDATE record SET day = ?2 WHERE no = ?1"
        case .updateConflicts: "UPDATE record SET conflicts = ?2 WHERE no = ?1"
        case .insertConflict: "INSERT INTO conflict(record, path, id) VALUES (?1, ?2, ?3)"
        case .countNumber:
            "SELECT count(*), coalesce(sum(audience <> 'local'), 0) FROM record WHERE number = ?1"
        case .states: "SELECT id, state, audience FROM record WHERE kind <> '' ORDER BY no"
        case .record: "SELECT no, id, state FROM record WHERE no = ?1"
        case .lines:
            """
            SELECT dot, envelope, body, digest, record.id
            FROM log JOIN record ON record.no = log.record
            WHERE dot BETWEEN ?1 AND ?2 ORDER BY dot
            """
        case .recordLines:
            """
            SELECT dot, envelope, body, digest, record.id
            FROM log JOIN record ON record.no = log.record WHERE log.record = ?1
            """
        case .newRecordLines: "SELECT dot, envelope, body, digest FROM log WHERE record = ?1"
        case .recordSize:
            "SELECT count(*), coalesce(sum(\(Self.weight)), 0) FROM log WHERE record = ?1"
        case .recordSizes:
            "SELECT dot, \(Self.weight) FROM log WHERE record = ?1"
        case .insertWord: "INSERT OR IGNORE INTO word(text) VALUES (?1)"
        case .index: "INSERT INTO search(rowid, words) VALUES (?1, ?2)"
        }
    }
}

/// The hot statements of one connection, each prepared when it is first run.
///
/// They go straight to SQLite: GRDB wraps every argument and every column in an existential
/// (docs/decisions/0016). Errors are GRDB's own.
final class HotStatements {
    private var prepared = [OpaquePointer?](
        repeating: nil, count: HotStatement.allCases.count)

    /// The words that came last, each at the place that its hash gives: a common word is looked up
    /// in the vocabulary once, not with every record.
    private var words = [UInt64](repeating: 0, count: 1 << 16)

    /// The words of a text, each with a space behind it, that have not come by lately; they may be
    /// in the vocabulary all the same.
    func newWords(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        words.withUnsafeMutableBufferPointer { known in
            var new: [Range<Int>] = []
            var start = 0
            var hash = WordHash()
            for (place, byte) in text.enumerated() {
                guard byte == UInt8(ascii: " ") else {
                    hash.add(byte)
                    continue
                }
                let seat = Int(hash.value >> 48)
                if known[seat] != hash.value || hash.value == 0 {
                    known[seat] = hash.value
                    new.append(start..<place)
                }
                start = place + 1
                hash = WordHash()
            }
            return new
        }
    }

    /// Forgets what is known of the vocabulary: it has been emptied, or taken back.
    func forgetWords() { words = [UInt64](repeating: 0, count: 1 << 16) }

    /// Runs a statement that gives no row.
    func run(
        _ statement: HotStatement, _ db: Database, _ bind: (Binding) -> Void
    ) throws {
        let raw = try raw(statement, db)
        bind(Binding(raw: raw))
        let outcome = sqlite3_step(raw)
        sqlite3_reset(raw)
        guard outcome == SQLITE_DONE else { throw Self.error(db) }
    }

    /// Runs a statement and hands out its first row; `nil` if there is none.
    func first<Result>(
        _ statement: HotStatement, _ db: Database, _ bind: (Binding) -> Void,
        _ body: (Columns) throws -> Result
    ) throws -> Result? {
        let raw = try raw(statement, db)
        bind(Binding(raw: raw))
        defer { sqlite3_reset(raw) }
        switch sqlite3_step(raw) {
        case SQLITE_ROW: return try body(Columns(raw: raw))
        case SQLITE_DONE: return nil
        default: throw Self.error(db)
        }
    }

    /// Runs a statement and hands out each of its rows.
    func forEach(
        _ statement: HotStatement, _ db: Database, _ bind: (Binding) -> Void,
        _ body: (Columns) throws -> Void
    ) throws {
        let raw = try raw(statement, db)
        // One that is being read from while another begins has a statement of its own.
        prepared[statement.rawValue] = nil
        bind(Binding(raw: raw))
        defer {
            sqlite3_reset(raw)
            sqlite3_finalize(prepared[statement.rawValue])
            prepared[statement.rawValue] = raw
        }
        while true {
            switch sqlite3_step(raw) {
            case SQLITE_ROW: try body(Columns(raw: raw))
            case SQLITE_DONE: return
            default: throw Self.error(db)
            }
        }
    }

    /// Gives the statements back; before their connection is closed.
    func finalize() {
        for (index, raw) in prepared.enumerated() {
            sqlite3_finalize(raw)
            prepared[index] = nil
        }
    }

    private func raw(_ statement: HotStatement, _ db: Database) throws -> OpaquePointer {
        if let raw = prepared[statement.rawValue] { return raw }
        var raw: OpaquePointer?
        let outcome = sqlite3_prepare_v3(
            db.sqliteConnection, statement.sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &raw, nil)
        guard outcome == SQLITE_OK, let raw else { throw Self.error(db) }
        prepared[statement.rawValue] = raw
        return raw
    }

    private static func error(_ db: Database) -> DatabaseError {
        let connection = db.sqliteConnection
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }
}

/// The arguments of a hot statement.
///
/// Bytes are not copied: who binds them keeps them where they are until the statement has run.
struct Binding {
    fileprivate let raw: OpaquePointer

    func number(_ place: Int32, _ number: Int64) { sqlite3_bind_int64(raw, place, number) }

    func bytes(_ place: Int32, _ bytes: UnsafeBufferPointer<UInt8>) {
        // An empty blob must not become NULL.
        guard let base = bytes.baseAddress, !bytes.isEmpty else {
            sqlite3_bind_zeroblob(raw, place, 0)
            return
        }
        sqlite3_bind_blob(raw, place, base, Int32(clamping: bytes.count), nil)
    }

    /// A text that stays where it is, as ``bytes(_:_:)``.
    func text(_ place: Int32, _ text: UnsafeBufferPointer<UInt8>) {
        let start = UnsafeRawPointer(text.baseAddress)?.assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text(
            raw, place, start ?? sluss_empty_text(), Int32(clamping: text.count), nil)
    }

    func digest(_ place: Int32, _ digest: Digest) {
        _ = digest.withBytes { bytes in
            sqlite3_bind_blob(raw, place, bytes.baseAddress, 32, sluss_sqlite_transient())
        }
    }

    func id<Subject>(_ place: Int32, _ id: Identifier<Subject>) {
        _ = id.withBytes { bytes in
            sqlite3_bind_blob(raw, place, bytes.baseAddress, 16, sluss_sqlite_transient())
        }
    }

    func null(_ place: Int32) { sqlite3_bind_null(raw, place) }

    /// Copied: for short texts.
    func text(_ place: Int32, _ text: String?) {
        guard var text else { return null(place) }
        text.withUTF8 { bytes in
            let start = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            sqlite3_bind_text(
                raw, place, start ?? sluss_empty_text(), Int32(clamping: bytes.count),
                sluss_sqlite_transient())
        }
    }
}

/// The columns of a row; a value of another type is what SQLite makes of it.
struct Columns {
    fileprivate let raw: OpaquePointer

    func number(_ column: Int32) -> Int64 { sqlite3_column_int64(raw, column) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(raw, column) == SQLITE_NULL }

    func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        let start = sqlite3_column_blob(raw, column)?.assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(raw, column)))
    }
}

/// FNV-1a over a word's bytes, from a start that no text can know beforehand (Fowler, Noll, Vo).
struct WordHash {
    private static let start = UInt64.random(in: .min ... .max)

    /// Never 0: that is an empty place.
    private(set) var value = Self.start | 1

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
}
