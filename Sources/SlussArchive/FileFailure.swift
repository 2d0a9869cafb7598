#if canImport(Glibc)
    import Glibc
#endif

/// The system refused to read or write a file.
public struct FileFailure: Error, Hashable, Sendable {
    /// What was being done.
    public enum Act: String, Sendable {
        case open
        case read
        case write
        case synchronise
        /// Make sure that a name just given lasts.
        case synchroniseFolder
        case rename
        case verify
        case remove
    }

    /// What was being done.
    public let act: Act
    /// The file; a name from outside, to be escaped when shown.
    public let path: String
    /// The system's error number (`errno`), or 0 if the file came back changed.
    public let number: Int32

    /// Names a failure.
    public init(_ act: Act, _ path: String, number: Int32) {
        self.act = act
        self.path = path
        self.number = number
    }

    /// The system's number for having no memory left.
    static let noMemory = ENOMEM

    static func last(_ act: Act, _ path: String) -> FileFailure {
        FileFailure(act, path, number: errno)
    }

    /// The system's own words for the number.
    public var systemText: String {
        number == 0 ? "the bytes read back differ" : String(cString: strerror(number))
    }
}
