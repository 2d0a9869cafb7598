/// What is wrong with a folder that is to be a bag.
///
/// Names come from outside: whoever shows them escapes them.
public enum BagFault: Error, Hashable, Sendable {
    /// A file that must be there, or that a list promises, is not.
    case missingFile(String)
    /// A file of the payload that the list does not promise.
    case unlistedFile(String)
    /// A file whose promise nobody can check here: `fetch.txt`, a list with other digests.
    case foreignFile(String)
    /// A file's bytes are not those that the list promises.
    case digestMismatch(String)
    /// A file of the bag itself is not as it must be.
    case malformedFile(String, reason: String)
    /// Neither a file nor a folder: a link, a device, a pipe.
    case notARegularFile(String)
    /// A name that is not the same file everywhere.
    case badName(String, reason: String)
    /// Two names that are one on some computers.
    case sameName(String, as: String)
    /// Something is larger than is looked at.
    case overLimit(String, max: UInt64)

    /// The fault's name in JSON.
    public var code: String {
        switch self {
        case .missingFile: "missingFile"
        case .unlistedFile: "unlistedFile"
        case .foreignFile: "foreignFile"
        case .digestMismatch: "digestMismatch"
        case .malformedFile: "malformedFile"
        case .notARegularFile: "notARegularFile"
        case .badName: "badName"
        case .sameName: "sameName"
        case .overLimit: "overLimit"
        }
    }

    /// The file, or the limit, that it is about.
    public var name: String {
        switch self {
        case .missingFile(let name), .unlistedFile(let name), .foreignFile(let name),
            .digestMismatch(let name), .notARegularFile(let name), .malformedFile(let name, _),
            .badName(let name, _), .sameName(let name, _), .overLimit(let name, _):
            name
        }
    }
}
