import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// What `check` says of a store's lives, of forked logs, and of writes that do not count.
extension OpenUnit {
    /// What does not fit between the store and its witness.
    func doubtFindings() throws -> [Finding] {
        var findings: [Finding] = []
        if !Witness.canBeWritten(in: machine.stateFolder) {
            findings.append(
                Finding(
                    code: "witnessUnwritable", level: .look,
                    text: Self.unwritableWitness(machine.stateFolder)))
        }
        guard let doubt = try doubt() else { return findings }
        let reason = doubt.phrase
        return findings + [
            Finding(
                code: "copiedOrSetBack", level: .look,
                text: Phrase(
                    "Lagret är en kopia, har flyttats eller har satts tillbaka: \(reason.swedish). Inget går förlorat: nästa skrivning görs under ett nytt internt namn.",
                    "The store is a copy, was moved or was set back: \(reason.english). Nothing is lost: the next write is made under a new internal name."
                ))
        ]
    }

    /// What a person is told when a store has gone on under a new name.
    static func renewedNotice(_ doubt: Witness.Doubt) -> Phrase {
        Phrase(
            "Lagret är en kopia, har flyttats eller har satts tillbaka (\(doubt.phrase.swedish)). Det fortsätter under ett nytt internt namn; det nya är sparat. Saknas något du vet har skrivits: skicka ut till centralen och läs in nästa svar därifrån, så kommer det tillbaka.",
            "The store is a copy, was moved or was set back (\(doubt.phrase.english)). It goes on under a new internal name; what is new is saved. If something is missing that you know was written: export to the central and merge its next answer, and it comes back."
        )
    }

    /// What a person is told when the witness cannot be kept.
    static func unwritableWitness(_ folder: String) -> Phrase {
        let folder = DisplayText.line(folder)
        return Phrase(
            "Det går inte att skriva i \(folder). Allt är sparat, men en kopierad eller återställd dator märks inte säkert. Gör mappen skrivbar, eller peka ut en annan med XDG_STATE_HOME.",
            "One cannot write in \(folder). All is saved, but a copied or restored computer is not surely noticed. Make the folder writable, or name another with XDG_STATE_HOME."
        )
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

extension Witness.Doubt {
    /// Why, in words.
    var phrase: Phrase {
        switch self {
        case .missing:
            Phrase(
                "det finns ingen anteckning om det på den här datorn, eller för den här användaren",
                "this computer, or this user, has no note of it")
        case .otherMachine:
            Phrase("det användes senast på en annan dator", "it was last used on another computer")
        case .otherPlace:
            Phrase("det låg på ett annat ställe", "it lay in another place")
        case .setBack:
            Phrase(
                "det hade fler skrivningar förut, eller andra",
                "it had more writes before, or others")
        }
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
            "\(branches.count) datorer har skrivit under samma namn för \(place), från skrivning \(from): \(list(.swedish)). Den ena är en kopia av den andra, eller har satts tillbaka. Allt från båda finns kvar. Båda kan användas vidare, när de har läst in nästa svar från centralen.",
            "\(branches.count) computers have written under one name for \(place), from write \(from): \(list(.english)). One is a copy of the other, or was set back. All of both is kept. Both can be used on, once they have merged the central's next answer."
        )
    }
}

extension ForkView.Branch {
    fileprivate func words(_ language: Language) -> String {
        let isSwedish = language == .swedish
        var who = isSwedish ? "okänd dator" : "unknown computer"
        if !computer.isEmpty { who = DisplayText.line(computer) }
        if isOwn { who = isSwedish ? "det här lagret" : "this store" }
        who += " \(replica.description.suffix(6))"
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
                "den bygger på en skrivning som inte finns här",
                "it builds on a write that is not here")
        case .kind:
            Phrase("den gör om posten till ett annat slag", "it turns the record into another kind")
        case .follows:
            Phrase(
                "den bygger på en skrivning som inte räknas",
                "it builds on a write that does not count")
        case .authority:
            Phrase(
                "dess dator får inte skriva den (spärrad, eller inte insläppt)",
                "its device may not write it (shut out, or not let in)")
        case .undone:
            Phrase("sammanslagningen ångrades", "the merge was undone")
        }
    }
}
