import GRDB

/// The tables of a store, schema 1 (docs/store.md says why each is as it is).
enum Schema {
    /// The newest schema that this release knows.
    static let newest = 1
    /// `Slus` in ASCII: marks the file as ours (`PRAGMA application_id`).
    static let applicationID: Int32 = 0x536C_7573

    /// What is created, by name, in order.
    ///
    /// SQLite keeps each text as it is, so a store whose schema has been tampered with is noticed
    /// by comparing.
    static let statements: [(name: String, sql: String)] = [
        (
            "store",
            """
            CREATE TABLE store(
              one INTEGER PRIMARY KEY CHECK(one = 1),
              id BLOB NOT NULL CHECK(length(id) = 16),
              unit TEXT NOT NULL, name TEXT NOT NULL, machine TEXT NOT NULL,
              central INTEGER NOT NULL CHECK(central IN (0, 1)),
              device BLOB NOT NULL CHECK(length(device) = 32),
              root BLOB CHECK(length(root) = 32),
              formerly TEXT NOT NULL, fold INTEGER NOT NULL
            ) STRICT
            """
        ),
        (
            "statement",
            """
            CREATE TABLE statement(
              no INTEGER PRIMARY KEY,
              type TEXT NOT NULL, key BLOB NOT NULL CHECK(length(key) = 32),
              log BLOB CHECK(length(log) = 16), count INTEGER,
              digest BLOB CHECK(length(digest) = 32),
              text TEXT NOT NULL, signature TEXT NOT NULL,
              UNIQUE(text, key),
              CHECK((type = 'head') = (log IS NOT NULL)),
              CHECK((type = 'head') = (count IS NOT NULL)),
              CHECK((type = 'head') = (digest IS NOT NULL))
            ) STRICT
            """
        ),
        ("statement_log", "CREATE INDEX statement_log ON statement(log) WHERE log IS NOT NULL"),
        (
            "invitation",
            """
            CREATE TABLE invitation(
              key BLOB PRIMARY KEY CHECK(length(key) = 32),
              unit TEXT NOT NULL, name TEXT NOT NULL, machine TEXT NOT NULL, day TEXT NOT NULL,
              device BLOB CHECK(length(device) = 32)
            ) STRICT, WITHOUT ROWID
            """
        ),
        (
            "replica",
            """
            CREATE TABLE replica(
              no INTEGER PRIMARY KEY,
              id BLOB NOT NULL UNIQUE CHECK(length(id) = 16),
              root BLOB NOT NULL CHECK(length(root) = 16),
              parent INTEGER REFERENCES replica(no),
              start INTEGER NOT NULL CHECK(start > 0),
              audience TEXT NOT NULL, owner TEXT NOT NULL, machine TEXT NOT NULL,
              own INTEGER NOT NULL CHECK(own IN (0, 1, 2)),
              count INTEGER NOT NULL CHECK(count >= start - 1),
              stored INTEGER NOT NULL CHECK(stored >= count),
              written INTEGER NOT NULL CHECK(written >= 0),
              covered INTEGER NOT NULL CHECK(covered >= 0),
              coveredAsCentral INTEGER NOT NULL CHECK(coveredAsCentral >= 0),
              digest BLOB NOT NULL CHECK(length(digest) = 32),
              firstDay INTEGER, lastDay INTEGER CHECK(lastDay >= firstDay)
            ) STRICT
            """
        ),
        (
            "record",
            """
            CREATE TABLE record(
              no INTEGER PRIMARY KEY,
              id BLOB NOT NULL CHECK(length(id) = 16),
              kind TEXT NOT NULL, audience TEXT NOT NULL, state BLOB NOT NULL,
              number TEXT, unit TEXT, day TEXT, status TEXT,
              conflicts INTEGER NOT NULL DEFAULT 0, holdsUnknown INTEGER NOT NULL DEFAULT 0,
              UNIQUE(id, audience)
            ) STRICT
            """
        ),
        (
            "record_number",
            "CREATE INDEX record_number ON record(number) WHERE number IS NOT NULL"
        ),
        (
            "record_list",
            """
            CREATE INDEX record_list ON record(kind, status, day, length(number), number, id)
            """
        ),
        (
            "log",
            """
            CREATE TABLE log(
              dot INTEGER PRIMARY KEY CHECK(dot > 0),
              record INTEGER NOT NULL,
              digest BLOB NOT NULL CHECK(length(digest) = 32),
              envelope BLOB NOT NULL, body BLOB
            ) STRICT
            """
        ),
        ("log_record", "CREATE INDEX log_record ON log(record)"),
        (
            "aside",
            """
            CREATE TABLE aside(
              record INTEGER NOT NULL REFERENCES record(no),
              replica INTEGER NOT NULL REFERENCES replica(no), counter INTEGER NOT NULL,
              flaw TEXT NOT NULL,
              PRIMARY KEY(record, replica, counter)
            ) STRICT, WITHOUT ROWID
            """
        ),
        (
            "conflict",
            """
            CREATE TABLE conflict(
              record INTEGER NOT NULL REFERENCES record(no), path TEXT NOT NULL,
              id TEXT NOT NULL,
              PRIMARY KEY(record, path)
            ) STRICT, WITHOUT ROWID
            """
        ),
        ("conflict_id", "CREATE INDEX conflict_id ON conflict(id)"),
        (
            "peer",
            """
            CREATE TABLE peer(
              store BLOB PRIMARY KEY CHECK(length(store) = 16),
              unit TEXT NOT NULL, name TEXT NOT NULL, machine TEXT NOT NULL,
              central INTEGER NOT NULL CHECK(central IN (0, 1)),
              number INTEGER NOT NULL, day TEXT NOT NULL, acknowledged BLOB NOT NULL,
              waiting INTEGER NOT NULL, bundle BLOB, twins INTEGER NOT NULL,
              heard INTEGER NOT NULL, device BLOB NOT NULL CHECK(length(device) = 32),
              producer TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """
        ),
        (
            "sent",
            """
            CREATE TABLE sent(
              receiver TEXT NOT NULL, number INTEGER NOT NULL,
              digest BLOB NOT NULL CHECK(length(digest) = 32), previous BLOB,
              fingerprint BLOB NOT NULL, upTo TEXT NOT NULL, day TEXT NOT NULL,
              waiting INTEGER NOT NULL, store BLOB NOT NULL CHECK(length(store) = 16),
              PRIMARY KEY(receiver, number)
            ) STRICT, WITHOUT ROWID
            """
        ),
        (
            "backup",
            """
            CREATE TABLE backup(
              no INTEGER PRIMARY KEY,
              name TEXT NOT NULL, day TEXT NOT NULL, number INTEGER NOT NULL,
              size INTEGER NOT NULL, mark BLOB NOT NULL CHECK(length(mark) = 32),
              UNIQUE(name, mark)
            ) STRICT
            """
        ),
        (
            "visible",
            """
            CREATE TABLE visible(
              unit TEXT NOT NULL, log INTEGER NOT NULL REFERENCES replica(no),
              upTo INTEGER NOT NULL CHECK(upTo > 0), day TEXT NOT NULL,
              PRIMARY KEY(unit, log, upTo)
            ) STRICT, WITHOUT ROWID
            """
        ),
        (
            "run",
            "CREATE TABLE run(no INTEGER PRIMARY KEY, day TEXT NOT NULL, undone TEXT) STRICT"
        ),
        (
            "merged",
            """
            CREATE TABLE merged(
              run INTEGER NOT NULL REFERENCES run(no), position INTEGER NOT NULL,
              digest BLOB NOT NULL CHECK(length(digest) = 32), store BLOB NOT NULL,
              unit TEXT NOT NULL, number INTEGER NOT NULL,
              writes INTEGER NOT NULL, records INTEGER NOT NULL,
              before TEXT NOT NULL, after TEXT NOT NULL, computer TEXT NOT NULL,
              PRIMARY KEY(run, position)
            ) STRICT, WITHOUT ROWID
            """
        ),
        (
            "settling",
            """
            CREATE TABLE settling(
              no INTEGER PRIMARY KEY, day TEXT NOT NULL,
              side TEXT NOT NULL, field TEXT, unit TEXT, kind TEXT, undone TEXT
            ) STRICT
            """
        ),
        (
            "settled",
            """
            CREATE TABLE settled(
              run INTEGER NOT NULL REFERENCES settling(no),
              record INTEGER NOT NULL REFERENCES record(no), path TEXT NOT NULL,
              replica INTEGER NOT NULL REFERENCES replica(no), counter INTEGER NOT NULL,
              PRIMARY KEY(run, record, path)
            ) STRICT, WITHOUT ROWID
            """
        ),
        ("merged_digest", "CREATE INDEX merged_digest ON merged(digest)"),
        ("word", "CREATE TABLE word(text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"),
        ("erased", "CREATE TABLE erased(record INTEGER PRIMARY KEY) STRICT"),
        (
            "unindexed",
            "CREATE TABLE unindexed(replica INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT"
        ),
        (
            "search",
            """
            CREATE VIRTUAL TABLE search USING fts5(
              words, content = '', columnsize = 0, detail = none, tokenize = 'ascii')
            """
        ),
        ("posting", "CREATE VIRTUAL TABLE posting USING fts5vocab(search, instance)"),
    ]

    /// Forward only; one step for each released schema.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            for statement in statements { try db.execute(sql: statement.sql) }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = 1")
        }
        return migrator
    }

    /// Whether the schema is exactly the one made here: no table, trigger or view more or less.
    static func isIntact(_ db: Database) throws -> Bool {
        let known = Dictionary(uniqueKeysWithValues: statements.map { ($0.name, $0.sql) })
        let byOthers =
            ["grdb_migrations"]
            + ["data", "idx", "config"]
            .map { "search_" + $0 }
        var found = 0
        let rows = try Row.fetchCursor(
            db, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema")
        while let row = try rows.next() {
            guard let name = row[1] as String?, let type = row[0] as String? else { return false }
            if let sql = known[name] {
                guard let text: String = row[3], Array(text.utf8) == Array(sql.utf8) else {
                    return false
                }
                found += 1
            } else if type == "index", row[3] == nil, name.hasPrefix("sqlite_autoindex_") {
                continue
            } else if type != "table" || !byOthers.contains(name) {
                return false
            }
        }
        return found == statements.count
    }
}
