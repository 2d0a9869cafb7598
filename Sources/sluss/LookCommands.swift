import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct SearchCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Sök i idéer och anteckningar, också på delar av ord.",
            "Search ideas and notes, also by parts of words.", example: "sluss search däck",
            name: "search")
    }

    @OptionGroup var common: CommonOptions

    @Argument(
        help: ArgumentHelp(say("Ord att söka efter.", "Words to search for."), valueName: "query"))
    var query: [String]

    struct Found: Encodable {
        let id: String
        let kind: String
        @OrNull var number: String?
        @OrNull var title: String?
    }

    func perform() throws -> Answer {
        let states = try common.reading().search(query.joined(separator: " "))
        let found = states.map { state in
            Found(
                id: state.record.description, kind: state.kind.string,
                number: state.namedNumber,
                title: Idea(state)?.title ?? Meeting(state)?.items.first?.texts.first)
        }
        guard !found.isEmpty else {
            return Answer(text: say("Inget hittades.\n", "Nothing was found.\n"), json: found)
        }
        var table = Table(headings: [say("NUMMER", "NUMBER"), say("RUBRIK", "HEADING")])
        table.rows = found.map { [$0.number ?? String($0.id.prefix(12)), $0.title ?? "–"] }
        return Answer(text: table.text, json: found)
    }
}

struct HistoryCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa allt som har skrivits om en post, och av vilken enhet.",
            "Show all that has been written on a record, and by which unit.",
            example: "sluss history OMS-HT-02-26-0003 --as-of oms-ht-02-0002.sluss",
            name: "history")
    }

    @OptionGroup var common: CommonOptions

    @Option(
        help: ArgumentHelp(
            say(
                "Som det var när detta paket hade lästs in: fil, eller kontrollsummans första siffror.",
                "As it was once this bundle had been merged: a file, or its digest's first digits."),
            valueName: "bundle"))
    var asOf: String?

    @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
    var id: String

    func perform() throws -> Answer {
        let (_, items) = try common.reading().history(id, asOf: asOf)
        let rows = items.map { HistoryJSON($0) }
        let lines = items.map { item in
            let machine = item.machine.isEmpty ? "" : " (\(item.machine))"
            let role = item.body.map { $0.role.phrase.said + ", " } ?? ""
            let author = item.body?.author.map { DisplayText.line($0.string) + ", " } ?? ""
            var mark = item.isParallel ? say(" [SAMTIDIGT]", " [PARALLEL]") : ""
            if let flaw = item.flaw {
                mark = say(" [RÄKNAS INTE: ", " [DOES NOT COUNT: ") + flaw.phrase.said + "]"
            }
            let write = say("skrivning", "write") + " \(item.dot.counter)"
            let head = "\(item.day)  \(item.unit)\(machine)  \(role)\(author)\(write)\(mark)\n"
            guard let body = item.body else {
                return item.flaw == .unreadable
                    ? head : head + say("    borttaget\n", "    erased\n")
            }
            let reason = body.reason.map {
                "    " + say("skäl: ", "reason: ") + DisplayText.line($0.string) + "\n"
            }
            return head
                + body.changes.map { Self.line($0, of: item) }.joined() + (reason ?? "")
        }
        return Answer(text: lines.joined(), json: rows)
    }

    private static func line(_ change: Write.FieldChange, of item: HistoryItem) -> String {
        let kind = KindDefinition.all[item.kind]
        let name =
            kind?[change.path]?.label.said
            ?? say("okänt fält ", "unknown field ") + change.path.description
        let value = change.change.value.phrase(of: change.path, in: kind, by: item.dot).said
        return "    \(name) \(change.change.line(value))\n"
    }
}

/// One write of a history in JSON.
struct HistoryJSON: Encodable {
    struct ChangeJSON: Encodable {
        let field: String
        let change: String
        let value: ValueJSON
    }

    let replica: String
    let counter: UInt64
    let unit: String
    let machine: String
    let day: String
    @OrNull var author: String?
    @OrNull var role: String?
    @OrNull var reason: String?
    let parallel: Bool
    let erased: Bool
    @OrNull var doesNotCount: String?
    let changes: [ChangeJSON]

    init(_ item: HistoryItem) {
        replica = item.dot.replica.description
        counter = item.dot.counter
        unit = item.unit.description
        machine = item.machine
        day = item.day.description
        author = item.body?.author?.string
        role = item.body?.role.rawValue
        reason = item.body?.reason?.string
        parallel = item.isParallel
        erased = item.body == nil && item.flaw != .unreadable
        doesNotCount = item.flaw?.rawValue
        changes = (item.body?.changes ?? []).map {
            // A receipt's hash can be guessed at; nobody needs it here.
            let isReceipt = $0.path == "receipt"
            return ChangeJSON(
                field: $0.path.description, change: $0.change.name,
                value: ValueJSON(isReceipt ? .null : $0.change.value))
        }
    }
}

/// A field's value in JSON.
struct ValueJSON: Encodable {
    let value: FieldValue

    init(_ value: FieldValue) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .text(let text): try container.encode(text.string)
        case .list(let values): try container.encode(values.map(ValueJSON.init))
        case .structure(let members): try container.encode(members.mapValues(ValueJSON.init))
        }
    }
}

extension Change {
    /// The word for what is done, as a bundle has it.
    var name: String {
        switch self {
        case .set: "set"
        case .settle: "settle"
        case .fix: "fix"
        case .own: "own"
        case .add: "add"
        case .remove: "remove"
        case .plus: "plus"
        case .append: "append"
        }
    }

    /// What is given.
    var value: FieldValue {
        switch self {
        case .set(let value), .settle(let value), .fix(let value), .own(let value),
            .append(let value):
            value
        case .add(let texts), .remove(let texts): .list(texts.sorted().map { .text($0) })
        case .plus(let step): .integer(step)
        }
    }

    /// The change in a line for people, of which the value is given as they see it.
    func line(_ value: String) -> String {
        switch self {
        case .add: "+ " + value
        case .remove: "– " + value
        case .plus(let step): (step >= 0 ? "+" : "") + String(step)
        case .settle: "= " + value + say(" (valt)", " (chosen)")
        default: "= " + value
        }
    }
}

extension FieldValue {
    /// The beginning of the value, for lists; a text may have a megabyte.
    func brief(in content: FieldContent?) -> String {
        let whole = shown(in: content)
        let start = whole.prefix(300)
        return start.endIndex == whole.endIndex ? whole : start + "…"
    }

    /// The value in a line for people, in this process's language.
    func shown(in content: FieldContent?) -> String { phrase(in: content).said }
}
