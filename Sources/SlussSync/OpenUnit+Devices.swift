import SlussBundle
public import SlussCore
import SlussDomain
import SlussStore

/// A device of the network, or one that has been invited.
public struct DeviceView: Sendable {
    /// How it stands with the device.
    public enum Standing: String, Sendable {
        case invited
        case accepted
        case revoked
    }

    /// The unit.
    public let unit: UnitCode
    /// The unit's name; text from outside.
    public let name: String
    /// The machine's letter, or nothing.
    public let machine: String
    /// Whether it is the central's.
    public let isCentral: Bool
    /// How it stands with it.
    public let standing: Standing
    /// Its key; `nil` as long as it is only invited.
    public let key: KeyName?
    /// The day of the invitation, or of the last bundle that was merged from it.
    public let day: Day?
}

extension OpenUnit {
    /// Every device that has been let in, and every invitation that is open.
    public func devices() throws -> [DeviceView] {
        try store.read { transaction in
            let authority = try Authority(transaction)
            let peers = try transaction.peers()
            let devices = authority.certificates.values.map { certificate in
                view(of: certificate, authority, peers)
            }
            let open = try transaction.invitations().filter { $0.device == nil }.map {
                DeviceView(
                    unit: $0.unit, name: $0.name, machine: $0.machine, isCentral: false,
                    standing: .invited, key: nil, day: $0.day)
            }
            return (devices + open).sorted {
                (
                    $0.isCentral ? 0 : 1, Text($0.unit.description), $0.machine,
                    $0.key?.fingerprint ?? ""
                )
                    < (
                        $1.isCentral ? 0 : 1, Text($1.unit.description), $1.machine,
                        $1.key?.fingerprint ?? ""
                    )
            }
        }
    }

    func view(
        of certificate: Certificate, _ authority: Authority, _ peers: [StoredPeer]
    ) -> DeviceView {
        DeviceView(
            unit: certificate.unit, name: certificate.name.string,
            machine: certificate.machine.string, isCentral: certificate.role == .central,
            standing: authority.revocations[certificate.key] == nil ? .accepted : .revoked,
            key: KeyName(certificate.key),
            day: peers.filter { $0.device == certificate.key.bytes }.map(\.day).max())
    }

    /// Lets in the device that has signed a bundle: at the central that device, at a unit that is
    /// in no network the network of the central that has signed.
    ///
    /// - Parameter fingerprint: Of the key that was compared on the phone; another is refused.
    public func accept(_ path: String, fingerprint: String) throws -> DeviceView {
        let bundle = try BundleFile.read(path, unlock: keys.unlock)
        return isCentral
            ? try acceptDevice(bundle, fingerprint) : try acceptNetwork(bundle, fingerprint)
    }

    private func acceptDevice(_ bundle: OpenedBundle, _ fingerprint: String) throws -> DeviceView {
        let signer = bundle.signer
        guard Text(signer.fingerprint) == Text(fingerprint) else {
            throw InputError.otherKey(found: signer.fingerprint)
        }
        let request = bundle.manifest.statements.compactMap { signed -> Enrolment? in
            guard case .enrolment(let request) = signed.statement, request.key == signer else {
                return nil
            }
            return request
        }.first
        return try write { transaction in
            var authority = try Authority(transaction)
            guard authority.certificates[signer] == nil else {
                throw InputError.alreadyKnown(signer.fingerprint)
            }
            let sender = bundle.manifest.sender
            // The unit that is let in is the one that was called.
            guard let request, request.unit == sender.unit,
                bundle.manifest.network == nil
                    || bundle.manifest.network == authority.network
            else { throw InputError.nothingToAccept }
            try Self.refuseTaken(sender, authority)
            try certify(
                request, name: sender.name, machine: sender.machine, &authority, in: transaction)
            var ledger = try Ledger(transaction, reader: reader)
            try ledger.cover(try transaction.logs(signedBy: signer.bytes))
            try ledger.fold { _ in }
            guard let certificate = authority.certificates[signer] else {
                throw InputError.nothingToAccept
            }
            return view(of: certificate, authority, [])
        }
    }

    /// Refuses a name that another device has: numbers are given by unit and machine.
    private static func refuseTaken(
        _ sender: BundleManifest.Sender, _ authority: Authority
    ) throws {
        for device in authority.certificates.values where device.unit == sender.unit {
            guard device.role == .unit else {
                throw InputError.centralsCode(sender.unit.description)
            }
            guard device.machine != sender.machine || authority.revocations[device.key] != nil
            else { throw InputError.machineTaken("\(sender.unit)\(sender.machine)") }
        }
    }

    /// Issues a certificate to who has asked for it.
    func certify(
        _ request: Enrolment, name: Text, machine: Text, _ authority: inout Authority,
        in transaction: StoreTransaction
    ) throws {
        guard let network = authority.network else { throw KeyError.noRoot }
        let root = try keys.root()
        guard root.publicKey == authority.root else { throw KeyError.foreign(keys.rootFile.path) }
        let signed = SignedStatement(
            .certificate(
                Certificate(
                    network: network, number: 1, key: request.key, recipient: request.recipient,
                    role: .unit, unit: request.unit, name: name, machine: machine)), by: root)
        authority.insert(signed)
        if let stored = signed.stored { _ = try transaction.insert(stored) }
    }

    private func acceptNetwork(_ bundle: OpenedBundle, _ fingerprint: String) throws -> DeviceView {
        guard let root = bundle.rootKey else { throw InputError.nothingToAccept }
        guard Text(root.fingerprint) == Text(fingerprint) else {
            throw InputError.otherKey(found: root.fingerprint)
        }
        return try write { transaction in
            guard try transaction.rootKey() == nil else {
                throw InputError.alreadyKnown(root.fingerprint)
            }
            let authority = Authority(root: root, statements: bundle.manifest.statements)
            guard authority.rules != nil, let central = authority.certificates[bundle.signer],
                central.role == .central
            else { throw InputError.nothingToAccept }
            try transaction.setRootKey(root.bytes)
            for statement in authority.statements.compactMap(\.stored) {
                _ = try transaction.insert(statement)
            }
            return view(of: central, authority, [])
        }
    }
}

extension OpenedBundle {
    /// The root key that vouches for the bundle's signer, if it says so itself.
    var rootKey: DeviceKey? {
        manifest.statements.first { signed in
            guard case .certificate(let certificate) = signed.statement else { return false }
            return certificate.key == signer && certificate.network == signed.signer.network
        }?.signer
    }
}
