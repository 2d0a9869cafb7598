/// Makes text from outside safe to show: on a terminal, in a page, in a table.
///
/// Every text that Sluss has not written itself goes through here before anyone sees it – notes,
/// unit names, file names, messages of libraries. Control characters could move the cursor or
/// change colours; bidirectional controls could make a text read as another; invisible characters
/// could hide one.
public enum DisplayText {
    /// One line: every control, also line breaks and tabs, becomes visible.
    public static func line(_ text: String) -> String { escape(text, keepingLineBreaks: false) }

    /// Several lines: line feeds stay.
    public static func block(_ text: String) -> String { escape(text, keepingLineBreaks: true) }

    /// Lines of a field within a page: those after the first are set in, so that no text can pass
    /// itself off as another field.
    public static func indented(_ text: String) -> String {
        block(text).split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\n    ")
    }

    /// A word of a command that a person may copy: quoted for the shell where it must be.
    public static func argument(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "+"):
                    true
                default: false
                }
            }
        if isPlain { return text }
        return "'" + line(text).replacing("'", with: "'\\''") + "'"
    }

    /// JSON text whose strings hold nothing that could act on a terminal: such characters stand as
    /// `\u` escapes, which every reader of JSON turns back.
    public static func json(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isHidden($0) && $0.value >= 0x7F }) else {
            return text
        }
        var result = ""
        for scalar in text.unicodeScalars {
            guard isHidden(scalar), scalar.value >= 0x7F else {
                result.unicodeScalars.append(scalar)
                continue
            }
            for unit in Character(scalar).utf16 {
                let hex = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            }
        }
        return result
    }

    private static func escape(_ text: String, keepingLineBreaks: Bool) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                result += keepingLineBreaks ? "\n" : "⏎"
            } else if isHidden(scalar) {
                let hex = String(scalar.value, radix: 16, uppercase: true)
                result += "‹U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex + "›"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F,  // controls (newline is kept by `block`)
            0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
            0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0,
            0xFFF9...0xFFFB, 0xE0000...0xE0FFF:  // invisible, bidirectional, line separators, tags
            true
        default: false
        }
    }
}

/// A field of a CSV file: quoted as RFC 4180 asks, and never a formula to a spreadsheet.
public enum CSVField {
    /// Quotes `text`.
    ///
    /// A text that a spreadsheet would calculate gets an apostrophe before it.
    public static func encode(_ text: String) -> String {
        var result = "\""
        if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) {
            result += "'"
        }
        for scalar in DisplayText.block(text).unicodeScalars {
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
