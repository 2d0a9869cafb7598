import Testing

@testable import SlussBundle

/// Names in bags, and what bag-info says.
@Suite struct BagNameTests {
    @Test(arguments: ["a", "data/å b/c.txt", ".hidden", "a..b", "data/~", "data/*"])
    func plainNamesAreTaken(name: String) { #expect(BagName.flaw(name) == nil) }

    @Test(arguments: [
        "", "/a", "a/", "a//b", ".", "./a", "a/../b", "..", "a\\b", "100%", "a\n", "a\u{0}",
        "a\u{7F}", "a\u{9F}", " a", "a ", "a /b", "a\u{A0}", "~/a", "*a",
    ])
    func namesThatAreNotTheSameEverywhereAreRefused(name: String) {
        #expect(BagName.flaw(name) != nil)
    }

    /// A combining mark behind a slash makes one Swift character of the two.
    @Test func partsAreSplitAsBytes() {
        #expect(BagName.flaw("a/\u{301}b") == nil)
        #expect(BagName.flaw("a/..\u{301}") == nil)
        #expect(BagName.flaw("\\\u{301}") == "a backslash")
        #expect(BagName.flaw("%\u{301}") == "a percent sign")
    }

    @Test(arguments: [
        ("ÅÄÖ", "åäö"), ("e\u{301}", "\u{E9}"), ("Straße", "STRASSE"), ("A\u{30A}", "å"),
        ("ﬁ", "FI"), ("Σ", "ς"),
    ])
    func namesThatSomeFileSystemsTakeForOneAreFoldedAlike(left: String, right: String) {
        #expect(BagName.folded(left) == BagName.folded(right))
    }

    private static func oxum(_ text: String) -> BagInfo.Oxum?? {
        do throws(BundleRefusal) { return try BagInfo(bytes: Array(text.utf8)).oxum } catch {
            return nil
        }
    }

    @Test func theOxumIsRead() {
        #expect(Self.oxum("") == .some(nil))
        #expect(Self.oxum("A: b\n") == .some(nil))
        #expect(Self.oxum("PAYLOAD-oxum: 1.2\n") == .some(.init(bytes: 1, files: 2)))
    }

    @Test(arguments: [
        "A: b", "A:b\n", ":\n", ": b\n", " a: b\n", "A : b\n", "A: b\r\n", "\n", "A\n",
        "Payload-Oxum: \n", "Payload-Oxum: 1\n", "Payload-Oxum: 1.2.3\n", "Payload-Oxum: -1.2\n",
        "Payload-Oxum: +1.2\n", "Payload-Oxum: 1.\n", "Payload-Oxum: 18446744073709551616.1\n",
        "Payload-Oxum: 1.2\nPayload-Oxum: 1.2\n", "Payload-Oxum: 1.2\n 3\n", "\u{FEFF}A: b\n",
    ])
    func otherInfosAreRefused(text: String) { #expect(Self.oxum(text) == nil) }
}
