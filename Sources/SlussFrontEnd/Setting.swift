import Foundation
import Glibc
package import SlussCore
package import SlussSync

/// What the environment says.
package enum Setting {
    /// A variable, if it is set and not empty.
    package static func environment(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else {
            return nil
        }
        return value
    }

    /// A folder of the XDG Base Directory Specification: the variable, or a place in the home.
    ///
    /// A relative path is ignored, as the specification asks.
    package static func folder(_ variable: String, else place: String) -> String {
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

extension Setting {
    /// The folder of the unit's store, if none is named: SLUSS_STORE, else the data folder.
    package static var storeFolder: String {
        environment("SLUSS_STORE") ?? folder("XDG_DATA_HOME", else: ".local/share") + "/sluss"
    }

    /// The day of the computer's calendar.
    package static var today: Day {
        var clock = time(nil)
        var local = tm()
        localtime_r(&clock, &local)
        return Day(
            year: Int(local.tm_year) + 1900, month: Int(local.tm_mon) + 1, day: Int(local.tm_mday))
            ?? Day(number: Int(clock / 86400))
    }
}

extension Machine {
    /// The computer that this runs on.
    package static var thisComputer: Machine {
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
