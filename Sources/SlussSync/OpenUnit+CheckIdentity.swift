import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// What `check` says of a store's lives, of forked logs, and of writes that do not count.
extension OpenUnit {
    /// What does not fit between the store and its witness.
    func doubtFindings() throws -> [Finding] {
        guard let doubt = try doubt() else { return [] }
        let reason =
            switch doubt {
            case .missing:
                Phrase(
                    "det finns ingen anteckning om det på den här datorn",
                    "this computer has no note of it")
            case .otherMachine:
                Phrase(
                    "det användes senast på en annan dator", "it was last used on another computer")
            case .otherPlace:
                Phrase("det låg på ett annat ställe", "it lay in another place")
            case .setBack:
                Phrase(
                    "det hade fler skrivningar förut, eller andra",
                    "it had more writes before, or others")
            }
        return [
            Finding(
                code: "copiedOrSetBack", level: .look,
                text: Phrase(
                    "Lagret är en kopia eller har satts tillbaka: \(reason.swedish). Inget går förlorat: nästa skrivning görs under ett nytt namn.",
                    "The store is a copy or was set back: \(reason.english). Nothing is lost: the next write is made under a new name."
                ))
        ]
    }

    /// Forks, and writes that do not count.
    func checkIdentity(in transaction: StoreTransaction) throws -> [Finding] {
        let ledger = try Ledger(transaction, reader: reader)
        let forks = try ledger.forks().map { fork in
            Finding(code: "fork", level: .look, text: fork.phrase)
        }
        let byNo = Dictionary(
            ledger.logs.values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
        let asides = try transaction.asides(logs: byNo).map { aside in
            let unit = ledger.logs[aside.dot.replica]?.owner.description ?? "?"
            let id = try transaction.record(no: aside.record).state.record
            return Finding(
                code: "setAside", level: .look,
                text: Phrase(
                    "Skrivning \(aside.dot.counter) från \(unit) räknas inte: \(aside.flaw.phrase.swedish). Den finns kvar i loggen: sluss history \(id).",
                    "Write \(aside.dot.counter) of \(unit) does not count: \(aside.flaw.phrase.english). It is kept in the log: sluss history \(id)."
                ))
        }
        return forks + asides
    }
}

extension ForkView {
    /// The fork in a sentence that names both machines.
    public var phrase: Phrase {
        let list = { (language: Language) in
            branches.map { $0.words(language) }
                .joined(separator: language == .swedish ? "; " : "; ")
        }
        let place = "\(unit)\(machine)"
        return Phrase(
            "Två datorer har skrivit under samma namn för \(place), från skrivning \(from): \(list(.swedish)). Den ena är en kopia av den andra, eller har satts tillbaka. Allt från båda finns kvar.",
            "Two computers have written under one name for \(place), from write \(from): \(list(.english)). One is a copy of the other, or was set back. All of both is kept."
        )
    }
}

extension ForkView.Branch {
    fileprivate func words(_ language: Language) -> String {
        let isSwedish = language == .swedish
        var who = isSwedish ? "okänd dator" : "unknown computer"
        if !computer.isEmpty { who = DisplayText.line(computer) }
        if isOwn { who = isSwedish ? "det här lagret" : "this store" }
        if let bundle { who += isSwedish ? " (paket \(bundle))" : " (bundle \(bundle))" }
        let count =
            isSwedish
            ? "\(writes) \(writes == 1 ? "skrivning" : "skrivningar")"
            : "\(writes) \(writes == 1 ? "write" : "writes")"
        let since = firstDay.map { isSwedish ? " sedan \($0)" : " since \($0)" } ?? ""
        return "\(who), \(count)\(since)"
    }
}

extension Flaw {
    /// Why a write does not count, in words.
    public var phrase: Phrase {
        switch self {
        case .unreadable:
            Phrase("den går inte att läsa", "it cannot be read")
        case .context:
            Phrase(
                "den säger sig ha sett något som inte går ihop",
                "it claims to have seen what does not fit together")
        case .missing:
            Phrase(
                "den bygger på en skrivning som inte har kommit hit",
                "it builds on a write that has not come here")
        case .kind:
            Phrase("den gör om posten till ett annat slag", "it turns the record into another kind")
        case .follows:
            Phrase(
                "den bygger på en skrivning som inte räknas",
                "it builds on a write that does not count")
        case .undone:
            Phrase("sammanslagningen ångrades", "the merge was undone")
        }
    }
}
