import Foundation

/// What a program says of itself to the system that loads it (ELF, 64 bits, little-endian).
struct ELFProgram {
    /// Debian's name of the processor it is for.
    let architecture: String
    /// The libraries that it is loaded with.
    let libraries: [String]

    private static let architectures: [UInt64: String] = [0x3E: "amd64", 0xB7: "arm64"]
    private static let (loaded, dynamic): (UInt64, UInt64) = (1, 2)
    private static let (needed, texts): (UInt64, UInt64) = (1, 5)

    /// Reads a program; `name` is for what is said when it is none.
    init(_ bytes: Data, name: String) throws {
        let bytes = [UInt8](bytes)
        func number(_ offset: UInt64, _ count: UInt64) throws -> UInt64 {
            let (end, isOver) = offset.addingReportingOverflow(count)
            guard !isOver, end <= bytes.count else { throw PackageFailure(what: "\(name) is cut") }
            return bytes[Int(offset)..<Int(end)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]),
            let architecture = Self.architectures[try number(18, 2)]
        else { throw PackageFailure(what: "\(name) is no program for amd64 or arm64") }
        self.architecture = architecture
        let (start, size, count) = (try number(32, 8), try number(54, 2), try number(56, 2))
        var segments: [(type: UInt64, offset: UInt64, address: UInt64, length: UInt64)] = []
        for index in 0..<count {
            let header = start &+ index &* size
            segments.append(
                (
                    try number(header, 4), try number(header &+ 8, 8), try number(header &+ 16, 8),
                    try number(header &+ 32, 8)
                ))
        }
        var (names, table): ([UInt64], UInt64?) = ([], nil)
        if let section = segments.first(where: { $0.type == Self.dynamic }) {
            for entry in stride(from: section.offset, to: section.offset &+ section.length, by: 16)
            {
                let (tag, value) = (try number(entry, 8), try number(entry &+ 8, 8))
                if tag == 0 { break }
                if tag == Self.needed { names.append(value) }
                if tag == Self.texts { table = value }
            }
        }
        guard !names.isEmpty, let table,
            let segment = segments.first(where: {
                $0.type == Self.loaded && $0.address <= table && table &- $0.address < $0.length
            })
        else { throw PackageFailure(what: "\(name) is loaded with no library") }
        let text = table &- segment.address &+ segment.offset
        libraries = try names.map { name in
            var word: [UInt8] = []
            var place = text &+ name
            while case let letter = UInt8(truncatingIfNeeded: try number(place, 1)), letter != 0 {
                word.append(letter)
                place &+= 1
            }
            return String(decoding: word, as: UTF8.self)
        }
    }
}
