package import SlussDomain

/// What is being written is kept: on the disk, or in memory while the disk takes nothing.
extension Client {
    /// What is being written, in every view.
    func drafts() -> [Draft] {
        stack.enumerated().compactMap { index, view in
            view.draft(writing: index == stack.count - 1 ? editor?.string : nil)
        }
    }

    mutating func keep() -> [Effect] {
        guard let draft = stack.last?.draft(writing: editor?.string),
            lastKept[draft.id] != draft
        else { return [] }
        typedSinceKept = 0
        lastKept[draft.id] = draft
        return [.saveDraft(draft)]
    }

    /// Notes that the disk would not take a draft: it stays in memory.
    package mutating func couldNotKeep(_ draft: Draft, for person: String?, _ reason: Phrase) {
        lastKept[draft.id] = nil
        unkept.removeAll { $0.draft.id == draft.id }
        unkept.append(Unkept(person: person, draft: draft))
        notice = Page.Line(
            desk.texts(.draftNotKept, ["reason": reason(desk.language)]), .warning)
    }

    var unkeptRows: [DraftRow] {
        unkept.filter { $0.person == desk.person?.id }.map {
            DraftRow(id: $0.draft.id, kind: $0.draft.kind, when: desk.texts(.justNow))
        }
    }

    /// Answers what memory can answer, and leaves the rest to the shell.
    mutating func answeredFromMemory(_ effects: [Effect]) -> [Effect] {
        guard !unkept.isEmpty else { return effects }
        var rest: [Effect] = []
        for effect in effects {
            switch effect {
            case .openDraft(let id):
                guard let index = unkept.firstIndex(where: { $0.draft.id == id }) else {
                    rest.append(effect)
                    continue
                }
                rest += take(.draft(unkept[index].draft))
            case .discardDraft(let id):
                unkept.removeAll { $0.draft.id == id }
                rest.append(effect)
            case .saveDraft(let draft):
                unkept.removeAll { $0.draft.id == draft.id }
                rest.append(effect)
            default: rest.append(effect)
            }
        }
        return rest
    }

    /// Tries once more to put on the disk what it would not take, for those whose it is.
    var keepAgain: [Effect] {
        unkept.map { .keepAgain($0.draft, person: $0.person) }
    }

    /// Notes that the disk has taken a draft after all.
    package mutating func hasKept(_ draft: Draft) {
        unkept.removeAll { $0.draft.id == draft.id }
    }
}
