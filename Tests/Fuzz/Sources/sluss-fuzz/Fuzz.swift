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

/// Called by libFuzzer before the first input; with SLUSS_FUZZ_SEEDS, writes seeds to that folder
/// and ends.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    signal(SIGPIPE, SIG_IGN)
    guard let folder = getenv("SLUSS_FUZZ_SEEDS").map({ String(cString: $0) }) else { return 0 }
    for (index, seed) in target.seeds.enumerated() {
        guard let file = fopen(folder + "/seed-\(index)", "w") else { exit(30) }
        let count = fwrite(seed, 1, seed.count, file)
        guard fclose(file) == 0, count == seed.count else { exit(30) }
    }
    exit(0)
}

/// Called by libFuzzer for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
