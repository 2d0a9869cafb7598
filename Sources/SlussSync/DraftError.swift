/// A draft or a person of this machine could not be kept or read.
///
/// Never holds a name or a text: paths have ids alone.
public enum DraftError: Error, Hashable, Sendable {
    /// A PIN is four to eight digits.
    case malformedPIN
    /// The PIN is wrong, or one is needed.
    case wrongPIN
    /// Somebody here has that name.
    case nameTaken
    /// There is no room for one more person.
    case tooManyPersons(max: Int)
    /// The person is no longer known here.
    case noSuchPerson
    /// The draft is no longer there.
    case noSuchDraft
    /// The draft is longer than one may be.
    case tooLong(max: Int, found: Int)
    /// The key is another person's.
    case otherKey
    /// The draft's file is damaged, or none of ours.
    case damagedDraft(String)
    /// The file with the person's key is damaged, or none of ours.
    case damagedPerson(String)
    /// There is too little memory to try the PIN.
    case notEnoughMemory
    /// Nothing new was written; what was there is there.
    case notWritten(String, number: Int32)
    /// It is written, and the disk has not confirmed it.
    case notConfirmed(String, number: Int32)
    /// Something is there and could not be read.
    case notRead(String, number: Int32)
}
