import SlussBundle
import Testing
import _SlussTestSupport

@testable import SlussArchive

/// Where a frame ends, told from frames by `zstd` itself.
@Suite struct ZstdFrameScannerTests {
    /// What is packed, and how: every way in which a frame's header and blocks can differ.
    static let frames = [
        "printf '' | zstd -q", "printf '' | zstd -q --no-check", "printf hej | zstd -q",
        "printf hej | zstd -q --no-check", "zstd -q --no-check -c hej", "zstd -q -c hej",
        "head -c 300000 /dev/zero | zstd -q", "zstd -q -c zeros", "zstd -q -19 -c text",
        "zstd -q --no-content-size -c text", "zstd -q --long=27 -c text", "zstd -q -1 -c noise",
        "zstd -q --no-check -c noise", "zstd -q -c noise --stream-size=400000",
    ]

    private static func frame(_ command: String) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try folder.write(Array("hej".utf8), to: "hej")
        try folder.write([UInt8](repeating: 0, count: 70_000), to: "zeros")
        var generator = SplitMix64(seed: 3)
        try folder.write(
            (0..<400_000).map { _ in UInt8.random(in: 0...255, using: &generator) }, to: "noise")
        try folder.write(
            (0..<400_000).map { _ in UInt8.random(in: 97...104, using: &generator) }, to: "text")
        try shell("cd '\(folder.path)' && \(command) >frame")
        return try bytes(ofFile: folder.path("frame"))
    }

    private static func scan(
        _ bytes: [UInt8], pieces: (Int) -> Int
    ) -> Result<Bool, BundleRefusal> {
        var scanner = ZstdFrameScanner()
        var start = 0
        do throws(BundleRefusal) {
            while start < bytes.count {
                let end = min(bytes.count, start + max(1, pieces(start)))
                try scanner.accept(bytes[start..<end])
                start = end
            }
        } catch { return .failure(error) }
        return .success(scanner.isAtEnd)
    }

    @Test(arguments: frames)
    func theEndIsFoundWhateverThePieces(command: String) throws {
        let frame = try Self.frame(command)
        #expect(Self.scan(frame) { _ in .max / 2 } == .success(true))
        #expect(Self.scan(frame + [0]) { _ in .max / 2 } == .failure(.notCanonical))
        #expect(Self.scan(frame.dropLast()) { _ in .max / 2 } == .success(false))
        #expect(Self.scan(frame + frame) { _ in 1 } == .failure(.notCanonical))
        for seed in UInt64(0)..<5 {
            var generator = SplitMix64(seed: seed)
            let ended = Self.scan(frame) { _ in Int.random(in: 1...5000, using: &generator) }
            #expect(ended == .success(true))
        }
    }

    /// Byte by byte: at the end exactly when the last byte has come.
    @Test(arguments: frames)
    func theEndIsTheLastByte(command: String) throws {
        let frame = try Self.frame(command)
        var scanner = ZstdFrameScanner()
        var endsEarly = false
        for byte in frame {
            endsEarly = endsEarly || scanner.isAtEnd
            try scanner.accept([byte])
        }
        #expect(scanner.isAtEnd && !endsEarly)
    }

    @Test func whatIsNoFrameIsRefusedAtItsFirstWrongByte() throws {
        let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
        for index in magic.indices {
            var wrong = magic
            wrong[index] ^= 1
            var scanner = ZstdFrameScanner()
            try scanner.accept(magic[..<index])
            #expect(!scanner.hasBegun)
            #expect(throws: BundleRefusal.notABundle) { try scanner.accept([wrong[index]]) }
        }
        // Skippable frames and those of old releases are none.
        #expect(Self.scan([0x50, 0x2A, 0x4D, 0x18]) { _ in 4 } == .failure(.notABundle))
        #expect(Self.scan([0x27, 0xB5, 0x2F, 0xFD]) { _ in 4 } == .failure(.notABundle))
        // A block of the reserved type.
        #expect(Self.scan(magic + [0, 0, 7, 0, 0]) { _ in 99 } == .failure(.damaged))
        // Blocks of nothing, then a last one of nothing.
        #expect(Self.scan(magic + [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]) { _ in 99 } == .success(true))
    }

    /// All 256 bytes that can say what a frame's header holds.
    @Test func everyFlagOfTheHeaderIsUnderstood() {
        let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
        for descriptor in UInt8.min ... .max {
            // RFC 8878, section 3.1.1.1: window descriptor, dictionary id, content size.
            let isSingle = descriptor & 0x20 != 0
            let extra =
                (isSingle ? 0 : 1) + [0, 1, 2, 4][Int(descriptor & 3)]
                + [isSingle ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
            let check = descriptor & 4 != 0 ? 4 : 0
            let frame =
                magic + [descriptor] + [UInt8](repeating: 9, count: extra) + [1, 0, 0]
                + [UInt8](repeating: 9, count: check)
            #expect(Self.scan(frame) { _ in 1 } == .success(true))
            #expect(Self.scan(frame.dropLast()) { _ in 99 } == .success(false))
            #expect(Self.scan(frame + [0]) { _ in 99 } == .failure(.notCanonical))
        }
    }
}
