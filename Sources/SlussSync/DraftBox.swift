import Glibc
import SlussBundle
import SlussCore
public import SlussDomain
import SlussStore

/// What one machine keeps of those who write on it: their names, and texts that are not handed in.
///
/// For a computer that many share. Each person has an age key of their own: its public half lies
/// open, so that saving asks for nothing; its private half opens with the person's PIN, if they
/// have one. Drafts are whole age files. Everything lies in the folder `drafts` of the store
/// (docs/store.md) and is never exported.
///
/// - Invariant: A name of a file has a whole file behind it, or none; a draft is replaced by one
///   renaming. Names of people are in no file name.
public final class DraftBox {
    /// Persons that one machine knows: more than ever share one.
    public static let personsMax = 500
    /// Drafts of one person that are listed, the newest.
    public static let draftsMax = 200
    /// Bytes of a draft: the longest meeting note is a third.
    public static let draftBytesMax = 1 << 20
    /// How long a draft is kept that nobody goes on with, in seconds: 30 days (domain §2.8).
    public static let idleSecondsMax: Int64 = 30 * 24 * 60 * 60
    /// The digits of a PIN.
    public static let pinDigits = 4...8

    /// The scrypt work factor of a PIN: 2^15 rounds, 32 MiB.
    ///
    /// A tenth of a second on a computer of 2020, half of one on the oldest. age's own takes
    /// 256 MiB, more than those have to spare.
    static let pinWorkFactor = 15
    /// Bytes of an age file around a draft: header, nonce, a tag for each chunk.
    static let sealBytesMax = 4096
    /// Bytes of a file that says who somebody is, or holds a key.
    static let personBytesMax = 4096

    let folder: PrivateFolder
    var generator: any RandomNumberGenerator
    private let notify: ((Phrase) -> Void)?
    private var told: Set<String> = []
    /// Called when all is written and nothing renamed; a test throws here, as a power cut would.
    package var interruption: (() throws -> Void)?

    /// Opens what the store in `folder` keeps beside it; makes nothing before something is saved.
    ///
    /// - Parameter notify: Told once of each file that cannot be read and is passed over.
    public init(
        store folder: String,
        generator: any RandomNumberGenerator = SystemRandomNumberGenerator(),
        notify: ((Phrase) -> Void)? = nil
    ) {
        self.folder = PrivateFolder(path: folder + "/drafts")
        self.generator = generator
        self.notify = notify
    }

    /// The folder of a person, or of nobody in particular.
    func folder(of person: KnownPerson?) -> PrivateFolder {
        PrivateFolder(path: folder.path(person?.id ?? Self.nobody))
    }

    static let nobody = "nobody"

    /// Eight bytes that name something new.
    func newName() -> String {
        Hex.string((0..<8).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// Does something that no other process may do meanwhile.
    func alone<Value>(_ act: () throws -> Value) throws -> Value {
        try folder.make()
        let lock = try StoreLock(path: folder.path("lock"), act: "drafts")
        return try withExtendedLifetime(lock, act)
    }

    /// Puts a file in its place; one that is no draft has no time, so that what a killed process
    /// leaves of it counts as old.
    func put(
        _ bytes: [UInt8], as name: String, in folder: PrivateFolder, seconds: Int64 = 0
    ) throws {
        try folder.put(bytes, as: name, aside: newName(), seconds: seconds) {
            try interruption?()
        }
    }

    /// Says that a file is passed over.
    func passOver(_ path: String) {
        guard told.insert(path).inserted else { return }
        let name = DisplayText.line(path)
        notify?(
            Phrase(
                "Filen \(name) går inte att läsa och har hoppats över. Den ligger kvar. Be den som sköter datorn att titta.",
                "The file \(name) cannot be read and was passed over. It is still there. Ask whoever looks after the computer."
            ))
    }
}
