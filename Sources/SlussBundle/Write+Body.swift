public import SlussCore

/// The members of a body that hold changes, in the order they are written.
private enum ChangeMember: String, CaseIterable {
    case set
    case settle
    case fix
    case own
    case add
    case remove
    case plus
    case append

    init(_ change: Change) {
        switch change {
        case .set: self = .set
        case .settle: self = .settle
        case .fix: self = .fix
        case .own: self = .own
        case .add: self = .add
        case .remove: self = .remove
        case .plus: self = .plus
        case .append: self = .append
        }
    }
}

extension Write.Body {
    /// The body's line, without the line feed (docs/bundle-format.md, "Body").
    public var line: [UInt8] {
        let groups = Dictionary(grouping: changes) { ChangeMember($0.change) }
        var json = JSONWriter()
        json.object { json in
            for (name, text) in [
                ("author", author), ("writer", writer), ("reason", reason), ("once", once),
            ] {
                guard let text else { continue }
                json.key(name)
                json.text(text.string)
            }
            json.key("role")
            json.text(role.rawValue)
            for member in ChangeMember.allCases {
                guard let group = groups[member] else { continue }
                json.key(member.rawValue)
                json.object { json in
                    for change in group.sorted(by: { $0.path < $1.path }) {
                        json.key(change.path.description)
                        change.change.write(to: &json)
                    }
                }
            }
        }
        return json.bytes
    }

    /// Reads a body's line; `nil` if it is strict JSON, but no body.
    ///
    /// Members that this release does not know set `needsNewerRelease`.
    ///
    /// - Throws: ``Malformed`` if it is not strict JSON.
    static func read(line: ArraySlice<UInt8>, json: StrictJSON) throws(Malformed) -> Self? {
        try json.parse(line) { root throws(Malformed) in
            do { return try Write.Body(root) } catch { return nil }
        }
    }

    private init(_ root: JSONNode) throws(Malformed) {
        var body = Write.Body(changes: [])
        try root.members { name, value throws(Malformed) in
            switch name {
            case "author": body.author = Text(try value.text())
            case "writer": body.writer = Text(try value.text())
            case "reason": body.reason = Text(try value.text())
            case "once": body.once = Text(try value.text())
            case "role":
                let role = Role(rawValue: try value.text())
                body.role = role ?? .employee
                if role == nil { body.needsNewerRelease = true }
            default:
                guard let member = ChangeMember(rawValue: name) else {
                    body.needsNewerRelease = true
                    return
                }
                try body.read(member, value)
            }
        }
        try body.refuseRepeatedFields()
        self = body
    }

    private mutating func read(_ member: ChangeMember, _ value: JSONNode) throws(Malformed) {
        var found: [Write.FieldChange] = []
        try value.members { name, value throws(Malformed) in
            guard let path = FieldPath(name) else { throw Malformed("a field's name is no path") }
            found.append(Write.FieldChange(path, try Change(member, value)))
        }
        changes += found
    }

    /// A field may stand once among `set`, `settle` and `fix`: one write gives one value.
    private func refuseRepeatedFields() throws(Malformed) {
        var seen: Set<FieldPath> = []
        for change in changes where [.set, .settle, .fix].contains(ChangeMember(change.change)) {
            guard seen.insert(change.path).inserted else {
                throw Malformed("a field is given two values")
            }
        }
    }
}

extension Change {
    fileprivate init(_ member: ChangeMember, _ value: JSONNode) throws(Malformed) {
        switch member {
        case .set: self = .set(try value.fieldValue())
        case .settle: self = .settle(try value.fieldValue())
        case .fix: self = .fix(try value.fieldValue())
        case .own: self = .own(try value.fieldValue())
        case .append: self = .append(try value.fieldValue())
        case .add: self = .add(try Self.texts(value))
        case .remove: self = .remove(try Self.texts(value))
        case .plus:
            let step = try value.integer()
            guard (-Change.plusMax...Change.plusMax).contains(step) else {
                throw Malformed("a step of a sum is out of range")
            }
            self = .plus(step)
        }
    }

    private static func texts(_ value: JSONNode) throws(Malformed) -> [Text] {
        var texts: [Text] = []
        try value.list { value throws(Malformed) in texts.append(Text(try value.text())) }
        guard !texts.isEmpty, Set(texts).count == texts.count else {
            throw Malformed("a set's list is empty, or an element stands twice")
        }
        return texts
    }

    fileprivate func write(to writer: inout JSONWriter) {
        switch self {
        case .set(let value), .settle(let value), .fix(let value), .own(let value),
            .append(let value):
            writer.value(value)
        case .add(let texts), .remove(let texts):
            writer.list { writer in for text in texts.sorted() { writer.text(text.string) } }
        case .plus(let step): writer.integer(step)
        }
    }
}
