import SlussDomain
import SlussFrontEnd
import SlussSync

extension BundleReport {
    /// What a person should know of who made a bundle, and of when.
    var trustNotes: [String] {
        var lines: [String] = []
        if let key = keyToAccept {
            lines.append(
                "sluss unit accept \(DisplayText.argument(file)) --key \(key.fingerprint)")
        }
        if let enrolled {
            lines.append(
                say(
                    "[INSLÄPPT] Datorn är insläppt med sin inbjudan: \(enrolled.words). Skicka ut till enheten, så får den veta det.",
                    "[LET IN] The computer was let in with its invitation: \(enrolled.words). Export to the unit, so that it learns of it."
                ))
        }
        if isLetIn {
            lines.append(
                say(
                    "[INSLÄPPT] Centralen har släppt in den här datorn.",
                    "[LET IN] The central has let this computer in."))
        }
        if isShutOut {
            lines.append(
                say(
                    "[TITTA] Avsändarens dator är spärrad. Det den skrev före spärren räknas, resten inte.",
                    "[LOOK] The sender's computer has been shut out. What it wrote before that counts, the rest does not."
                ))
        }
        switch order {
        case .next: break
        case .older(let number):
            lines.append(
                say(
                    "Ett äldre paket än \(number), som redan är inläst. Det tar inte tillbaka något.",
                    "An older bundle than \(number), which has been merged. It takes nothing back.")
            )
        case .other:
            lines.append(
                say(
                    "[TITTA] Paketet följer inte på det som lästes in senast från avsändaren: ett av dem är utbytt på vägen, eller avsändarens lager är kopierat eller återställt. Ring avsändaren.",
                    "[LOOK] The bundle does not follow the one of its sender that was merged last: one of them was swapped on the way, or the sender's store was copied or restored. Call the sender."
                ))
        }
        if !isEncrypted, !isRefused {
            lines.append(
                say(
                    "OBS: paketet var inte krypterat.", "NOTE: the bundle was not encrypted."))
        }
        return lines
    }
}
