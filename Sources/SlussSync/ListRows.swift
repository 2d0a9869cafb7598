import Foundation
import Glibc
import SlussArchive
import SlussBundle
import SlussCore
import SlussDomain

/// The rows of a list, by Sluss's own names for the columns.
struct ListRows {
    struct Row {
        let line: Int
        /// What the row says, or why it cannot be read.
        let values: Result<[String: String], InputError>
    }

    /// The rows.
    private(set) var rows: [Row] = []
    /// The headings that are not known.
    private(set) var unreadColumns: [String] = []

    /// The names that people give columns; a column with any other name is passed over.
    private static let names: [String: String] = [
        "nummer": "number", "idé-nr": "number", "idenr": "number", "problem/behov": "problem",
        "behov": "problem", "lösning": "solution", "idé": "solution", "idé/lösning": "solution",
        "rubrik": "title", "datum": "day", "kategori": "categories", "kategorier": "categories",
        "category": "categories", "inlämnare": "submitter", "namn": "name", "stöd": "support",
        "tid": "time", "närvarande": "present", "punkter": "items",
    ]
    /// The names that people give the columns of the units register.
    private static let unitNames: [String: String] = [
        "kod": "code", "enhetskod": "code", "namn": "name", "giltig från": "validFrom",
        "valid from": "validFrom", "giltig till": "validTo", "valid to": "validTo",
        "ersatt av": "replacedBy", "replaced by": "replacedBy", "nämnd": "board",
        "förvaltning": "administration", "verksamhet": "serviceArea",
        "service area": "serviceArea", "chef": "manager", "chef (roll)": "manager",
        "förstaenhet": "firstUnit", "first unit": "firstUnit", "extern nyckel": "externalKey",
        "external key": "externalKey", "ansvarskod": "externalKey",
    ]
    /// What the name of a column with a headcount begins with; the year follows.
    static let headcount = "headcount "
    private static let known: Set<String> = [
        "number", "problem", "solution", "title", "day", "categories", "submitter", "name",
        "support", "status", "time", "present", "items",
    ]

    /// The bytes of a list that somebody has made.
    static func bytes(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(.open, path, number: errno) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let bytes: [UInt8]
        do {
            bytes = Array(try handle.read(upToCount: CSVReader.bytesMax + 1) ?? Data())
        } catch { throw FileFailure(.read, path, number: EISDIR) }
        guard bytes.count <= CSVReader.bytesMax else {
            throw unreadable("filen är större än 64 MB", "the file is larger than 64 MB")
        }
        guard bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else {
            throw unreadable("filen är tom", "the file is empty")
        }
        return bytes
    }

    static func read(_ path: String, kind: ImportKind) throws -> ListRows {
        let bytes = try bytes(path)
        var list = ListRows()
        if path.lowercased().hasSuffix(".csv") {
            try list.readCSV(bytes, kind: kind)
        } else {
            list.readNDJSON(bytes, kind: kind)
        }
        return list
    }

    private static func unreadable(
        line: Int = 1, _ swedish: String, _ english: String
    ) -> InputError {
        .unreadableList(String(line), reason: Phrase(swedish, english))
    }

    private mutating func readCSV(_ bytes: [UInt8], kind: ImportKind) throws {
        // Old spreadsheets end lines with CR alone.
        let isOld = !bytes.contains(UInt8(ascii: "\n"))
        let table = try CSVReader.rows(
            isOld ? bytes.map { $0 == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : $0 } : bytes)
        guard let head = table.first else { return }
        let columns = head.fields.map { Self.column($0, kind) }
        let needed =
            switch kind {
            case .idea: ["problem"]
            case .meeting: ["day", "items"]
            case .unit: ["code"]
            }
        for name in needed where !columns.contains(name) {
            throw Self.unreadable(
                "rubrikraden har ingen kolumn ”\(Self.swedish(name))”",
                "the heading row has no column “\(name)”")
        }
        for (column, heading) in zip(columns, head.fields) where column == nil {
            unreadColumns.append(heading)
        }
        let known = columns.compactMap { $0 }
        guard Set(known).count == known.count else {
            throw Self.unreadable(
                "två kolumner har samma rubrik", "two columns have the same heading")
        }
        rows = table.dropFirst().map { row in
            guard row.fields.count <= columns.count else {
                let error = Self.unreadable(
                    line: row.line, "raden har fler fält än rubrikraden",
                    "the row has more fields than the heading row")
                return Row(line: row.line, values: .failure(error))
            }
            var values: [String: String] = [:]
            for (column, field) in zip(columns, row.fields) where !field.isEmpty {
                if let column { values[column] = field }
            }
            return Row(line: row.line, values: .success(values))
        }
    }

    private static func swedish(_ name: String) -> String {
        ["problem": "problem", "day": "datum", "items": "punkter", "code": "kod"][name] ?? name
    }

    private static func column(_ heading: String, _ kind: ImportKind) -> String? {
        let word = SearchText.normalised(heading).lowercased()
            .trimmingCharacters(in: .whitespaces)
        if kind == .unit { return unitColumn(word) }
        return known.contains(word) ? word : names[word]
    }

    private static func unitColumn(_ word: String) -> String? {
        for name in ["antal medarbetare", "headcount"] where word.hasPrefix(name) {
            return headcount + word.dropFirst(name.count).filter(\.isNumber)
        }
        let own = RegisterEdit.Column.allCases.first { $0.rawValue.lowercased() == word }
        return own?.rawValue ?? (word == "code" ? "code" : unitNames[word])
    }

    private mutating func readNDJSON(_ bytes: [UInt8], kind: ImportKind) {
        let json = StrictJSON()
        var line = 0
        for slice in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            let text = slice.last == UInt8(ascii: "\r") ? slice.dropLast() : slice
            if text.isEmpty { continue }
            rows.append(Row(line: line, values: Self.values(text, line: line, json, kind)))
        }
    }

    private static func values(
        _ text: ArraySlice<UInt8>, line: Int, _ json: StrictJSON, _ kind: ImportKind
    ) -> Result<[String: String], InputError> {
        do throws(StrictJSON.Failure) {
            guard case .structure(let members) = try json.value(text) else {
                return .failure(
                    unreadable(
                        line: line, "raden är inte ett JSON-objekt", "the line is no JSON object"))
            }
            var values: [String: String] = [:]
            for (name, value) in members {
                guard let column = column(name, kind), let text = plain(value) else { continue }
                values[column] = text
            }
            return .success(values)
        } catch {
            return .failure(
                unreadable(
                    line: line, "raden är inte strikt JSON (\(error.rawValue))",
                    "the line is not strict JSON (\(error.rawValue))"))
        }
    }

    private static func plain(_ value: FieldValue) -> String? {
        switch value {
        case .text(let text): text.string.isEmpty ? nil : text.string
        case .integer(let number): String(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .list(let values): values.compactMap(plain).joined(separator: "\n")
        default: nil
        }
    }
}
