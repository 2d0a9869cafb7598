extension BarChart {
    private static let labelWidth = 220
    private static let barWidth = 420
    private static let rowHeight = 28

    /// The chart as a picture that a browser draws: bars with names and numbers in words, so that
    /// no colour is needed to read it.
    func svg(_ id: String) -> String {
        let most = max(1, bars.map(\.value).max() ?? 1)
        let width = Self.labelWidth + Self.barWidth + 60
        let height = bars.count * Self.rowHeight + 8
        var text = "<figure>\n<figcaption>\(HTMLText.line(title))</figcaption>\n"
        text +=
            "<svg viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-labelledby=\"\(id)-c\">\n"
        text += "<title id=\"\(id)-c\">\(HTMLText.line(title))</title>\n"
        text +=
            "<line x1=\"\(Self.labelWidth)\" y1=\"0\" x2=\"\(Self.labelWidth)\" y2=\"\(height)\" class=\"axis\"/>\n"
        for (index, bar) in bars.enumerated() {
            let top = index * Self.rowHeight + 4
            let length = max(0, bar.value) * Self.barWidth / most
            let base = top + Self.rowHeight - 10
            text +=
                "<text x=\"\(Self.labelWidth - 8)\" y=\"\(base)\" text-anchor=\"end\">\(HTMLText.line(Self.cut(bar.name)))</text>\n"
            text +=
                "<rect x=\"\(Self.labelWidth)\" y=\"\(top)\" width=\"\(length)\" height=\"\(Self.rowHeight - 8)\"/>\n"
            text +=
                "<text x=\"\(Self.labelWidth + length + 6)\" y=\"\(base)\">\(bar.value)</text>\n"
        }
        return text + "</svg>\n</figure>\n"
    }

    /// A name that fits beside its bar; the table below has it whole.
    private static func cut(_ name: String) -> String {
        name.count > 28 ? name.prefix(27) + "…" : name
    }
}
