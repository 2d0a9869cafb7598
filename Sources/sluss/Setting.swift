import Foundation
import Glibc
import SlussCore
import SlussSync

/// What the environment says.
enum Setting {
    /// A variable, if it is set and not empty.
    static func environment(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else {
            return nil
        }
        return value
    }

    /// A folder of the XDG Base Directory Specification: the variable, or a place in the home.
    ///
    /// A relative path is ignored, as the specification asks.
    static func folder(_ variable: String, else place: String) -> String {
        guard let folder = environment(variable), folder.hasPrefix("/") else {
            return home + "/" + place
        }
        return folder
    }

    /// The user's home, also where the environment does not say it.
    private static var home: String {
        if let home = environment("HOME") { return home }
        guard let entry = getpwuid(getuid()), let folder = entry.pointee.pw_dir else { return "" }
        return String(cString: folder)
    }
}

extension Machine {
    /// The computer that this runs on.
    static var thisComputer: Machine {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(
            decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let id = ["/etc/machine-id", "/var/lib/dbus/machine-id"].lazy
            .compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }.first
        return Machine(
            id: id ?? host, name: Text(String(host.prefix(64))),
            stateFolder: Setting.folder("XDG_STATE_HOME", else: ".local/state") + "/sluss")
    }
}
