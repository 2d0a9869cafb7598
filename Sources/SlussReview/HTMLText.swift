import SlussDomain

/// Text as HTML: nothing in it can act, neither on a browser nor on the eye.
enum HTMLText {
    /// One line, for text and for attribute values in double quotes.
    static func line(_ text: String) -> String { escape(DisplayText.line(text)) }

    /// Several lines, with the line breaks kept.
    static func block(_ text: String) -> String {
        DisplayText.block(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { escape(String($0)) }.joined(separator: "<br>")
    }

    private static func escape(_ text: String) -> String {
        var result = ""
        // By scalars: a combining mark behind "<" makes another Swift character of it.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
