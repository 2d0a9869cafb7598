import Foundation

/// One line of JSON for programs, its members sorted.
enum JSONLine {
    /// The line.
    static func line(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value) + Data("\n".utf8)
    }

    /// Prints the line.
    static func write(_ value: some Encodable) throws {
        try FileHandle.standardOutput.write(contentsOf: line(value))
    }
}
