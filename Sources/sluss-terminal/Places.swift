import Foundation
import SlussTerminal

/// The sticks and folders that bundles may travel in.
enum Places {
    /// Where a desktop or a technician mounts sticks.
    private static let roots = ["/media/", "/run/media/", "/mnt/"]

    /// What is mounted now, and the folders that were named.
    static func found(besides folders: [String]) -> [Place] {
        let mounts = (try? String(contentsOfFile: "/proc/mounts", encoding: .utf8)) ?? ""
        let sticks = mounts.split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: " ")
            guard parts.count > 1 else { return nil }
            let path = unescaped(parts[1])
            return roots.contains { path.hasPrefix($0) } ? path : nil
        }
        var seen: Set<String> = []
        return (folders + sticks.sorted()).filter { seen.insert($0).inserted }.compactMap { path in
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                return nil
            }
            return Place(
                path: path, bundles: names.count { $0.lowercased().hasSuffix(".sluss") })
        }
    }

    /// A path as the kernel writes it: blanks and the like as `\040`.
    static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            let digits = rest.dropFirst().prefix(3)
            if first == UInt8(ascii: "\\"), digits.count == 3,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(4)
            } else {
                bytes.append(first)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
