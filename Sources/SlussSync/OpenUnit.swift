import Foundation
import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// A unit's store, open for work: every use case of Sluss is a method of this.
///
/// Day and randomness are parameters, so that a test or a simulation decides them.
public final class OpenUnit {
    /// What will be done with the store.
    public enum Purpose: Sendable {
        /// Look only; never waits for anyone.
        case reading
        /// Change something; the word is shown to whoever has to wait meanwhile.
        case writing(String)
    }

    let store: UnitStore
    let today: Day
    let machine: Machine
    /// The witness as it was last written, and under which name of the store.
    var witness: Witness?
    var witnessed: StoreID?
    /// Told what a person should know besides the answer.
    let notify: ((Phrase) -> Void)?
    /// Whether the store has been compared with its witness and folded by this release.
    var isSettled = false
    /// Whether no merge of this process has left words that are marked and not indexed.
    var isIndexed = false
    /// Called at the moments at which a process may be killed; a simulation throws here.
    package var interruption: ((Moment) throws -> Void)?
    let reader = LogLineReader()
    /// What the last change has left of the logs: nobody else writes while this is open for writing.
    var ledgerMemory: Ledger.Memory?
    /// The same after the change that is being made, if it is committed.
    var nextMemory: Ledger.Memory?
    /// The store's keys.
    let keys: StoreKeys
    var generator: any RandomNumberGenerator

    /// The unit's code.
    public var unit: UnitCode { store.identity.unit }
    /// The unit's name.
    public var name: String { store.identity.name }
    /// Whether this is the central.
    public var isCentral: Bool { store.identity.isCentral }

    /// A moment at which a process may be killed with most to lose.
    package enum Moment: Sendable {
        /// All is written, nothing committed.
        case beforeCommit
        /// Committed, and the witness does not know.
        case beforeWitness
    }

    /// Opens the store in `folder`.
    ///
    /// - Parameter notify: Told what a person should know besides the answer of what is done.
    public init(
        folder: String, for purpose: Purpose, today: Day, on machine: Machine,
        keys access: KeyAccess = KeyAccess(),
        generator: any RandomNumberGenerator = SystemRandomNumberGenerator(),
        notify: ((Phrase) -> Void)? = nil
    ) throws {
        self.notify = notify
        let storeAccess: UnitStore.Access =
            switch purpose {
            case .reading: .reading
            case .writing(let act): .writing(act)
            }
        store = try UnitStore(folder: folder, access: storeAccess)
        self.today = today
        self.machine = machine
        keys = StoreKeys(store: folder, access: access)
        self.generator = generator
    }

    /// The file in a store's folder that holds it.
    static func storeFile(in folder: String) -> String { folder + "/" + UnitStore.fileName }

    /// Who is at the keyboard.
    public struct Person: Sendable {
        /// The name, if it is to be kept.
        public var name: String?
        /// In what role.
        public var role: Role

        /// Names a person.
        public init(name: String? = nil, role: Role = .employee) {
            self.name = name
            self.role = role
        }
    }

    /// The body of a person's write, with the name checked as any other text.
    func body(
        of person: Person, reason: String? = nil, _ changes: [Write.FieldChange]
    ) throws -> Write.Body {
        guard isCentral || !person.role.isCentral else { throw InputError.roleNotHere }
        var body = Write.Body(
            role: person.role, reason: reason.map { Text($0) }, changes: changes)
        body.author = try person.name.map {
            Text(try Entered.name($0, of: SubmitterMode.name.phrase, today: today))
        }
        return body
    }

    /// The role that a person has here if nothing else is said.
    public var usualRole: Role { isCentral ? .coordinator : .employee }

    /// The audiences that a receiver may see; `nil` is everything that is not local.
    func scope(of unit: UnitCode?) -> (Audience) -> Bool {
        { audience in
            switch audience {
            case .local: false
            case .shared: true
            case .unit(let other): unit == nil || other == unit
            }
        }
    }
}
