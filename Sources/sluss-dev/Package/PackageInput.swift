import Foundation
import SlussCore
import SlussDomain

/// Why a package or a manual could not be made.
struct PackageFailure: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}

/// What packages and manuals are made of.
enum PackageInput {
    /// The programs that are installed.
    static let programs = ["sluss", "sluss-terminal"]

    /// Reads a day as typed.
    static func day(_ typed: String) throws -> Day {
        guard let day = Day(typed) else {
            throw PackageFailure(what: "\(typed) is no day; a day is written 2026-11-26")
        }
        return day
    }

    /// Reads a file.
    static func bytes(_ path: String) throws -> Data {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw PackageFailure(what: "\(path) cannot be read")
        }
        return bytes
    }

    /// What a program writes, in a language; nothing of this process's environment reaches it.
    static func output(
        of program: String, _ arguments: [String], _ language: Language
    ) throws -> Data {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw PackageFailure(what: "\(program) is no program that can be run")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ["SLUSS_LANG": language.rawValue]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw PackageFailure(what: "\(program) \(arguments.joined(separator: " ")) failed")
        }
        return output
    }
}
