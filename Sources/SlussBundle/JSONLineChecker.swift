/// Says of each line whether it is strict JSON, while the bytes come in pieces.
///
/// The same reader and the same limits as for the lines of a bundle. Holds one line at most, and
/// of a line beyond ``BundleLimits/lineBytesMax`` nothing.
public struct JSONLineChecker {
    /// What is wrong with a line.
    public enum Fault: String, Error, Hashable, Sendable, CaseIterable {
        /// The line has more bytes than ``BundleLimits/lineBytesMax``.
        case tooLong
        /// Nothing stands on the line.
        case empty
        /// A carriage return stands on the line: lines end in a line feed alone.
        case carriageReturn
        /// The last line does not end in a line feed.
        case noLineFeed
        /// The line is not one JSON text as RFC 8259 has it, in UTF-8.
        case malformed
        /// The line is nested beyond ``BundleLimits/depthMax``.
        case tooDeep
        /// An object has the same key twice.
        case duplicateKey
        /// A number is no integer within ±(2^53 − 1).
        case number
        /// A text has U+0000 in it.
        case nulInText
        /// The machine has too little memory to read the line.
        case noMemory
    }

    private static let lineFeed = UInt8(ascii: "\n")

    private let json = StrictJSON()
    private var line: [UInt8] = []
    private var isTooLong = false

    /// Starts before the first line.
    public init() {}

    /// Takes the next bytes; calls `body` for each line that ends in them, with what is wrong with
    /// it or `nil`.
    public mutating func accept<Failure: Error>(
        _ bytes: ArraySlice<UInt8>, _ body: (Fault?) throws(Failure) -> Void
    ) throws(Failure) {
        var rest = bytes
        while !rest.isEmpty {
            let end = rest.firstIndex(of: Self.lineFeed)
            keep(rest[..<(end ?? rest.endIndex)])
            guard let end else { return }
            rest = rest[(end + 1)...]
            let fault = self.fault
            startLine()
            try body(fault)
        }
    }

    /// Ends the input; gives what is wrong with a last line that has not ended, if there is one.
    public mutating func finish() -> Fault? {
        defer { startLine() }
        if isTooLong { return .tooLong }
        return line.isEmpty ? nil : .noLineFeed
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        guard !isTooLong else { return }
        isTooLong = line.count + bytes.count > BundleLimits.lineBytesMax
        if isTooLong { line.removeAll(keepingCapacity: true) } else { line += bytes }
    }

    private mutating func startLine() {
        line.removeAll(keepingCapacity: true)
        isTooLong = false
    }

    private var fault: Fault? {
        if isTooLong { return .tooLong }
        if line.isEmpty { return .empty }
        if line.contains(UInt8(ascii: "\r")) { return .carriageReturn }
        do throws(StrictJSON.Failure) {
            _ = try json.value(line[...])
            return nil
        } catch {
            switch error {
            case .malformed: return .malformed
            case .tooDeep: return .tooDeep
            case .duplicateKey: return .duplicateKey
            case .number: return .number
            case .nulInText: return .nulInText
            case .noMemory: return .noMemory
            }
        }
    }
}
