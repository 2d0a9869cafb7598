import Foundation

/// What a program gave back.
public struct ProcessResult: Sendable {
    /// Its exit status; 128 and above are signals.
    public let status: Int32
    /// What it wrote.
    public let output: String
    /// What it complained of.
    public let errors: String
}

/// Runs a program to its end.
@discardableResult
public func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
) throws -> ProcessResult {
    let folder = try TemporaryFolder()
    try folder.write([], to: "out")
    try folder.write([], to: "err")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: folder.path("out"))
    process.standardError = FileHandle(forWritingAtPath: folder.path("err"))
    try process.run()
    process.waitUntilExit()
    let status = process.terminationStatus
    return ProcessResult(
        status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
        output: String(decoding: try bytes(ofFile: folder.path("out")), as: UTF8.self),
        errors: String(decoding: try bytes(ofFile: folder.path("err")), as: UTF8.self))
}

/// A command of the shell that did not go well.
public struct ShellFailure: Error {
    /// What it complained of.
    public let errors: String
}

/// Runs a command of the shell; throws if it does not end well.
@discardableResult
public func shell(_ command: String) throws -> String {
    let result = try run("/bin/bash", ["-c", command])
    guard result.status == 0 else { throw ShellFailure(errors: result.errors + result.output) }
    return result.output
}
