package import SlussBundle
package import SlussCore
import SlussStore

extension OpenUnit {
    /// Lets a device in that has no store, and gives what a bundle of it must carry.
    package func letIn(_ key: DeviceKey, for unit: UnitCode) throws -> [SignedStatement] {
        try write { transaction in
            var authority = try Authority(transaction)
            // Nobody will ever write to it, so any recipient will do, if it is the same each time.
            guard let recipient = AgeIdentity(bytes: key.bytes)?.recipient else {
                throw KeyError.noRecipient
            }
            let request = Enrolment(
                network: authority.network, key: key, recipient: recipient, unit: unit)
            try certify(request, name: "", machine: "", &authority, in: transaction)
            return authority.statements
        }
    }

    /// Brings a store that is at hand into this central's network, and tells both what the other
    /// knows of it: what bundles do, for tools and tests that have both stores before them.
    package func introduce(_ other: OpenUnit) throws {
        let known = try write { transaction in
            var authority = try Authority(transaction)
            let device = try other.keys.device().publicKey
            for statement in try other.store.read({ try Authority($0) }).statements {
                authority.insert(statement)
            }
            if authority.certificates[device] == nil {
                let request = Enrolment(
                    network: authority.network, key: device,
                    recipient: try other.keys.identity().recipient, unit: other.unit)
                try certify(
                    request, name: Text(other.name), machine: Text(other.store.identity.machine),
                    &authority, in: transaction)
            }
            for statement in authority.statements.compactMap(\.stored) {
                _ = try transaction.insert(statement)
            }
            return authority
        }
        try other.write { transaction in
            if let root = known.root { try transaction.setRootKey(root.bytes) }
            for statement in known.statements.compactMap(\.stored) {
                _ = try transaction.insert(statement)
            }
        }
    }
}
