import Foundation

/// Where things lie for these tests.
enum Repository {
    /// The top of the repository.
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    /// The folder of the built programs, beside the tests.
    static var programs: String { Bundle.main.bundlePath }
}
