import Glibc

/// A text file, read a line at a time.
final class LineFile {
    let path: String
    private let file: UnsafeMutablePointer<FILE>
    private var line: UnsafeMutablePointer<CChar>?
    private var capacity = 0
    /// Where the next line begins.
    private(set) var offset: UInt64 = 0

    /// Opens a file.
    init(path: String) throws {
        self.path = path
        guard let file = fopen(path, "r") else { throw WorkloadFailure(what: "no file \(path)") }
        self.file = file
    }

    deinit {
        free(line)
        fclose(file)
    }

    /// Goes to the line that begins at `offset`.
    func seek(to offset: UInt64) throws {
        guard fseek(file, Int(offset), SEEK_SET) == 0 else {
            throw WorkloadFailure(what: "\(path) has no byte \(offset)")
        }
        self.offset = offset
    }

    /// The next line; `nil` at the end.
    func next() -> [UInt8]? {
        let count = getline(&line, &capacity, file)
        guard count > 0, let line else { return nil }
        offset += UInt64(count)
        return Array(UnsafeRawBufferPointer(start: line, count: count))
    }
}
