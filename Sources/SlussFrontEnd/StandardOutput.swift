import Glibc

/// Writes to a standard stream and says so when that fails: Swift's `print` does not.
package enum StandardOutput {
    /// The stream is closed, full, or gone.
    package struct Failure: Error {}

    package static func write(_ text: String) throws(Failure) { try write(text, to: STDOUT_FILENO) }

    package static func writeError(_ text: String) { try? write(text, to: STDERR_FILENO) }

    /// Writes bytes as they are.
    package static func write(_ bytes: ArraySlice<UInt8>) throws(Failure) {
        try write(bytes, to: STDOUT_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) throws(Failure) {
        try write(Array(text.utf8)[...], to: descriptor)
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) throws(Failure) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure() }
            rest = rest.dropFirst(count)
        }
    }

    /// Whether a person looks at the output.
    package static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Says what long work is doing, if somebody looks on; nothing in a pipe.
    package static func writeProgress(_ text: String) {
        if isatty(STDERR_FILENO) == 1 { writeError(text) }
    }
}
