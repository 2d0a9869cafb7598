import SlussCore

extension BundleManifest {
    /// The bytes of `sluss/manifest.json`, with a line feed at the end.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("format", Self.format)
            json.key("network")
            json.value(network.map { .text($0.description) } ?? .null)
            json.member("kind", kind.rawValue)
            json.member("number", number)
            json.key("previous")
            json.value(previous.map { .text($0.description) } ?? .null)
            json.key("sender")
            json.object { json in
                json.member("unit", sender.unit.description)
                json.member("name", sender.name.string)
                json.member("machine", sender.machine.string)
                json.member("store", sender.store.description)
                json.key("central")
                json.value(.flag(sender.isCentral))
                json.member("computer", sender.computer.string)
                if !sender.formerly.isEmpty {
                    json.key("formerly")
                    json.list { json in
                        for store in sender.formerly { json.text(store.description) }
                    }
                }
            }
            json.member("receiver", receiver.description)
            json.key("logs")
            json.list { json in for log in logs { log.write(to: &json) } }
            json.key("acknowledged")
            json.object { json in
                for entry in acknowledged.entries {
                    json.key(entry.replica.description)
                    json.object { json in
                        json.member("count", entry.head.count)
                        json.member("digest", entry.head.digest.description)
                    }
                }
            }
            json.key("receipts")
            json.list { json in for receipt in receipts { receipt.write(to: &json) } }
            json.key("statements")
            json.list { json in
                for statement in statements { statement.write(to: &json) }
            }
            json.key("counts")
            json.object { json in
                json.member("logs", logs.count)
                json.member("writes", writeCount)
                json.member("records", recordCount)
            }
            json.member("producer", producer.string)
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads `sluss/manifest.json`.
    ///
    /// Members that this release does not know are passed over.
    init(
        bytes: ArraySlice<UInt8>, json: StrictJSON, _ memory: StatementMemory
    ) throws(BundleRefusal) {
        do {
            let found = try json.parse(bytes) { root throws(Malformed) in try Self.format(root) }
            guard found == Self.format else {
                throw BundleRefusal.unsupportedFormat(found: found, newestKnown: Self.format)
            }
            self = try json.parse(bytes) { root throws(Malformed) in try Self(root) }
            // A parser's nodes last until its next text, so each statement's is another's.
            let inner = StrictJSON()
            statements = try json.parse(bytes) { root throws(Malformed) in
                try Self.statements(root, inner, memory)
            }
        } catch let refusal as BundleRefusal {
            throw refusal
        } catch let malformed as Malformed {
            throw .malformedFile(BundleLayout.manifest, reason: malformed.reason)
        } catch {
            throw .malformedFile(BundleLayout.manifest, reason: "unreadable")
        }
    }

    private static func format(_ root: JSONNode) throws(Malformed) -> Int64 {
        var format: Int64?
        try root.members { name, value throws(Malformed) in
            if name == "format" { format = try value.integer() }
        }
        guard let format, format >= 0 else { throw Malformed("no format number") }
        return format
    }

    private static func statements(
        _ root: JSONNode, _ json: StrictJSON, _ memory: StatementMemory
    ) throws(Malformed) -> [SignedStatement] {
        var statements: [SignedStatement] = []
        try root.members { name, value throws(Malformed) in
            guard name == "statements" else { return }
            try value.list { value throws(Malformed) in
                guard statements.count < BundleLimits.statementsMax else {
                    throw Malformed("too many statements")
                }
                statements.append(try SignedStatement(value, json, memory))
            }
        }
        return statements
    }

    private init(_ root: JSONNode) throws(Malformed) {
        var network: NetworkID?
        var kind: Kind?
        var number: UInt64?
        var previous: Digest?
        var sender: Sender?
        var receiver: Receiver?
        var logs: [LogRange] = []
        var acknowledged: Acknowledgement?
        var receipts: [Receipt] = []
        var records: UInt64 = 0
        var producer = Text("")
        try root.members { name, value throws(Malformed) in
            switch name {
            case "network": network = try value.digestOrNull()
            case "kind": kind = Kind(rawValue: try value.text())
            case "number": number = try value.counter()
            case "previous": previous = try value.digestOrNull()
            case "sender": sender = try Sender(value)
            case "receiver": receiver = Receiver(try value.text())
            case "logs":
                try value.list { value throws(Malformed) in logs.append(try LogRange(value)) }
            case "acknowledged": acknowledged = try Acknowledgement(value)
            case "receipts":
                try value.list { value throws(Malformed) in receipts.append(try Receipt(value)) }
            case "counts":
                try value.members { name, value throws(Malformed) in
                    // Only shown: what is none is not worth a bundle.
                    if name == "records" { records = UInt64(max(0, (try? value.integer()) ?? 0)) }
                }
            case "producer":
                producer = Text(try value.text())
                guard !producer.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else {
                    throw Malformed("the program's name has more than one line")
                }
            default: break
            }
        }
        guard let kind, let number, let sender, let receiver, let acknowledged else {
            throw Malformed("a member of the manifest is missing or wrong")
        }
        guard kind == .full || sender.isCentral == (kind == .return) else {
            throw Malformed("a return bundle is the central's, a delta a unit's")
        }
        guard receipts.count <= BundleLimits.logsMax else { throw Malformed("too many receipts") }
        guard logs.count <= BundleLimits.logsMax else { throw Malformed("too many logs") }
        guard zip(logs, logs.dropFirst()).allSatisfy(LogRange.inBundleOrder),
            Set(logs.map(\.replica)).count == logs.count
        else { throw Malformed("the logs are not sorted, or one stands twice") }
        self.init(
            network: network, kind: kind, number: number, previous: previous, sender: sender,
            receiver: receiver, logs: logs, acknowledged: acknowledged, receipts: receipts,
            recordCount: records,
            producer: producer)
    }
}

extension Acknowledgement {
    fileprivate init(_ value: JSONNode) throws(Malformed) {
        self.init()
        var heads: [(ReplicaID, LogHead)] = []
        try value.members { name, value throws(Malformed) in
            guard let replica = ReplicaID(name) else { throw Malformed("a replica is no id") }
            var count: UInt64?
            var digest: Digest?
            try value.members { name, value throws(Malformed) in
                switch name {
                case "count": count = try value.counter()
                case "digest": digest = Digest(try value.text())
                default: break
                }
            }
            guard let count, let digest else { throw Malformed("a log's head is incomplete") }
            heads.append((replica, LogHead(count: count, digest: digest)))
        }
        self.init(heads)
    }
}

extension BundleManifest.Receipt {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("store", store.description)
            json.member("number", number)
            json.member("bundle", bundle.description)
        }
    }

    fileprivate init(_ value: JSONNode) throws(Malformed) {
        var store: StoreID?
        var number: UInt64?
        var bundle: Digest?
        try value.members { name, value throws(Malformed) in
            switch name {
            case "store": store = StoreID(try value.text())
            case "number": number = try value.counter()
            case "bundle": bundle = Digest(try value.text())
            default: break
            }
        }
        guard let store, let number, let bundle else { throw Malformed("a receipt is incomplete") }
        self.init(store: store, number: number, bundle: bundle)
    }
}

extension BundleManifest.LogRange {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("replica", replica.description)
            if root != replica { json.member("branchOf", root.description) }
            json.member("audience", audience.description)
            json.member("owner", owner.description)
            json.member("machine", machine.string)
            json.member("from", from)
            json.member("to", to)
            json.member("before", before.description)
            json.member("after", after.description)
        }
    }

    fileprivate init(_ value: JSONNode) throws(Malformed) {
        var replica: ReplicaID?
        var root: ReplicaID?
        var audience: Audience?
        var owner: UnitCode?
        var machine = Text("")
        var from: UInt64?
        var to: UInt64?
        var before: Digest?
        var after: Digest?
        try value.members { name, value throws(Malformed) in
            switch name {
            case "replica": replica = ReplicaID(try value.text())
            case "branchOf":
                root = ReplicaID(try value.text())
                if root == nil { throw Malformed("a branch's log is no id") }
            case "audience": audience = Audience(try value.text())
            case "owner": owner = UnitCode(try value.text())
            case "machine": machine = try value.machine()
            case "from": from = try value.counter()
            case "to": to = try value.counter()
            case "before": before = Digest(try value.text())
            case "after": after = Digest(try value.text())
            default: break
            }
        }
        guard let replica, let audience, let owner, let from, let to, from <= to, let before,
            let after
        else { throw Malformed("a log of the manifest is missing a member") }
        let isBranch = root != nil && root != replica
        guard replica.isBranchName == isBranch, !(root?.isBranchName ?? false) else {
            throw Malformed("a replica has a branch's name, or a branch a replica's")
        }
        self.init(
            replica: replica, root: root, audience: audience, owner: owner, machine: machine,
            from: from, to: to, before: before, after: after)
    }
}

extension BundleManifest.Sender {
    fileprivate init(_ value: JSONNode) throws(Malformed) {
        var unit: UnitCode?
        var name: Text?
        var machine = Text("")
        var store: StoreID?
        var isCentral: Bool?
        var computer = Text("")
        var formerly: [StoreID] = []
        try value.members { key, value throws(Malformed) in
            switch key {
            case "unit": unit = UnitCode(try value.text())
            case "name": name = Text(try value.text())
            case "machine": machine = try value.machine()
            case "store": store = StoreID(try value.text())
            case "central": isCentral = try value.flag()
            case "computer": computer = Text(try value.text())
            case "formerly":
                try value.list { value throws(Malformed) in
                    guard let store = StoreID(try value.text()) else {
                        throw Malformed("a former name is no id")
                    }
                    formerly.append(store)
                }
            default: break
            }
        }
        guard let unit, let name, name.utf8.count <= BundleLimits.nameBytesMax, let store,
            let isCentral
        else {
            throw Malformed("the sender is missing a member")
        }
        guard formerly.count <= BundleLimits.formerlyMax,
            computer.utf8.count <= BundleLimits.nameBytesMax
        else {
            throw Malformed("too many former names, or too long a name")
        }
        self.init(
            unit: unit, name: name, machine: machine, store: store, isCentral: isCentral,
            computer: computer, formerly: formerly)
    }
}
