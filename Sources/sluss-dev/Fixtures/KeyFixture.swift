import Foundation
import SlussBundle

/// The throwaway keys of the network in which all fixtures play: public test data.
enum KeyFixture {
    /// Makes the folder, unless it is there.
    static func make(in folder: String) throws {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: folder) else { return }
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let seed = Array("sluss fixtures, public test key!".utf8)
        guard let root = DevicePrivateKey(seed: seed), let recovery = AgeIdentity(bytes: seed)
        else { throw StoryFailure(what: "a key") }
        let warning = "# Public test data: anyone has this key.\n"
        try Data(root.openSSH(comment: "public test data")).write(
            to: URL(fileURLWithPath: folder + "/root"))
        try Data(Array(warning.utf8) + recovery.keyFile).write(
            to: URL(fileURLWithPath: folder + "/recovery"))
    }
}
