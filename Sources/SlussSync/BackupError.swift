/// Why a backup was not made, restored, or a store not repaired.
public enum BackupError: Error, Hashable, Sendable {
    /// The store that was built from the backup for a test is not the one that it was made of.
    case rehearsalDiffers
    /// The bundle holds only what its receiver lacked.
    case notFull
    /// The folder has something that is not a store's.
    case foreignFolder(String, name: String)
    /// There is the store of another unit in the folder.
    case otherStore(String, unit: String)
    /// The system refused to make, copy or name something; nothing has changed its place.
    case folder(String, number: Int32)
    /// The new store is in its place, and the former one has not got its last name.
    case unfinished(String, former: String)
    /// Nothing can be read of the store's logs.
    case nothingToSave
}
