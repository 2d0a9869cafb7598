import SlussBundle
import SlussCore
import SlussStore

/// Whether a bundle is to be believed, and what it may say: asked when its manifest has been read,
/// before any of its lines.
extension MergeAct {
    /// Asks who has signed the bundle, and keeps the statements that it brings.
    ///
    /// - Throws: ``BundleRefusal`` if the bundle is not from a device of this store's network.
    func trust(_ bundle: OpenedBundle, _ ledger: inout Ledger) throws {
        let manifest = bundle.manifest
        var authority = try ledger.authority()
        if bundle.signer.bytes == unit.store.identity.device {
            // This store's own word, come back; of its earlier lives, too.
            guard manifest.sender.unit == unit.unit, manifest.sender.isCentral == unit.isCentral
            else { throw BundleRefusal.wrongSender(unit.unit) }
            ledger.sizes.isPassedOn = true
            try keep(manifest.statements.filter { authority.vouches($0) || $0.isHead }, &ledger)
            return
        }
        try admitNetwork(bundle, authority)
        for signed in manifest.statements where !signed.isHead && !authority.holds(signed) {
            guard signed.isForeign || authority.vouches(signed) else {
                throw BundleRefusal.untrustedStatement
            }
            authority.insert(signed)
        }
        try enrol(bundle, &authority)
        guard let certificate = authority.certificates[bundle.signer] else {
            throw BundleRefusal.unknownDevice(bundle.signer, unit: manifest.sender.unit)
        }
        let known = try knownPeer(manifest)
        guard certificate.unit == manifest.sender.unit,
            (certificate.role == .central) == manifest.sender.isCentral,
            // A store's name is its device's: nobody else's bundles may pass for its.
            known?.device ?? bundle.signer.bytes == bundle.signer.bytes,
            manifest.sender.store != unit.store.identity.id
        else { throw BundleRefusal.wrongSender(certificate.unit) }
        guard certificate.role == .central || unit.isCentral || certificate.unit == unit.unit
        else { throw BundleRefusal.wrongReceiver(manifest.receiver.description) }
        guard bundle.isEncrypted || authority.rules?.allowsPlain ?? false else {
            throw BundleRefusal.notEncrypted
        }
        try admitReach(bundle, certificate, authority, ledger)
        ledger.sizes.isPassedOn = certificate.role == .central
        try keep(manifest.statements, &ledger)
    }

    private func admitNetwork(_ bundle: OpenedBundle, _ authority: Authority) throws {
        guard let network = authority.network else {
            throw BundleRefusal.unknownNetwork(root: bundle.rootKey)
        }
        // A device that was let in after it made the bundle could not name the network.
        let named = bundle.manifest.network
        guard named == nil || named == network else { throw BundleRefusal.wrongNetwork(named) }
    }

    /// Lets in a device that has an invitation which is open.
    private func enrol(_ bundle: OpenedBundle, _ authority: inout Authority) throws {
        guard unit.isCentral, authority.certificates[bundle.signer] == nil else { return }
        let open = try transaction.invitations().filter { $0.device == nil }
        for signed in bundle.manifest.statements {
            guard case .enrolment(let request) = signed.statement, request.key == bundle.signer,
                request.network == authority.network,
                var invitation = open.first(where: { $0.key == signed.signer.bytes }),
                invitation.unit == request.unit
            else { continue }
            try unit.certify(
                request, name: Text(invitation.name), machine: Text(invitation.machine),
                &authority, in: transaction)
            invitation.device = bundle.signer.bytes
            try transaction.save(invitation)
            enrolled = KeyName(bundle.signer)
            return
        }
    }

    /// Whether what the bundle holds is the sender's to say, and not only after it was shut out.
    private func admitReach(
        _ bundle: OpenedBundle, _ certificate: Certificate, _ authority: Authority,
        _ ledger: Ledger
    ) throws {
        let manifest = bundle.manifest
        isShutOut = authority.revocations[bundle.signer] != nil
        if isShutOut {
            guard try bringsWhatCounts(bundle, authority, ledger) else {
                throw BundleRefusal.revoked(bundle.signer, unit: certificate.unit)
            }
        }
        for log in manifest.logs {
            guard certificate.covers(log.audience) else {
                throw BundleRefusal.wrongAudience(log.audience.description)
            }
            // Under whose name writes are shown is for the device's certificate to say.
            let writers = authority.writers(of: log.root)
            guard
                writers?.contains(where: { $0.unit == log.owner && $0.machine == log.machine })
                    ?? true
            else { throw BundleRefusal.wrongSender(log.owner) }
        }
        let last = try lastNumber(manifest)
        guard manifest.number <= last + BundleLimits.numberJumpMax else {
            throw BundleRefusal.overLimit("numberJumpMax", max: BundleLimits.numberJumpMax)
        }
    }

    /// Whether a bundle of a device that was shut out brings something that still counts and is not
    /// here: then it is taken, and what does not count is set aside.
    private func bringsWhatCounts(
        _ bundle: OpenedBundle, _ authority: Authority, _ ledger: Ledger
    ) throws -> Bool {
        try bundle.manifest.logs.contains { log in
            try authority.limits(bundle.signer, log: log.root)?.contains { head in
                try log.from <= head.count
                    && ledger.storedBranch(of: head, log.root) == nil
            } ?? false
        }
    }

    private func keep(_ statements: [SignedStatement], _ ledger: inout Ledger) throws {
        let before = learned
        let known = try ledger.authority()
        for signed in statements where !known.holds(signed) {
            // Nobody's word counts of a log that another device writes.
            if case .head(let head) = signed.statement, !signed.signer.writes(head.log) { continue }
            guard let stored = signed.stored, try transaction.insert(stored) else { continue }
            switch signed.statement {
            case .head(let head): toCover.insert(head.log)
            case .certificate(let certificate):
                learned += 1
                toCover.formUnion(try transaction.logs(signedBy: certificate.key.bytes))
                if certificate.key.bytes == unit.store.identity.device { isLetIn = true }
            case .revocation(let revocation):
                learned += 1
                toCover.formUnion(try transaction.logs(signedBy: revocation.key.bytes))
                if revocation.key.bytes == unit.store.identity.device {
                    toCover.formUnion(ledger.logs.values.filter(\.isOwn).map(\.root))
                }
            default: learned += 1
            }
        }
        if learned > before || enrolled != nil { ledger.knownAuthority = nil }
    }
}

extension SignedStatement {
    /// Whether it says how far a log has come.
    fileprivate var isHead: Bool { if case .head = statement { true } else { false } }

    /// Whether it is one that anyone may sign, since nothing follows from it alone.
    fileprivate var isForeign: Bool {
        switch statement {
        case .enrolment, .unknown: true
        default: false
        }
    }
}
