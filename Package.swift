// swift-tools-version: 6.2
import PackageDescription

// The arrows between targets are those of docs/architecture.md. They are held by
// `--explicit-target-dependency-import-check error` and by the upcoming features below:
// a plain `import GRDB` cannot leak into a public or package signature.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    // Defects that the simulation must catch, switched in on purpose: never in a release.
    .define("SLUSS_SABOTAGE", .when(configuration: .debug)),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "sluss",
    defaultLocalization: "sv",
    products: [
        .library(name: "SlussBundle", targets: ["SlussCore", "SlussBundle"]),
        .executable(name: "sluss", targets: ["sluss"]),
        .executable(name: "sluss-terminal", targets: ["sluss-terminal"]),
        // For Tests/Fuzz, which is a package of its own: it is built with other flags.
        .library(name: "_SlussFuzz", targets: ["_SlussFuzz"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    ],
    targets: [
        .systemLibrary(name: "CArchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CCurses", providers: [.apt(["libncurses-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .target(
            name: "CSimdJSON",
            linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CWriteAhead", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "SlussCore", swiftSettings: settings),
        .target(name: "SlussDomain", dependencies: ["SlussCore"], swiftSettings: settings),
        .target(
            name: "SlussBundle",
            dependencies: ["SlussCore", "CSimdJSON", crypto, cryptoExtras],
            swiftSettings: settings),
        .target(
            name: "SlussArchive", dependencies: ["SlussBundle", "SlussCore", "CArchive"],
            swiftSettings: settings),
        .target(
            name: "SlussStore", dependencies: ["SlussCore", "CSQLite", "CWriteAhead", grdb],
            swiftSettings: settings),
        .target(
            name: "SlussSync",
            dependencies: [
                "SlussCore", "SlussDomain", "SlussBundle", "SlussStore", "SlussArchive",
            ],
            swiftSettings: settings),
        .target(
            name: "SlussFrontEnd", dependencies: ["SlussCore", "SlussDomain", "SlussSync"],
            swiftSettings: settings),
        .target(
            name: "SlussReview", dependencies: ["SlussCore", "SlussDomain", "SlussSync"],
            swiftSettings: settings),
        .executableTarget(
            name: "sluss",
            dependencies: [
                "SlussCore", "SlussDomain", "SlussFrontEnd", "SlussReview", "SlussSync",
                argumentParser,
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "sluss-terminal",
            dependencies: [
                "SlussCore", "SlussDomain", "SlussFrontEnd", "SlussSync", "SlussTerminal",
                "CCurses", argumentParser,
            ],
            swiftSettings: settings),
        .target(
            name: "SlussTerminal", dependencies: ["SlussCore", "SlussDomain"],
            swiftSettings: settings),
        .executableTarget(
            name: "sluss-dev",
            dependencies: [
                "SlussCore", "SlussDomain", "SlussBundle", "SlussArchive", "SlussStore",
                "SlussSync", "CArchive", "_SlussTestSupport", argumentParser, crypto,
            ], swiftSettings: settings),
        .target(
            name: "_SlussTestSupport", dependencies: ["SlussCore"],
            path: "Tests/_SlussTestSupport", swiftSettings: settings),
        .target(
            name: "_SlussFuzz",
            dependencies: ["SlussCore", "SlussDomain", "SlussBundle", "SlussArchive"],
            path: "Tests/_SlussFuzz", swiftSettings: settings),
        .testTarget(
            name: "FuzzTests", dependencies: ["_SlussFuzz"], swiftSettings: settings),
        .testTarget(
            name: "SlussCoreTests", dependencies: ["SlussCore", "_SlussTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "SlussDomainTests",
            dependencies: ["SlussCore", "SlussDomain", "_SlussTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "SlussBundleTests",
            dependencies: ["SlussCore", "SlussBundle", "_SlussTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "SlussArchiveTests",
            dependencies: ["SlussBundle", "SlussArchive", "_SlussTestSupport"],
            swiftSettings: settings),
        .target(
            name: "CWriteFault", path: "Tests/CWriteFault",
            linkerSettings: [.linkedLibrary("sqlite3")]),
        .testTarget(
            name: "SlussStoreTests",
            dependencies: [
                "SlussCore", "SlussStore", "_SlussTestSupport", "CSQLite", "CWriteAhead",
                "CWriteFault", grdb,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SlussSyncTests",
            dependencies: [
                "SlussCore", "SlussDomain", "SlussBundle", "SlussArchive", "SlussStore",
                "SlussSync", "_SlussTestSupport",
            ], swiftSettings: settings),
        .testTarget(
            name: "SlussReviewTests",
            dependencies: [
                "SlussCore", "SlussDomain", "SlussReview", "SlussSync", "_SlussTestSupport",
            ], exclude: ["Pages"], swiftSettings: settings),
        .testTarget(
            name: "SlussTerminalTests",
            dependencies: ["SlussCore", "SlussDomain", "SlussTerminal", "_SlussTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "CommandTests", dependencies: ["sluss", "_SlussTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "TerminalTests", dependencies: ["sluss", "sluss-terminal", "_SlussTestSupport"],
            exclude: ["Transcripts"], swiftSettings: settings),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "sluss", "sluss-dev", "SlussCore", "SlussDomain", "SlussBundle", "SlussArchive",
                "SlussStore", "SlussSync", "SlussFrontEnd", "_SlussTestSupport", grdb,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "PackageTests",
            dependencies: [
                "sluss", "sluss-terminal", "sluss-dev", "SlussCore", "SlussDomain", "SlussSync",
                "_SlussTestSupport",
            ], swiftSettings: settings),
        .testTarget(
            name: "TidyTests", dependencies: ["_SlussTestSupport"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
