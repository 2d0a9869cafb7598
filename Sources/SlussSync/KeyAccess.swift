public import SlussDomain

/// How keys are come by that do not lie open in the store's folder.
public struct KeyAccess: Sendable {
    /// Asks for the passphrase of what is named; `nil` if nobody can be asked.
    public var passphrase: @Sendable (Phrase) -> String?
    /// Files with further age identities that may open a bundle.
    public var identityFiles: [String]
    /// A folder or file with the network's root key, if it is not in the store's folder.
    public var rootPath: String?

    /// Describes how keys are come by.
    public init(
        identityFiles: [String] = [], rootPath: String? = nil,
        passphrase: @escaping @Sendable (Phrase) -> String? = { _ in nil }
    ) {
        self.passphrase = passphrase
        self.identityFiles = identityFiles
        self.rootPath = rootPath
    }
}
