import Foundation
import Testing
import _SlussTestSupport

/// What takes its time: the lock that comes by itself, and keys behind a passphrase.
///
/// It passes beside the other tests.
@Suite(.enabled(if: TmuxScreen.isPossible, TmuxScreen.reason))
struct SlowScreenTests {
    /// What is seen of a lock that comes by itself.
    private struct Lock {
        let draftsAtWarning: Int
        let timeFromKey: Duration
        let left: String
    }

    @Test func theLockIsSaidBeforehandAndAKeyPutsItOff() async throws {
        // The warning stands for half a minute: whoever takes turns with other tests may miss it.
        let lock = try await onThread {
            let place = try Workplace()
            let screen = try TmuxScreen(place, ["--lock-seconds", "34"])
            try screen.watch(for: "1 Lämna idé")
            try screen.press("1")
            try screen.watch(for: "Vad vill du berätta?")
            try screen.press("1")
            try screen.watch(for: "Vad är problemet?")
            try screen.type("Vagnen skramlar")
            try screen.watch(for: "[LÅSER SNART] Sluss låser om 30 sekunder.")
            // What was written is on the disk by now, though no line is finished.
            let drafts = try place.drafts().count
            let warned = ContinuousClock.now
            try screen.type("!")
            try screen.watch(for: "LÅSER SNART", isThere: false)
            try screen.watch(for: "> Vagnen skramlar!")
            try screen.watch(for: "[LÅSER SNART]")
            try screen.watch(for: "Låst. Det som skrevs är sparat.")
            return Lock(
                draftsAtWarning: drafts, timeFromKey: ContinuousClock.now - warned,
                left: try screen.screenAndHistory())
        }
        #expect(lock.draftsAtWarning == 1)
        #expect(lock.timeFromKey > .seconds(33))
        #expect(!lock.left.contains("Vagnen"))
    }

    @Test func protectedKeysAskForTheirPassphrase() async throws {
        let place = try Workplace(inNetwork: true)
        try place.folder.write(Array("fyra korta svåra ord\n".utf8), to: "secret")
        try place.sluss(
            "unit", "key", "protect", "--passphrase-file", place.folder.path("secret"))
        try place.sluss("unit", "idea", "add", "--problem", "Vagnen skramlar på natten.")
        try FileManager.default.removeItem(atPath: place.folder.path("secret"))
        let screen = try TmuxScreen(place, ["--folder", place.folder.path("stick")])
        try await screen.wait(for: "7 Stickan")
        try await screen.press("7", until: "/stick")
        try await screen.press("1", until: "1 Hämta svar och lämna vårt")
        try await screen.press("1", until: "Lösenfrasen för enhetens nycklar")
        try screen.type("fel lösenfras här")
        try await screen.wait(for: "*****************")
        try await screen.press("Enter", until: "[FEL] Fel lösenfras. Inget har ändrats.")
        try screen.type("fyra korta svåra ord")
        try await screen.press("Enter", until: "[KLAR] Lagt på stickan: paket 1, ")
        #expect(try !screen.screenAndHistory().contains("korta"))
        #expect(place.files(with: ["korta svåra"], except: []).isEmpty)
    }
}
