import SlussBundle
import SlussCore
import SlussStore

extension StoreSource {
    /// What a full bundle says of the store that it was made of.
    ///
    /// - Parameters:
    ///   - signer: The device that has signed it.
    ///   - device: The public key of the device that the store will be on.
    ///   - id: The store's new name: it begins a new life (docs/sync-model.md, "Incarnations").
    ///   - lives: Further names that the store has had.
    init(
        _ manifest: BundleManifest, signer: DeviceKey, device: [UInt8], id: StoreID,
        lives: [StoreID] = []
    ) {
        let sender = manifest.sender
        var formerly: [StoreID] = []
        for life in sender.formerly + [sender.store] + lives where !formerly.contains(life) {
            formerly.append(life)
        }
        let root = manifest.root
        let authority = Authority(root: root, statements: manifest.statements)
        self.init(
            identity: StoreIdentity(
                id: id, unit: sender.unit, name: sender.name.string,
                machine: sender.machine.string, isCentral: sender.isCentral, device: device,
                formerly: formerly.suffix(StoreIdentity.formerlyMax)),
            root: root,
            statements: manifest.statements.filter { signed in
                if case .head(let head) = signed.statement {
                    return signed.signer.writes(head.log)
                }
                return authority.vouches(signed)
            }.compactMap(\.stored),
            acknowledged: manifest.acknowledged,
            isOwn: { log in
                signer.writes(log.root)
                    || log.owner == sender.unit && Text(log.machine) == sender.machine
            },
            written: { log, authority in
                // Drafts never leave the store, so nobody else can vouch for them; of all else
                // there is a certificate, unless the device had not been let in yet.
                let isVouched =
                    signer.writes(log.root) || log.audience == .local
                    || authority.writers(of: log.root) == nil
                return isVouched ? log.stored : 0
            })
    }
}

extension BundleManifest {
    /// The root key of the network that the sender says it is of, by the network's own rules.
    var root: DeviceKey? {
        guard let network else { return nil }
        return statements.first { signed in
            guard case .network(let rules) = signed.statement else { return false }
            return rules.network == network && signed.signer.network == network
        }?.signer
    }
}
