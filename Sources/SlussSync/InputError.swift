public import SlussDomain

/// What someone entered or asked for cannot be taken.
public enum InputError: Error, Hashable, Sendable {
    /// A text is too short.
    case tooShort(Phrase, min: Int)
    /// A text is too long.
    case tooLong(Phrase, max: Int, found: Int)
    /// All of it together is more than one write may hold.
    case tooMuchAtOnce
    /// The field has several values, and was written together with what is to be erased: somebody
    /// must choose first.
    case settleFirst(Phrase)
    /// The field was written together with what is to be erased, and cannot be kept without.
    case eraseWhole(Phrase)
    /// There is nothing in the record, or in those fields, to erase.
    case nothingToErase
    /// So much has been written to the record already that no more is taken.
    case recordFull
    /// A text has a character that cannot be shown.
    case controlCharacter(Phrase, scalar: UInt32)
    /// A text holds what looks like a personal identity number.
    case personalNumber(Phrase)
    /// Something is not one of the words to choose from.
    case unknownChoice(Phrase, choices: Phrase)
    /// Something is not written as it must be.
    case malformed(Phrase, example: String)
    /// No record has that number or id.
    case noSuchRecord(String)
    /// More than one record's id begins so.
    case ambiguousRecord(String)
    /// No conflict has that name.
    case noSuchConflict(String)
    /// No bundle of that digest has been merged here, or it brought nothing new.
    case noSuchBundle(String)
    /// No run of the merge tool has that number.
    case noSuchRun(Int64)
    /// The run has been undone already.
    case alreadyUndone(Int64)
    /// The run brought a decision on a record, to erase or to block, that would no longer hold.
    case decisionHolds(run: Int64, record: String)
    /// The run has not been undone.
    case notUndone(Int64)
    /// There are not so many values to pick from.
    case noSuchAlternative(Int, count: Int)
    /// There is no run of resolutions of that number.
    case noSuchSettling(Int64)
    /// That run of resolutions is undone already.
    case settlingUndone(Int64)
    /// What was settled cannot be opened again.
    case notReopened(SettlingUndo.Reason)
    /// The number is taken.
    case numberTaken(String)
    /// The file is not one that can be read in.
    case unreadableList(String, reason: Phrase)
    /// Nothing was given to change.
    case nothingToChange
    /// Someone changed the record on another machine, and it cannot be edited here.
    case needsNewerRelease(String)
    /// There is another file of that name.
    case targetTaken(String)
    /// The receiver is not one that this store can export to.
    case noSuchReceiver(String)
    /// Nothing has come from that unit yet.
    case unheardReceiver(String)
    /// Several records have that number; these are their ids.
    case ambiguousNumber(String, ids: [String])
    /// The role is one that only the central's devices write in.
    case roleNotHere
    /// The file is no invitation.
    case unreadableInvitation(String)
    /// Only the central can do that.
    case onlyCentral
    /// The network takes encrypted bundles only.
    case plainNotAllowed
    /// The fingerprint is not that of the bundle's device.
    case otherKey(found: String)
    /// The device that signed the bundle is known already.
    case alreadyKnown(String)
    /// No device of that unit has been let in.
    case noSuchDevice(String)
    /// The unit has several devices; these are their fingerprints.
    case severalDevices(String, keys: [String])
    /// The unit code is the central's own.
    case centralsCode(String)
    /// Another computer of the unit has that letter.
    case machineTaken(String)
    /// The device has several logs; these are they, with how many writes each.
    case severalLogs([String])
    /// The write has not come here.
    case notHereYet(UInt64, held: UInt64)
    /// Nothing of the device is here, so all that it has ever written would stop to count.
    case nothingKept
    /// Every device of the unit has been shut out.
    case allShutOut(String)
    /// The bundle does not ask to be let in anywhere.
    case nothingToAccept
    /// The passphrase is too short, or has characters that cannot be typed again.
    case weakPassphrase
    /// Every machine's letter is taken.
    case tooManyMachines(String)
    /// The note is blocked: nobody changes what he cannot see.
    case blockedNote(String)
    /// The record is blocked already.
    case alreadyBlocked
    /// The record is not blocked.
    case notBlocked
    /// The note is signed off: it takes additions only.
    case signedNote(String)
    /// A note whose fields have several values cannot be signed off.
    case unsettledNote(String)
    /// Signing off takes two different names.
    case signersNotTwo(found: Int)
    /// Names of those who sign off, with another status than signed.
    case signersWithoutSigning
    /// The receiver has to get more logs than a bundle holds.
    case tooManyLogs(Int)
    /// A meeting item with that number is not there.
    case noSuchItem(String)
    /// A merge would do something else now than was planned.
    case planMoved
    /// The status does not follow the one that stands.
    case statusDoesNotFollow(IdeaStatus, after: IdeaStatus)
    /// The status is not said without these.
    case statusNeeds(IdeaStatus, [StatusPart])
    /// The units register has no such unit.
    case notInRegister(String)
    /// The report is about a unit, and none is named, or not one that this store may show.
    case noReportUnit
    /// The first day of a time is after its last.
    case daysSwapped
    /// No idea here has that number together with that code.
    case wrongReceipt
}
