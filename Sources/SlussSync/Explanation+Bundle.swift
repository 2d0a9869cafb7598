import SlussBundle
import SlussDomain

extension Explanation {
    init(_ refusal: BundleRefusal) {
        let (swedish, english) = Self.words(refusal)
        self.init(
            refusal.code,
            refusal.isGap ? .waits : refusal == .noKey ? .key : .refused,
            swedish + " Inget ur paketet har lästs in.",
            english + " Nothing of the bundle was merged.")
    }

    init(_ held: MassChange) {
        self.init(
            "massChange", .refused,
            "Paketet ändrar ovanligt mycket av det som redan finns här: \(held.changed) av enhetens \(held.known) poster, och \(held.ended) idéer avslutas, tas tillbaka eller flyttas. Fråga enheten om det är meningen. Se vad som skulle hända med --dry-run --allow-mass-change, och släpp in det med --allow-mass-change. Inget ur paketet har lästs in.",
            "The bundle changes unusually much of what is here already: \(held.changed) of the unit's \(held.known) records, and \(held.ended) ideas are ended, taken back or moved. Ask the unit whether that is meant. See what would happen with --dry-run --allow-mass-change, and let it in with --allow-mass-change. Nothing of the bundle was merged."
        )
    }

    static var largeBundle: Explanation {
        let size = LargeBundle.bytesMax >> 20
        return Explanation(
            "largeBundle", .refused,
            "Paketet har mer än \(size) MiB text: så mycket skriver en enhet inte på många år, och det kan ta minuter att läsa in. Fråga enheten om det är meningen, och släpp då in det med --allow-large. Inget ur paketet har lästs in.",
            "The bundle has more than \(size) MiB of text: a unit does not write so much in many years, and merging it can take minutes. Ask the unit whether that is meant, and then let it in with --allow-large. Nothing of the bundle was merged."
        )
    }

    private static let askAgain = (
        "Be enheten skicka ut igen.", "Ask the unit to export again."
    )

    private static func words(_ refusal: BundleRefusal) -> (String, String) {
        switch refusal {
        case .notABundle:
            ("Filen är inget Sluss-paket.", "The file is no Sluss bundle.")
        case .damaged:
            (
                "Paketet är skadat eller inte helt kopierat. Kopiera det igen. \(askAgain.0)",
                "The bundle is damaged or not copied whole. Copy it again. \(askAgain.1)"
            )
        case .notCanonical:
            (
                "Paketet har något efter sitt slut, eller är packat av något annat program. \(askAgain.0)",
                "The bundle has something after its end, or was packed by another program. \(askAgain.1)"
            )
        case .unsupportedFormat(let found, let newest):
            (
                "Paketet är i format \(found); den här Sluss kan format \(newest). Uppdatera Sluss, och läs in det sedan.",
                "The bundle is in format \(found); this Sluss knows format \(newest). Update Sluss, then merge it."
            )
        // The same would come again.
        case .overLimit("branchDepthMax", let max):
            (
                "En dator har kopierats eller satts tillbaka mer än \(max) gånger, och det märktes aldrig (branchDepthMax). Ring enheten: den datorn behöver ett nytt lager med en ny inbjudan.",
                "A computer has been copied or set back more than \(max) times, and nobody noticed (branchDepthMax). Call the unit: that computer needs a new store, with a new invitation."
            )
        case .overLimit("deviceLogsMax", let max):
            (
                "En dator har fler än \(max) loggar: så ofta kopieras eller sätts ett lager inte tillbaka (deviceLogsMax). Ring enheten: den datorn behöver en ny inbjudan. Är den inte er, spärra den (sluss unit revoke).",
                "A computer has more than \(max) logs: a store is not copied or set back as often (deviceLogsMax). Call the unit: that computer needs a new invitation. If it is not yours, shut it out (sluss unit revoke)."
            )
        case .overLimit(let name, let max) where name.hasPrefix("record"):
            (
                "En dator, eller en enhet, har skrivit mer till en och samma post än vad som tas emot (\(name): \(max)). Ring enheten: en vanlig dator skriver inte så mycket. Är den inte er, spärra den (sluss unit revoke).",
                "A computer, or a unit, has written more to one record than is taken (\(name): \(max)). Call the unit: an ordinary computer does not write so much. If it is not yours, shut it out (sluss unit revoke)."
            )
        case .overLimit(let name, let max):
            (
                "Paketet är större än vad som tas emot (\(name): \(max)). \(askAgain.0)",
                "The bundle is larger than what is taken (\(name): \(max)). \(askAgain.1)"
            )
        case .missingEntry, .unexpectedEntry, .digestMismatch, .malformedFile, .malformedLine:
            entryWords(refusal)
        case .badSignature, .noKey, .notEncrypted, .unknownDevice, .unknownNetwork, .wrongNetwork,
            .wrongSender, .revoked, .untrustedStatement:
            trustWords(refusal)
        default: historyWords(refusal)
        }
    }

    private static func entryWords(_ refusal: BundleRefusal) -> (String, String) {
        switch refusal {
        case .missingEntry(let name):
            (
                "En del saknas i paketet: \(DisplayText.line(name)). \(askAgain.0)",
                "A part of the bundle is missing: \(DisplayText.line(name)). \(askAgain.1)"
            )
        case .unexpectedEntry(let name):
            (
                "Paketet har en del som inte hör dit: \(DisplayText.line(name)). \(askAgain.0)",
                "The bundle has a part that does not belong: \(DisplayText.line(name)). \(askAgain.1)"
            )
        case .digestMismatch(let name):
            (
                "Kontrollsumman stämmer inte för \(DisplayText.line(name)): paketet har ändrats eller skadats. \(askAgain.0)",
                "The checksum is wrong for \(DisplayText.line(name)): the bundle was changed or damaged. \(askAgain.1)"
            )
        case .malformedFile(let name, let reason):
            (
                "En del av paketet följer inte formatet: \(DisplayText.line(name)) (\(reason)). \(askAgain.0)",
                "A part of the bundle breaks the format: \(DisplayText.line(name)) (\(reason)). \(askAgain.1)"
            )
        case .malformedLine(let file, let line, let reason):
            (
                "En rad i paketet följer inte formatet: \(DisplayText.line(file)), rad \(line) (\(reason)). \(askAgain.0)",
                "A line of the bundle breaks the format: \(DisplayText.line(file)), line \(line) (\(reason)). \(askAgain.1)"
            )
        default: ("", "")
        }
    }

    private static func historyWords(_ refusal: BundleRefusal) -> (String, String) {
        switch refusal {
        case .missingHistory(let replica, let held, let first):
            (
                "Skrivningarna \(held + 1) till \(first - 1) i loggen \(replica) saknas: de ligger i ett tidigare paket. Läs in det först, eller be enheten skicka ut igen.",
                "Writes \(held + 1) to \(first - 1) of log \(replica) are missing: they are in an earlier bundle. Merge that first, or ask the unit to export again."
            )
        case .missingContext(let replica, let held, let needed):
            (
                "Paketet bygger på skrivningarna \(held + 1) till \(needed) i loggen \(replica), som inte finns här. Läs in det tidigare paketet först, eller be enheten skicka ut igen.",
                "The bundle builds on writes \(held + 1) to \(needed) of log \(replica), which are not here. Merge the earlier bundle first, or ask the unit to export again."
            )
        case .brokenChain(let replica):
            (
                "Loggen \(replica) i paketet hänger inte ihop. \(askAgain.0)",
                "The log \(replica) of the bundle does not hold together. \(askAgain.1)"
            )
        case .missingBranch(let replica, let counter):
            (
                "Två datorer har skrivit under samma namn (loggen \(replica)), och paketet börjar efter skrivning \(counter), där de redan skiljer sig åt. Skicka ut till enheten, så skickar den om från början.",
                "Two computers have written under one name (log \(replica)), and the bundle begins after write \(counter), where they differ already. Export to the unit, and it sends again from the beginning."
            )
        case .wrongReceiver(let receiver):
            (
                "Paketet är till \(DisplayText.line(receiver)), inte hit.",
                "The bundle is for \(DisplayText.line(receiver)), not for here."
            )
        case .wrongAudience(let audience):
            (
                "Paketet har poster för \(DisplayText.line(audience)), som inte hör hit.",
                "The bundle has records for \(DisplayText.line(audience)), which do not belong here."
            )
        default: ("", "")
        }
    }
}
