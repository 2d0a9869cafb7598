import Foundation
import SlussCore
import SlussDomain

/// Takes what a person has entered: brings it to one form and checks it against the field.
enum Entered {
    /// A text for a field, or a sentence that says what is wrong with it.
    static func text(_ text: String, for field: FieldDefinition) throws(InputError) -> String {
        guard case .text(let min, let max) = field.content else { return text }
        let clean = trimmed(text)
        let count = clean.unicodeScalars.count
        guard count >= min else { throw .tooShort(field.label, min: min) }
        guard count <= max else { throw .tooLong(field.label, max: max, found: count) }
        try refuseControls(clean, label: field.label)
        return clean
    }

    /// One line that belongs to no field, such as a unit's name.
    static func line(_ text: String, of label: Phrase, max: Int) throws(InputError) -> String {
        let clean = trimmed(text)
        let count = clean.unicodeScalars.count
        guard count >= 1 else { throw .tooShort(label, min: 1) }
        guard count <= max else { throw .tooLong(label, max: max, found: count) }
        try refuseControls(clean, label: label)
        guard !clean.unicodeScalars.contains("\n") else {
            throw .controlCharacter(label, scalar: 10)
        }
        return clean
    }

    /// A name or a role: one short line, without a number that is a person's.
    static func name(_ text: String, of label: Phrase, today: Day) throws(InputError) -> String {
        let clean = try line(text, of: label, max: 80)
        try refusePersonalNumber(clean, label: label, today: today)
        return clean
    }

    /// A name as people tell it from another: spaces and capitals do not.
    static func folded(_ name: String) -> [UInt8] {
        name.lowercased().split { $0.isWhitespace }.flatMap { Array($0.utf8) + [0x20] }
    }

    /// Refuses texts with a number that is certainly or likely a person's.
    static func refusePersonalNumber(
        _ text: String, label: Phrase, today: Day
    ) throws(InputError) {
        if let level = PersonalNumberScan.level(of: text, today: today), level >= .likely {
            throw .personalNumber(label)
        }
    }

    private static func trimmed(_ text: String) -> String {
        SearchText.normalised(text).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Controls and bidirectional overrides: nobody types them, and they make a text read as
    /// another.
    ///
    /// Line feeds and tabs are text.
    private static func refuseControls(_ text: String, label: Phrase) throws(InputError) {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A: continue
            case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069:
                throw .controlCharacter(label, scalar: scalar.value)
            default: continue
            }
        }
    }
}
