import SlussArchive
import SlussBundle
public import SlussDomain
import SlussStore

/// An error in words: what happened, what was not changed, what to do next; its name in JSON, and
/// the exit status.
///
/// Never holds the text of a note. Names from outside are escaped here.
public struct Explanation: Sendable {
    /// The error's name in JSON.
    public let code: String
    /// The sentence.
    public let phrase: Phrase
    /// The exit status.
    public let status: ExitStatus

    init(_ code: String, _ status: ExitStatus, _ swedish: String, _ english: String) {
        self.code = code
        self.status = status
        self.phrase = Phrase(swedish, english)
    }

    /// Explains an error of any of Sluss's parts.
    public init(of error: any Error) {
        switch error {
        case let error as InputError: self.init(error)
        case let error as FigureError: self.init(error)
        case let error as StoreError: self.init(error)
        case let error as BundleRefusal: self.init(error)
        case let error as MassChange: self.init(error)
        case is LargeBundle: self = .largeBundle
        case let error as NoRoom: self.init(error)
        case let error as FileFailure: self.init(error)
        case let error as KeyError: self.init(error)
        case let error as LayerError: self.init(error)
        case let error as DraftError: self.init(error)
        case let error as BackupError: self.init(error)
        default:
            self.init(
                "failed", .failed, "Det gick inte. Inget har ändrats.",
                "It failed. Nothing was changed.")
        }
    }
}
