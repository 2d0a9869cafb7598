import Crypto
import Foundation
import SlussCore

/// A package for Debian: `deb(5)`, with neither scripts nor triggers.
///
/// The same files, fields and day give the same bytes.
struct DebianPackage {
    let name: String
    let version: String
    let architecture: String
    let maintainer: String
    let dependencies: [String]
    let summary: String
    let description: String
    let files: [PackedFile]
    let day: Day

    /// The name that Debian gives such a file.
    var file: String { "\(name)_\(version)_\(architecture).deb" }

    /// 1970-01-01 is day 0.
    private var seconds: Int { Int(day.number) * 86_400 }

    /// The package's bytes.
    func bytes() throws -> Data {
        let control = try Packer.tarXZ(
            [
                PackedFile(path: "control", bytes: Data(fields.utf8)),
                PackedFile(path: "md5sums", bytes: Data(sums.utf8)),
            ], seconds: seconds)
        var result = Data("!<arch>\n".utf8)
        result += member("debian-binary", Data("2.0\n".utf8))
        result += member("control.tar.xz", control)
        result += member("data.tar.xz", try Packer.tarXZ(files, seconds: seconds))
        return result
    }

    /// The file `control`.
    private var fields: String {
        // In KiB, each file rounded up, as Debian's policy has it; folders count as one.
        let size = files.reduce(0) { $0 + ($1.bytes.count + 1023) / 1024 }
        let text = description.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? " .\n" : " \($0)\n" }.joined()
        return """
            Package: \(name)
            Version: \(version)
            Architecture: \(architecture)
            Maintainer: \(maintainer)
            Installed-Size: \(size)
            Depends: \(dependencies.joined(separator: ", "))
            Section: misc
            Priority: optional
            Description: \(summary)
            \(text)
            """
    }

    /// The file `md5sums`, with which `dpkg --verify` finds a damaged file.
    private var sums: String {
        files.sorted { $0.path < $1.path }.map { file in
            let digest = Insecure.MD5.hash(data: file.bytes)
            return digest.map { String(format: "%02x", $0) }.joined() + "  \(file.path)\n"
        }.joined()
    }

    /// A member of the outer archive, which is `ar`'s.
    private func member(_ name: String, _ bytes: Data) -> Data {
        func field(_ text: String, _ width: Int) -> String {
            text.padding(toLength: width, withPad: " ", startingAt: 0)
        }
        let header =
            field(name, 16) + field(String(seconds), 12) + field("0", 6) + field("0", 6)
            + field("100644", 8) + field(String(bytes.count), 10) + "`\n"
        return Data(header.utf8) + bytes + Data(bytes.count % 2 == 0 ? "".utf8 : "\n".utf8)
    }
}
