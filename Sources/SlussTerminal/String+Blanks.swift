extension String {
    /// The text without blanks around it.
    var trimmedOfBlanks: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}

extension String {
    /// The first scalars of a text, with a mark if there are more.
    ///
    /// By scalars: of marks upon marks, one character may be a megabyte.
    func beginning(_ scalars: Int) -> String {
        let start = unicodeScalars.prefix(scalars)
        return start.endIndex == unicodeScalars.endIndex
            ? self : String(String.UnicodeScalarView(start)) + "…"
    }
}
