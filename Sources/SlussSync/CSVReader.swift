import SlussDomain

/// Reads a table as spreadsheets save it: RFC 4180, with `,` or `;` between fields, as UTF-8.
///
/// Own code: sixty lines that work on bytes (a quote and a combining mark are one Swift character)
/// and that name the line of whatever is wrong.
enum CSVReader {
    /// A row and the line that it starts on.
    struct Row {
        let line: Int
        let fields: [String]
    }

    /// Bytes of a list that is read in: far above a municipality's oldest spreadsheet.
    static let bytesMax = 64 << 20

    static func rows(_ bytes: [UInt8]) throws(InputError) -> [Row] {
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let separator = separator(of: bytes)
        var rows: [Row] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var wasQuoted = false
        var line = 1
        var startLine = 1
        func text(_ bytes: [UInt8]) throws(InputError) -> String {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw .unreadableList("\(line)", reason: notUTF8)
            }
            return text
        }
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            if isQuoted {
                if byte != UInt8(ascii: "\"") {
                    field.append(byte)
                } else if index < bytes.endIndex, bytes[index] == byte {
                    field.append(byte)
                    index += 1
                } else {
                    isQuoted = false
                    wasQuoted = true
                }
            } else if byte == UInt8(ascii: "\""), field.isEmpty, !wasQuoted {
                isQuoted = true
            } else if byte == separator {
                fields.append(try text(field))
                (field, wasQuoted) = ([], false)
            } else if byte == UInt8(ascii: "\n") {
                if field.last == UInt8(ascii: "\r") { field.removeLast() }
                fields.append(try text(field))
                if fields != [""] { rows.append(Row(line: startLine, fields: fields)) }
                (fields, field, wasQuoted, startLine) = ([], [], false, line)
            } else {
                guard !wasQuoted || byte == UInt8(ascii: "\r") else {
                    throw .unreadableList(
                        "\(line)",
                        reason: Phrase("text efter ett citattecken", "text after a closing quote"))
                }
                field.append(byte)
            }
        }
        guard !isQuoted else {
            throw .unreadableList(
                "\(startLine)",
                reason: Phrase("ett citattecken stängs aldrig", "a quote is never closed"))
        }
        if !field.isEmpty || !fields.isEmpty || wasQuoted {
            fields.append(try text(field))
            rows.append(Row(line: startLine, fields: fields))
        }
        return rows
    }

    static let notUTF8 = Phrase(
        "filen är inte UTF-8; spara den som ”CSV UTF-8”",
        "the file is not UTF-8; save it as “CSV UTF-8”")

    /// Swedish spreadsheets save `;`: whichever stands more often in the first line.
    private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
        let head = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let semicolons = head.count { $0 == UInt8(ascii: ";") }
        return semicolons > head.count { $0 == UInt8(ascii: ",") }
            ? UInt8(ascii: ";") : UInt8(ascii: ",")
    }
}
