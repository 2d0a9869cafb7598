import Glibc
import _SlussFuzz

/// The target that the environment names.
private let target: FuzzTarget = {
    guard let name = getenv("SLUSS_FUZZ_TARGET").map({ String(cString: $0) }),
        let target = FuzzTarget(rawValue: name)
    else {
        perror("SLUSS_FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue))")
        exit(64)
    }
    return target
}()

/// Called by libFuzzer before the first input.
///
/// With SLUSS_FUZZ_SEEDS, writes seeds to that folder and words beside it (`.dict`), and ends.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    signal(SIGPIPE, SIG_IGN)
    guard let folder = getenv("SLUSS_FUZZ_SEEDS").map({ String(cString: $0) }) else { return 0 }
    for (index, seed) in target.seeds.enumerated() {
        write(seed, to: folder + "/seed-\(index)")
    }
    write(Array(target.words.map(quoted).joined().utf8), to: folder + ".dict")
    exit(0)
}

private func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { exit(30) }
    let count = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, count == bytes.count else { exit(30) }
}

/// A line of a dictionary of libFuzzer.
private func quoted(_ word: String) -> String {
    let digits = Array("0123456789ABCDEF")
    let bytes = word.utf8.map { "\\x\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }
    return "\"" + bytes.joined() + "\"\n"
}

/// Called by libFuzzer for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
