import Foundation
import Glibc
import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// What `check` says of the folder, the disk and the clock, and of what is beside the logs.
extension OpenUnit {
    /// Who can read the store, what lies beside it, and how much room there is.
    func placeFindings() -> [Finding] {
        accessFindings() + writeAheadFindings() + roomFindings()
    }

    // MARK: Who can read it

    /// The folder keeps others out; if it does not, the files do.
    private func accessFindings() -> [Finding] {
        let file = Self.storeFile(in: store.folder)
        let paths = [
            store.folder, file, file + "-wal", keys.folder, store.folder + "/drafts",
            store.folder + "/" + SurveyFile.folderName,
        ]
        let keyNames = (try? FileManager.default.contentsOfDirectory(atPath: keys.folder)) ?? []
        let secrets = keyNames.filter { !$0.hasSuffix(".pub") }.sorted().map {
            keys.folder + "/" + $0
        }
        return (paths + secrets).filter { path in
            var status = stat()
            return lstat(path, &status) == 0 && status.st_mode & 0o077 != 0
        }.map { path in
            let name = DisplayText.line(path)
            return Finding(
                code: "openToOthers", level: .look,
                text: Phrase(
                    "Andra på datorn kommer åt \(name). Stäng av det: chmod go= \(name)",
                    "Others on the computer have access to \(name). Shut them out: chmod go= \(name)"
                ))
        }
    }

    /// Whether the device key in the folder is the store's.
    func keyFindings() -> [Finding] {
        let path = keys.deviceFile.path + ".pub"
        guard let bytes = KeyFile(path: path).bytesIfAny,
            let key = DeviceKey(openSSH: String(decoding: bytes, as: UTF8.self)),
            key.bytes != store.identity.device
        else { return [] }
        let name = DisplayText.line(path)
        return [
            Finding(
                code: "foreignKey", level: .damaged,
                text: Phrase(
                    "Nyckeln \(name) är en annan än lagrets. Lägg tillbaka lagrets egna nycklar, eller återställ en säkerhetskopia.",
                    "The key \(name) is another than the store's. Put the store's own keys back, or restore a backup."
                ))
        ]
    }

    // MARK: The write-ahead log

    /// A write-ahead log that SQLite passes over in silence: what was in it is not in the store.
    private func writeAheadFindings() -> [Finding] {
        let path = Self.storeFile(in: store.folder) + "-wal"
        guard let header = WriteAheadHeader(path: path), !header.isSound else { return [] }
        return [
            Finding(
                code: "foreignWAL", level: .damaged,
                text: Phrase(
                    "Filen sluss.sqlite-wal är skadad eller hör till ett annat lager. Det som stod i den läses inte.",
                    "The file sluss.sqlite-wal is damaged or belongs to another store. What was in it is not read."
                ))
        ]
    }

    // MARK: Room

    private func roomFindings() -> [Finding] {
        var status = stat()
        guard let free = DiskRoom.free(store.folder),
            stat(Self.storeFile(in: store.folder), &status) == 0,
            DiskRoom.isNearlyFull(free: free, store: UInt64(max(0, status.st_size)))
        else { return [] }
        let left = free >> 20
        return [
            Finding(
                code: "diskNearlyFull", level: .look,
                text: Phrase(
                    "Disken är nästan full: \(left) MB kvar. Inget går förlorat, men snart går inget att spara. Frigör plats.",
                    "The disk is nearly full: \(left) MB left. Nothing is lost, but soon nothing can be saved. Free some space."
                ))
        ]
    }

    // MARK: The clock

    /// Sluss was first built in 2026; a PC that says less has a flat battery.
    static func isPlausible(_ day: Day) -> Bool { (2026...2060).contains(day.date.year) }

    /// Whether the clock can be right.
    ///
    /// - Parameter newest: The newest day of what was written in this store, as far as that is
    ///   plausible itself. What other stores have written says nothing of this computer's clock.
    func clockFindings(_ newest: Day?) -> [Finding] {
        guard Self.isPlausible(today) else {
            return [
                Finding(
                    code: "clock", level: .look,
                    text: Phrase(
                        "Datorns klocka säger \(today). Inget går förlorat, men rätta den.",
                        "The computer's clock says \(today). Nothing is lost, but set it right."))
            ]
        }
        guard let newest, today < newest.adding(days: -1) || today > newest.adding(months: 60)
        else { return [] }
        return [
            Finding(
                code: "clock", level: .look,
                text: Phrase(
                    "Datorns klocka säger \(today), men senast skrevs något här \(newest). Den är eller var fel. Inget går förlorat, men rätta den.",
                    "The computer's clock says \(today), but something was last written here on \(newest). It is or was wrong. Nothing is lost, but set it right."
                ))
        ]
    }

    // MARK: Beside the logs

    /// Lines of a log of which nothing else is known.
    func checkStrays(in transaction: StoreTransaction) throws -> [Finding] {
        let count = try transaction.strayLineCount()
        guard count > 0 else { return [] }
        return [
            Finding(
                code: "brokenChain", level: .damaged,
                text: Phrase(
                    "\(count) skrivningar hör till en logg som inte finns.",
                    "\(count) writes are of a log that is not there."))
        ]
    }

    /// Statements are signed: one that has been changed is noticed.
    func checkStatements(in transaction: StoreTransaction) throws -> [Finding] {
        let json = StrictJSON()
        let bad = try transaction.allStatements().filter { kept in
            SignedStatement(text: kept.text, armored: kept.signature, json: json)?.stored != kept
        }
        guard !bad.isEmpty else { return [] }
        return [
            Finding(
                code: "statementDiffers", level: .damaged,
                text: Phrase(
                    "\(bad.count) intyg är inte som de signerades.",
                    "\(bad.count) statements are not as they were signed."))
        ]
    }
}

/// The first 32 bytes of SQLite's write-ahead log.
///
/// If they are not right, SQLite takes the file for empty (sqlite.org/fileformat2.html, "The
/// Write-Ahead Log").
struct WriteAheadHeader {
    private let bytes: [UInt8]

    /// Reads the header; `nil` if there is no file, or nothing in it.
    init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        self.bytes = Array(bytes.prefix(count))
    }

    private func number(_ place: Int, isBigEndian: Bool = true) -> UInt32 {
        let four = bytes[place..<place + 4]
        return (isBigEndian ? Array(four) : four.reversed()).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Whether SQLite reads on behind it, in a store's pages.
    var isSound: Bool {
        guard bytes.count == 32, [0x377F_0682, 0x377F_0683].contains(number(0)),
            number(4) == 3_007_000, number(8) == 8192
        else { return false }
        let isBigEndian = number(0) & 1 == 1
        var (first, second): (UInt32, UInt32) = (0, 0)
        for place in stride(from: 0, to: 24, by: 8) {
            first &+= number(place, isBigEndian: isBigEndian) &+ second
            second &+= number(place + 4, isBigEndian: isBigEndian) &+ first
        }
        return first == number(24) && second == number(28)
    }
}
