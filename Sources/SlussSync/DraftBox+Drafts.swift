import Glibc
import SlussBundle
import SlussCore

extension DraftBox {
    private static let ending = ".age"

    /// Keeps a text for a person, or for nobody in particular, instead of what had its id.
    ///
    /// Asks for no PIN. When this returns the text is on the disk; if it throws, what was there is
    /// there, and the text belongs on the screen still.
    ///
    /// - Parameters:
    ///   - id: What the client calls the draft: 1 to 64 of the letters a to z, digits, `-`, `_`.
    ///   - kind: What it is a draft of, in the same letters.
    ///   - seconds: What the clock says; for people, and for ``discardIdle(before:)``.
    /// - Throws: ``DraftError``.
    public func save(
        _ bytes: [UInt8], id: String, kind: String, at seconds: Int64, for person: KnownPerson?
    ) throws {
        precondition(Self.isName(id) && Self.isName(kind), "a draft's name is a plain one")
        guard bytes.count <= Self.draftBytesMax else {
            throw DraftError.tooLong(max: Self.draftBytesMax, found: bytes.count)
        }
        let recipient = try recipient(of: person)
        let own = folder(of: person)
        guard let sealed = try? AgeBytes.seal(bytes, to: [recipient]) else {
            throw DraftError.damagedPerson(own.path)
        }
        let name = "\(id).\(kind)\(Self.ending)"
        try put(sealed, as: name, in: own, seconds: seconds)
        // The same draft, when it was of another kind.
        for other in try own.names() where other != name && Self.draft(other)?.id == id {
            try own.remove(other)
        }
    }

    static func isName(_ text: String) -> Bool {
        1...64 ~= text.utf8.count
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func draft(_ name: String) -> (id: String, kind: String)? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[2] == ending.dropFirst(), isName(parts[0]), isName(parts[1])
        else { return nil }
        return (parts[0], parts[1])
    }

    /// A person's drafts, the newest first; opens none of them.
    public func drafts(of person: KnownPerson?) throws -> [SavedDraft] {
        let own = folder(of: person)
        if person != nil, !own.isThere { throw DraftError.noSuchPerson }
        var drafts: [SavedDraft] = []
        for name in try own.names() where !Self.ownFiles.contains(name) && !name.hasPrefix(".") {
            guard let (id, kind) = Self.draft(name), let seconds = own.seconds(of: name) else {
                passOver(own.path(name))
                continue
            }
            drafts.append(SavedDraft(id: id, kind: kind, seconds: seconds))
        }
        drafts.sort { ($1.seconds, $0.id, $0.kind) < ($0.seconds, $1.id, $1.kind) }
        return Array(drafts.prefix(Self.draftsMax))
    }

    /// The text of a draft.
    ///
    /// - Throws: ``DraftError/noSuchDraft``, ``DraftError/otherKey``,
    ///   ``DraftError/damagedDraft(_:)``; the file stays.
    public func read(
        _ draft: SavedDraft, of person: KnownPerson?, with key: DraftKey
    ) throws -> [UInt8] {
        let own = folder(of: person)
        let name = "\(draft.id).\(draft.kind)\(Self.ending)"
        guard own.seconds(of: name) != nil else { throw DraftError.noSuchDraft }
        let max = Self.draftBytesMax + Self.sealBytesMax
        guard let sealed = try own.read(name, max: max) else {
            throw DraftError.damagedDraft(own.path(name))
        }
        do { return try AgeBytes.open(sealed, [key.identity]) } catch {
            throw error == .noMatchingKey
                ? DraftError.otherKey : DraftError.damagedDraft(own.path(name))
        }
    }

    /// Lets go of a draft, as when it has been handed in; one that is not there is let go of.
    public func discard(id: String, of person: KnownPerson?) throws {
        let own = folder(of: person)
        for name in try own.names() where Self.draft(name)?.id == id { try own.remove(name) }
        if own.isThere { try own.synchronise() }
    }

    /// Lets go of every draft that was last saved before `seconds`.
    ///
    /// The caller takes ``idleSecondsMax`` from a clock that is believed: one that is years ahead
    /// would cost every draft.
    public func discardIdle(before seconds: Int64) throws {
        guard folder.isThere else { return }
        try alone {
            try sweep()
            for own in try draftFolders() {
                for name in try own.names()
                where Self.draft(name) != nil || name.hasPrefix(PrivateFolder.asidePrefix) {
                    if let saved = own.seconds(of: name), saved < seconds { try own.remove(name) }
                }
            }
        }
    }
}
