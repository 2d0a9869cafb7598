import SlussBundle
import SlussCore

/// Who may say what: bundles that are right in every digest and signature, and not to be believed.
extension BundleCase {
    static let trust = devices + networks + senders

    private static let devices = [
        BundleCase("bad_unknownDevice_noCertificate", "trust", "Nobody has let the signer in.") {
            network in
            try network.bundle { $0.statements = [network.rules()] }.plain
        },
        BundleCase(
            "bad_unknownDevice_certificateOfAnother", "trust",
            "It carries the certificate of another device than the one that has signed."
        ) { network in
            try network.bundle { $0.key = try FixtureNetwork.device("nobody") }.plain
        },
        BundleCase(
            "bad_unknownDevice_noNetwork", "trust",
            "It names no network and asks to be let in, signed by its own key."
        ) { network in
            try network.bundle { stranger in
                stranger.network = nil
                stranger.statements = [try enrolment(stranger, nil, signedBy: stranger.key)]
            }.plain
        },
        BundleCase(
            "bad_unknownDevice_invitation", "trust",
            "It asks to be let in with an invitation that the central has not made."
        ) { network in
            try network.bundle { stranger in
                let invitation = try FixtureNetwork.device("invitation")
                stranger.statements = [
                    network.rules(), try enrolment(stranger, network.id, signedBy: invitation),
                ]
            }.plain
        },
        BundleCase(
            "bad_revoked_altogether", "trust",
            "The signer has been shut out; none of its logs counts."
        ) { network in
            try network.bundle { stranger in
                stranger.statements.append(
                    network.revocation(of: stranger.key, after: []))
            }.plain
        },
        BundleCase(
            "bad_revoked_beyond", "trust",
            "All that it holds was written after the signer was shut out.",
            after: ["ok_delta"]
        ) { network in
            var stranger = try network.device()
            let after = [try FixtureNetwork.head(3)]
            stranger.statements.append(network.revocation(of: stranger.key, after: after))
            let before = CraftedBundle.digests(of: FixtureNetwork.log)
            var crafted = CraftedBundle(logs: [
                .init(from: 4, before: before.last, lines: [.init(seen: 3)])
            ])
            crafted.number = 2
            return try crafted.loose(by: stranger).plain
        },
        BundleCase("bad_revoked_empty", "trust", "The signer has been shut out, and sends nothing.")
        {
            network in
            var stranger = try network.device()
            let after = [try FixtureNetwork.head(3)]
            stranger.statements.append(network.revocation(of: stranger.key, after: after))
            return try CraftedBundle(logs: []).loose(by: stranger).plain
        },
    ]

    private static func enrolment(
        _ stranger: Stranger, _ network: NetworkID?, signedBy key: DevicePrivateKey
    ) throws -> SignedStatement {
        SignedStatement(
            .enrolment(
                Enrolment(
                    network: network, key: stranger.key.publicKey,
                    recipient: try FixtureNetwork.identity("enrolled").recipient,
                    unit: stranger.unit)), by: key)
    }

    private static let networks = [
        BundleCase(
            "bad_unknownNetwork_alone", "trust", "The reader is of no network.",
            at: CaseReader(store: .alone)
        ) { try $0.back().plain },
        BundleCase("bad_wrongNetwork_other", "trust", "All is signed in another network.") { _ in
            let other = try FixtureNetwork(other: "elsewhere")
            return try other.bundle().plain
        },
        BundleCase(
            "bad_wrongNetwork_named", "trust", "It carries this network's facts and names another."
        ) { network in
            try network.bundle { $0.network = Digest.sha256([]) }.plain
        },
        BundleCase(
            "bad_untrustedStatement_certificate", "statements",
            "A device has signed a certificate for another."
        ) { network in
            try network.bundle { stranger in
                stranger.statements.append(
                    try network.certificate(
                        of: FixtureNetwork.device("friend"), at: stranger.unit,
                        signedBy: stranger.key))
            }.plain
        },
        BundleCase(
            "bad_untrustedStatement_itself", "statements",
            "A device that nobody has let in has signed its own certificate, as a central."
        ) { network in
            try network.bundle { stranger in
                stranger.key = try FixtureNetwork.device("nobody")
                stranger.statements = [
                    network.rules(),
                    try network.certificate(
                        of: stranger.key, at: stranger.unit, role: .central, signedBy: stranger.key),
                ]
            }.plain
        },
        BundleCase(
            "bad_untrustedStatement_otherNetwork", "statements",
            "Rules of another network, signed by its root key."
        ) { network in
            let other = try FixtureNetwork(other: "elsewhere")
            return try network.bundle { $0.statements.append(other.rules()) }.plain
        },
        BundleCase(
            "bad_untrustedStatement_namesAnother", "statements",
            "Rules that name another network, signed by this network's root key."
        ) { network in
            let rules = NetworkRules(
                network: Digest.sha256([]), number: 9, recovery: network.recovery.recipient,
                allowsPlain: true)
            return try network.bundle {
                $0.statements.append(SignedStatement(.network(rules), by: network.root))
            }.plain
        },
        BundleCase(
            "bad_untrustedStatement_revocation", "statements",
            "A unit's device shuts the central out."
        ) { network in
            let central = try network.device(at: FixtureNetwork.central, role: .central)
            return try network.bundle { stranger in
                let revocation = Revocation(
                    network: network.id, number: 1, key: central.key.publicKey,
                    after: [])
                stranger.statements.append(
                    SignedStatement(.revocation(revocation), by: stranger.key))
            }.plain
        },
    ]

    private static let senders = [
        BundleCase(
            "bad_wrongSender_unit", "trust",
            "It says that it is from another unit than its signer's."
        ) { network in
            var bundle = try network.bundle()
            try bundle.rewrite(
                #""sender":{"unit":"OMS-HT-02""#, #""sender":{"unit":"OMS-SB-04""#)
            return try bundle.plain
        },
        BundleCase(
            "bad_wrongSender_central", "trust", "A unit's device says that it is the central."
        ) { network in
            try network.bundle {
                $0.isFromCentral = true
                $0.kind = .full
                $0.receiver = .anyone
            }.plain
        },
        BundleCase(
            "bad_wrongSender_owner", "trust", "A log of the signer's is shown as another unit's."
        ) { network in
            var bundle = try network.bundle()
            try bundle.rewrite(#""owner":"OMS-HT-02""#, #""owner":"OMS-SB-04""#)
            return try bundle.plain
        },
        BundleCase(
            "bad_wrongSender_machine", "trust", "A log of the signer's is shown as machine B's."
        ) { network in
            var bundle = try network.bundle()
            try bundle.rewrite(
                #""owner":"OMS-HT-02","machine":"""#, #""owner":"OMS-HT-02","machine":"B""#)
            return try bundle.plain
        },
        BundleCase(
            "bad_wrongSender_store", "trust",
            "It goes by the name of a store from which another device has sent.",
            after: ["ok_delta"]
        ) { network in
            let other = try network.device(at: FixtureNetwork.otherUnit)
            return try CraftedBundle(lines: [.init(record: 5)]).loose(by: other).plain
        },
        BundleCase(
            "bad_wrongReceiver_otherUnitsDevice", "trust",
            "A full bundle for anyone, by another unit's device, at a unit.",
            at: CaseReader(store: .unit)
        ) { network in
            var crafted = CraftedBundle(logs: [])
            crafted.kind = .full
            crafted.receiver = .anyone
            crafted.store = StoreID(high: 8, low: 8)
            return try crafted.loose(by: network.device(at: FixtureNetwork.otherUnit)).plain
        },
        BundleCase(
            "bad_wrongAudience_certificate", "trust", "A log for a unit that is not the signer's."
        ) { try $0.bundle { $0.logs = [FixtureNetwork.otherLog] }.plain },
    ]
}
