// swift-tools-version: 6.3
import PackageDescription

// Drives the release program, psql, curl and git from outside, as whole processes: it needs none of Vocero's modules.
let package = Package(
    name: "benchmarks",
    targets: [
        .executableTarget(
            name: "bench",
            swiftSettings: [
                .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"), .treatAllWarnings(as: .error),
            ])
    ]
)
