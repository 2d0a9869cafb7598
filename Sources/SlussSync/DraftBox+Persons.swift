import Glibc
import SlussBundle
public import SlussCore
import SlussDomain

extension DraftBox {
    private static let personFile = "person"
    private static let identityFile = "identity"
    private static let firstLine = "sluss-person 1"
    private static let gonePrefix = ".gone-"

    /// Those who write here, in Swedish order.
    public func persons() throws -> [KnownPerson] {
        try folder.names().filter(Self.isID).prefix(Self.personsMax).compactMap { id in
            try person(id)
        }.sorted {
            $0.name == $1.name ? $0.id < $1.id : SwedishOrder.isBefore($0.name, $1.name)
        }
    }

    private static func isID(_ name: String) -> Bool {
        name.utf8.count == 16 && Hex.bytes(name) != nil
            && name.utf8.elementsEqual(
                name.lowercased().utf8)
    }

    /// The person with that id; `nil`, and a sentence, if the files are none of ours.
    private func person(_ id: String) throws -> KnownPerson? {
        let own = PrivateFolder(path: folder.path(id))
        guard own.isThere else { return nil }
        guard let card = try own.read(Self.personFile, max: Self.personBytesMax),
            let (name, _) = Self.read(card: card)
        else {
            passOver(own.path(Self.personFile))
            return nil
        }
        guard let key = try own.read(Self.identityFile, max: Self.personBytesMax) else {
            passOver(own.path(Self.identityFile))
            return nil
        }
        return KnownPerson(id: id, name: name, hasPIN: key.starts(with: AgeHeader.start))
    }

    /// Takes somebody in.
    ///
    /// - Throws: ``DraftError/nameTaken``, ``DraftError/malformedPIN``, ``InputError`` for the
    ///   name.
    public func add(name: String, pin: String?, today: Day) throws -> KnownPerson {
        let label = Phrase("namnet", "the name")
        let name = try Entered.name(name, of: label, today: today)
        let passphrase = try pin.map(Self.newPIN)
        return try alone {
            let known = try persons()
            guard !known.contains(where: { Entered.folded($0.name) == Entered.folded(name) }) else {
                throw DraftError.nameTaken
            }
            guard known.count < Self.personsMax else {
                throw DraftError.tooManyPersons(max: Self.personsMax)
            }
            let (id, identity) = (newName(), AgeIdentity())
            let card = "\(Self.firstLine)\n\(identity.recipient)\n\(name)\n"
            try make(
                folder: id,
                [
                    (Self.personFile, Array(card.utf8)),
                    (Self.identityFile, try Self.seal(identity, passphrase)),
                ])
            return KnownPerson(id: id, name: name, hasPIN: pin != nil)
        }
    }

    /// A folder with its first files, there as a whole or not at all.
    private func make(folder name: String, _ files: [(String, [UInt8])]) throws {
        let aside = PrivateFolder.asidePrefix + newName()
        let new = PrivateFolder(path: folder.path(aside))
        try new.make()
        for (file, bytes) in files { try put(bytes, as: file, in: new) }
        guard rename(new.path, folder.path(name)) == 0 else {
            throw DraftError.notWritten(folder.path(name), number: errno)
        }
        try folder.synchronise()
    }

    /// Gives somebody a PIN, another one, or none.
    ///
    /// - Throws: ``DraftError/wrongPIN`` if `old` is not the one that holds.
    public func setPIN(of person: KnownPerson, from old: String?, to new: String?) throws {
        let passphrase = try new.map(Self.newPIN)
        try alone {
            let identity = try identity(of: person, pin: old)
            let own = folder(of: person)
            try put(try Self.seal(identity, passphrase), as: Self.identityFile, in: own)
        }
    }

    /// Forgets somebody, with all their drafts; asks for no PIN, which may be what was forgotten.
    public func remove(_ person: KnownPerson) throws {
        try alone {
            guard folder(of: person).isThere else { throw DraftError.noSuchPerson }
            try setAside(person.id, as: Self.gonePrefix)
            try sweep()
        }
    }

    /// Renames a folder, so that it is gone at once or not at all.
    private func setAside(_ name: String, as prefix: String) throws {
        guard rename(folder.path(name), folder.path(prefix + newName())) == 0 else {
            throw DraftError.notWritten(folder.path(name), number: errno)
        }
        try folder.synchronise()
    }

    /// Removes what a process has left that was killed while it added or removed somebody.
    ///
    /// Only while nobody else may: see ``alone(_:)``.
    func sweep() throws {
        for name in try folder.names()
        where name.hasPrefix(Self.gonePrefix) || name.hasPrefix(PrivateFolder.asidePrefix) {
            try folder.remove(name)
        }
    }

    /// What opens a person's drafts, or those of nobody in particular, which need no PIN.
    ///
    /// Takes some tenths of a second with a PIN, right or wrong. Whether it is right is told by
    /// whether the key opens (ChaCha20-Poly1305, which compares in constant time); nothing is
    /// stored that a PIN could be compared with.
    ///
    /// - Throws: ``DraftError/wrongPIN``, ``DraftError/noSuchPerson``.
    public func key(of person: KnownPerson?, pin: String?) throws -> DraftKey {
        guard let person else { return DraftKey(identity: try identityOfNobody()) }
        return DraftKey(identity: try identity(of: person, pin: pin))
    }

    private func identity(of person: KnownPerson, pin: String?) throws -> AgeIdentity {
        let own = folder(of: person)
        guard own.isThere else { throw DraftError.noSuchPerson }
        let path = own.path(Self.identityFile)
        guard var bytes = try own.read(Self.identityFile, max: Self.personBytesMax) else {
            throw DraftError.damagedPerson(path)
        }
        if bytes.starts(with: AgeHeader.start) {
            guard let passphrase = pin.flatMap({ AgePassphrase($0) }) else {
                throw DraftError.wrongPIN
            }
            do { bytes = try AgeBytes.open(bytes, passphrase) } catch {
                switch error {
                case .wrongPassphrase: throw DraftError.wrongPIN
                case .notEnoughMemory: throw DraftError.notEnoughMemory
                default: throw DraftError.damagedPerson(path)
                }
            }
        }
        guard let identity = try? AgeIdentity.identities(inKeyFile: bytes).first else {
            throw DraftError.damagedPerson(path)
        }
        return identity
    }

    /// Whom a draft is closed for.
    func recipient(of person: KnownPerson?) throws -> AgeRecipient {
        guard let person else { return try identityOfNobody().recipient }
        let own = folder(of: person)
        guard own.isThere else { throw DraftError.noSuchPerson }
        guard let card = try own.read(Self.personFile, max: Self.personBytesMax),
            let (_, recipient) = Self.read(card: card)
        else { throw DraftError.damagedPerson(own.path(Self.personFile)) }
        return recipient
    }

    /// The key of nobody in particular, made when it is first needed.
    ///
    /// If its file is damaged the folder is set aside, since a text must find a place.
    private func identityOfNobody() throws -> AgeIdentity {
        if let identity = try readIdentityOfNobody() { return identity }
        return try alone {
            // Another process may have been here first.
            if let identity = try readIdentityOfNobody() { return identity }
            if folder(of: nil).isThere {
                passOver(folder(of: nil).path(Self.identityFile))
                try setAside(Self.nobody, as: ".damaged-")
            }
            let identity = AgeIdentity()
            try make(folder: Self.nobody, [(Self.identityFile, identity.keyFile)])
            return identity
        }
    }

    private func readIdentityOfNobody() throws -> AgeIdentity? {
        guard let bytes = try folder(of: nil).read(Self.identityFile, max: Self.personBytesMax)
        else { return nil }
        return try? AgeIdentity.identities(inKeyFile: bytes).first
    }

    private static func newPIN(_ pin: String) throws(DraftError) -> AgePassphrase {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard pinDigits ~= pin.utf8.count, pin.utf8.allSatisfy({ digits ~= $0 }),
            let passphrase = AgePassphrase(pin)
        else { throw .malformedPIN }
        return passphrase
    }

    private static func seal(
        _ identity: AgeIdentity, _ passphrase: AgePassphrase?
    ) throws(DraftError) -> [UInt8] {
        guard let passphrase else { return identity.keyFile }
        do {
            return try AgeBytes.seal(identity.keyFile, passphrase, workFactor: pinWorkFactor)
        } catch { throw .notEnoughMemory }
    }

    /// The name and the public key of a person's file.
    private static func read(card: [UInt8]) -> (name: String, recipient: AgeRecipient)? {
        guard let text = String(validating: card, as: UTF8.self), text.hasSuffix("\n") else {
            return nil
        }
        let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 3, lines[0] == firstLine,
            let recipient = AgeRecipient(
                String(lines[1])),
            let name = try? Entered.line(
                String(lines[2]), of: Phrase("", ""), max: 80)
        else { return nil }
        return (name, recipient)
    }

    /// The names of the files in a person's folder that are no drafts.
    static var ownFiles: Set<String> { [personFile, identityFile] }

    /// The folders of all who have drafts.
    func draftFolders() throws -> [PrivateFolder] {
        try folder.names().filter { Self.isID($0) || $0 == Self.nobody }.map {
            PrivateFolder(path: folder.path($0))
        }
    }
}
