import ArgumentParser
import SlussDomain
import SlussFrontEnd
import SlussSync

struct KeyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        help(
            "Lagrets nycklar: visa, kopiera, skydda med lösenfras.",
            "The store's keys: show, copy, protect with a passphrase.",
            example: "sluss key show",
            subcommands: [KeyShow.self, KeyCopy.self, KeyProtect.self, KeyUnprotect.self],
            name: "key")
    }
}

struct KeyShow: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa datorns och nätets nycklar i ord, att läsa upp i telefon.",
            "Show the computer's and the network's keys in words, to be read out on the phone.",
            example: "sluss key show", name: "show")
    }

    @OptionGroup var common: CommonOptions

    func perform() throws -> Answer {
        let keys = try common.reading().publicKeys()
        var text =
            say("Den här datorn", "This computer") + ": \(keys.device.words)\n"
            + "   \(keys.device.fingerprint)\n   \(keys.deviceLine)\n"
        if let network = keys.network {
            text += say("Nätet", "The network") + ": \(network.words)\n   \(network.fingerprint)\n"
        } else {
            text += say("Inte med i något nät.\n", "In no network.\n")
        }
        return Answer(text: text, json: KeysJSON(keys))
    }
}

private struct KeysJSON: Encodable {
    let device: String
    let deviceWords: String
    let deviceLine: String
    @OrNull var network: String?
    @OrNull var networkWords: String?
    @OrNull var allowedSigners: String?

    init(_ keys: PublicKeys) {
        device = keys.device.fingerprint
        deviceWords = keys.device.words
        deviceLine = keys.deviceLine
        network = keys.network?.fingerprint
        networkWords = keys.network?.words
        allowedSigners = keys.allowedSigners
    }
}

struct KeyCopy: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Lägg en kopia av nätets rotnyckel och återställningsnyckel på en sticka att låsa in.",
            "Put a copy of the network's root and recovery keys on a stick to lock away.",
            example: "sluss key copy --output /media/stick/nycklar",
            more: Phrase(
                "Utan kopian går ett nät inte att rädda när centralens dator är borta. Ta gärna bort keys/recovery från datorn sedan: den behövs inte i vardagen.",
                "Without the copy a network cannot be saved when the central's computer is gone. Better remove keys/recovery from the computer then: it is not needed every day."
            ), name: "copy")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    @Option(help: ArgumentHelp(say("Mapp, ny.", "Folder, a new one."), valueName: "dir"))
    var output: String

    @Flag(
        help: ArgumentHelp(
            say("Skydda kopian med en lösenfras.", "Protect the copy with a passphrase.")))
    var protect = false

    func perform() throws -> Answer {
        let names = try common.writing("key copy", keys: keys.access)
            .copyKeys(to: output, protected: protect)
        return Answer(
            text: say(
                "[KLAR] Kopian är skriven, läst tillbaka och kontrollerad: \(names.joined(separator: ", ")). Lås in den.\n",
                "[DONE] The copy is written, read back and verified: \(names.joined(separator: ", ")). Lock it away.\n"
            ) + "       \(DisplayText.line(output))\n", json: ["folder": output])
    }
}

struct KeyProtect: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Skydda datorns nycklar med en lösenfras, som behövs för att skicka ut och läsa in.",
            "Protect this computer's keys with a passphrase, needed to export and to merge.",
            example: "sluss key protect", name: "protect")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    func perform() throws -> Answer {
        try common.writing("key protect", keys: keys.access).protectKeys()
        return Answer(
            text: say(
                "[KLAR] Nycklarna är skyddade. Glöms lösenfrasen måste datorn bjudas in på nytt.\n",
                "[DONE] The keys are protected. If the passphrase is forgotten, the computer must be invited anew.\n"
            ), json: ["protected": true])
    }
}

struct KeyUnprotect: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Ta bort lösenfrasen från datorns nycklar.",
            "Take the passphrase off this computer's keys.", example: "sluss key unprotect",
            name: "unprotect")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    func perform() throws -> Answer {
        try common.writing("key unprotect", keys: keys.access).unprotectKeys()
        return Answer(
            text: say("[KLAR] Nycklarna är öppna.\n", "[DONE] The keys are open.\n"),
            json: ["protected": false])
    }
}
