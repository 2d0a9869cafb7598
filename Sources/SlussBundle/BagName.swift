import Foundation

/// The rules for a file's name in a bag, as a path with `/` between its parts.
///
/// Stricter than BagIt: what unpacks to two files on one computer and to one on another, or means
/// one thing to one tool and another to the next, is refused.
package enum BagName {
    /// What is wrong with a path, if anything.
    package static func flaw(_ path: String) -> String? {
        for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        {
            if let flaw = partFlaw(String(decoding: part, as: UTF8.self)) { return flaw }
        }
        // `bagit.py` takes these for a home folder and for a mark of binary files.
        if path.utf8.first == UInt8(ascii: "~") { return "begins with ~" }
        if path.utf8.first == UInt8(ascii: "*") { return "begins with *" }
        return nil
    }

    /// What is wrong with one part of a path, if anything.
    package static func partFlaw(_ part: String) -> String? {
        if part.isEmpty { return "an empty part" }
        if part == "." || part == ".." { return "a part that is . or .." }
        for scalar in part.unicodeScalars {
            switch scalar {
            case "\\": return "a backslash"
            // RFC 8493, section 2.1.3, writes a percent sign as %25; older tools do not.
            case "%": return "a percent sign"
            default:
                if scalar.properties.generalCategory == .control { return "a control character" }
            }
        }
        if let first = part.unicodeScalars.first, let last = part.unicodeScalars.last,
            first.properties.isWhitespace || last.properties.isWhitespace
        {
            return "a space at an end"
        }
        return nil
    }

    /// A name without what some file systems do not tell apart: case, and the two ways to write å.
    package static func folded(_ part: String) -> String {
        part.uppercased().lowercased().precomposedStringWithCanonicalMapping
    }
}
