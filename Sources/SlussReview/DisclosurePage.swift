import SlussCore
public import SlussDomain
public import SlussSync

extension ReportPage {
    /// A record as a page to be handed out: what stands in it, what was answered, and all that was
    /// said before, without the names of those who wrote.
    public init(_ disclosure: Disclosure, _ language: Language) {
        let say = Wording(language: language)
        let number =
            disclosure.state.namedNumber
            ?? String(disclosure.state.record.description.prefix(12))
        let masked = disclosure.order.masked.map { name in
            FieldPath(name).flatMap { disclosure.state.definition?[$0] }?.label(language) ?? name
        }
        var facts = [
            ReportFact(name: say("Enhet", "Unit"), value: disclosure.state.namedUnit ?? "–"),
            ReportFact(name: say("Beslut", "Decision"), value: disclosure.order.decision),
            ReportFact(
                name: say("Utlämnat", "Handed out"),
                value: "\(disclosure.today), \(disclosure.role.phrase(language))"),
            ReportFact(
                name: say("Maskat", "Masked"),
                value: masked.isEmpty ? say("inget", "nothing") : masked.joined(separator: ", ")),
        ]
        if let whom = disclosure.order.whom {
            facts.append(ReportFact(name: say("Till", "To"), value: whom))
        }
        let label = disclosure.state.definition?.label(language) ?? ""
        self.init(
            language: language, title: number, subtitle: "\(label) – \(disclosure.today)",
            note: say(
                "\(Disclosure.mask) står där något är maskat. Vem som har skrivit står inte här. Nummer som säkert eller troligen är en persons är täckta.",
                "\(Disclosure.mask) stands where something is masked. Who wrote is not said here. Numbers that are certainly or likely a person's are covered."
            ),
            sections: [
                ReportSection(say("Utlämnandet", "The handing out"), [.facts(facts)]),
                ReportSection(
                    say("Som det står nu", "As it stands now"),
                    [.table(disclosure.standing(say))]),
                ReportSection(
                    say("Allt som har sagts", "All that was said"),
                    [.table(disclosure.said(say))]),
            ])
    }
}

extension Disclosure {
    private func label(_ path: FieldPath, _ say: Wording) -> String {
        state.definition?[path]?.label(say.language) ?? path.description
    }

    /// A receipt's hash can be guessed at, and notes of Sluss's own are no part of what was said.
    private func isSaid(_ path: FieldPath) -> Bool {
        path != "receipt" && path != Disclosure.path && state.definition?[path] != nil
    }

    private func text(_ value: FieldValue, _ path: FieldPath, _ say: Wording) -> String {
        shown(value.phrase(in: state.definition?[path]?.content)(say.language), of: path)
    }

    /// The fields with the values that stand.
    fileprivate func standing(_ say: Wording) -> ReportTable {
        let rows = state.paths.filter(isSaid).flatMap { path -> [[String]] in
            let values =
                state.siblings(path).map { text($0.value, path, say) }
                + state.entries(path).map { text($0.value, path, say) }
                + state.set(path).map { text(.text($0), path, say) }
            return Set(values).count == 1
                ? [[label(path, say), values[0]]] : values.map { [label(path, say), $0] }
        }
        return ReportTable(
            say("star-nu", "standing"), say("Fält och värde", "Field and value"),
            [say("Fält", "Field"), say("Värde", "Value")], rows)
    }

    /// Every write, in the order in which they were seen.
    fileprivate func said(_ say: Wording) -> ReportTable {
        let rows = history.flatMap { item -> [[String]] in
            let who = [
                "\(item.day)", "\(item.unit)", item.body?.role.phrase(say.language) ?? "–",
            ]
            guard let body = item.body else {
                return [who + ["–", say("borttaget", "erased")]]
            }
            let changes = body.changes.filter { isSaid($0.path) }.map { change in
                who + [label(change.path, say), text(change.change.value, change.path, say)]
            }
            let reason = reason(item).map { [who + [say("skäl", "reason"), $0]] } ?? []
            return changes + reason
        }
        return ReportTable(
            say("sagt", "said"), say("Skrivningar", "Writes"),
            [
                say("Dag", "Day"), say("Enhet", "Unit"), say("Roll", "Role"),
                say("Fält", "Field"), say("Värde", "Value"),
            ], rows)
    }
}

extension Change {
    /// What is given.
    fileprivate var value: FieldValue {
        switch self {
        case .set(let value), .settle(let value), .fix(let value), .own(let value),
            .append(let value):
            value
        case .add(let texts), .remove(let texts): .list(texts.sorted().map { .text($0) })
        case .plus(let step): .integer(step)
        }
    }
}
