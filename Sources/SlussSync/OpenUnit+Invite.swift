import Foundation
import Glibc
import SlussArchive
import SlussBundle
public import SlussCore
import SlussDomain
import SlussStore

/// An invitation that has been written to a file.
public struct InvitationReport: Sendable {
    /// Where it lies.
    public let path: String
    /// The unit.
    public let unit: UnitCode
    /// The machine's letter, or nothing.
    public let machine: String
    /// The network's root key, to be compared on the phone.
    public let root: KeyName
}

extension OpenUnit {
    /// Makes an invitation for a unit, or for one more machine of a unit that is there.
    ///
    /// - Parameter output: A folder, or the name of the file.
    public func invite(_ unit: UnitCode, name: String, output: String) throws -> InvitationReport {
        guard isCentral else { throw InputError.onlyCentral }
        let name = try Entered.line(name, of: Phrase("enhetens namn", "the unit's name"), max: 80)
        let seed = KeyFounding.bytes(&generator)
        let file = KeyFile(path: try Self.invitationPath(output, unit))
        let aside = KeyFile(path: file.path + ".new")
        unlink(aside.path)
        let invitation = try write { transaction in
            let authority = try Authority(transaction)
            guard !authority.devices(of: nil).contains(where: { $0.unit == unit }) else {
                throw InputError.centralsCode(unit.description)
            }
            let machine = try Self.freeLetter(unit, authority, transaction)
            guard let root = authority.root,
                let invitation = Invitation(
                    unit: unit, name: name, machine: machine.suffix, central: self.name, root: root,
                    seed: seed, statements: authority.statements.filter(Self.isForEveryone))
            else { throw KeyError.noRoot }
            try transaction.save(
                StoredInvitation(
                    key: invitation.key.publicKey.bytes, unit: unit, name: name,
                    machine: machine.suffix, day: today))
            try aside.create(invitation.bytes)
            return invitation
        }
        // Named last, so that an invitation is there only if the central knows of it.
        guard link(aside.path, file.path) == 0 || rename(aside.path, file.path) == 0 else {
            throw FileFailure(.rename, file.path, number: errno)
        }
        unlink(aside.path)
        return InvitationReport(
            path: file.path, unit: unit, machine: invitation.machine,
            root: KeyName(invitation.root))
    }

    /// The network's rules and who the central is, which everyone may know.
    private static func isForEveryone(_ signed: SignedStatement) -> Bool {
        switch signed.statement {
        case .network: true
        case .certificate(let certificate): certificate.role == .central
        default: false
        }
    }

    /// The first letter that no machine of the unit has, and no open invitation promises.
    private static func freeLetter(
        _ unit: UnitCode, _ authority: Authority, _ transaction: StoreTransaction
    ) throws -> MachineLetter {
        let taken = Set(
            authority.certificates.values.filter { $0.unit == unit && $0.role == .unit }
                .map(\.machine.string)
                + (try transaction.invitations().filter { $0.unit == unit }.map(\.machine)))
        let letters = [""] + "BCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
        guard let letter = letters.first(where: { !taken.contains($0) }).flatMap(MachineLetter.init)
        else { throw InputError.tooManyMachines(unit.description) }
        return letter
    }

    private static func invitationPath(_ output: String, _ unit: UnitCode) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: output, isDirectory: &isFolder) else {
            return output
        }
        guard isFolder.boolValue else { throw InputError.targetTaken(output) }
        let name = "inbjudan-\(unit)".lowercased()
        for number in 1...1000 {
            let path = output + "/" + name + (number == 1 ? "" : "-\(number)") + ".json"
            if !FileManager.default.fileExists(atPath: path) { return path }
        }
        throw InputError.targetTaken(output)
    }
}
