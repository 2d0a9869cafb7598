// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because it is built with other flags and cannot be linked without them:
// `bash Tests/Fuzz/run`.
let package = Package(
    name: "sluss-fuzz",
    dependencies: [.package(name: "sluss", path: "../..")],
    targets: [
        .executableTarget(
            name: "sluss-fuzz",
            dependencies: [.product(name: "_SlussFuzz", package: "sluss")],
            // libFuzzer brings its own `main`.
            swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    ],
    swiftLanguageModes: [.v6]
)
