import SlussSync
import Testing

/// Whether another's release is older is told from its name, and never guessed.
@Suite struct ReleaseTests {
    @Test(arguments: ["sluss 0.0.9", "sluss 0.0.99", "sluss 0"])
    func anOlderOneIsTold(name: String) { #expect(Release.isOlder(name)) }

    @Test(arguments: [
        Release.name, "sluss 0.1.1", "sluss 0.10.0", "sluss 9.0", "forged", "", "sluss",
        "sluss x.1",
        "sluss 0..9", "other 0.0.1", "sluss 0.0.9 x",
    ])
    func whatIsNotOlderOrCannotBeReadIsNotMarked(name: String) { #expect(!Release.isOlder(name)) }
}
