// swift-tools-version: 6.3
import PackageDescription

// The target graph is the architecture (docs/architecture.md). Arrows run downwards only;
// scripts/check-imports holds every import against it.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// For the modules that hold C handles: every unsafe use is marked.
let wrapper = strict + [.strictMemorySafety()]

func systemLibrary(_ name: String, _ pkgConfig: String? = nil, apt: String? = nil) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: apt.map { [.apt([$0])] })
}

func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = strict,
    resources: [Resource]? = nil
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        resources: resources, swiftSettings: strict)
}

let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
/// Paths and descriptors in Subprocess's interface.
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "vocero",
    products: [.executable(name: "vocero", targets: ["vocero"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        // C libraries: a module map and a shim each.
        systemLibrary("CCrypto", "libcrypto", apt: "libssl-dev"),
        systemLibrary("CCurl", "libcurl", apt: "libcurl4-openssl-dev"),
        systemLibrary("CGit2", "libgit2", apt: "libgit2-dev"),
        systemLibrary("CLinux"),
        systemLibrary("CPostgres", "libpq", apt: "libpq-dev"),
        systemLibrary("CSamplerate", "samplerate", apt: "libsamplerate0-dev"),
        systemLibrary("CSndfile", "sndfile", apt: "libsndfile1-dev"),

        // Ground floor: know nothing of Vocero, nothing of each other but JSON and Concurrency.
        module("Concurrency"),
        module("Counting"),
        module("Confinement", ["CLinux", "Concurrency", "Files"], settings: wrapper),
        module("Files", ["CLinux", system], settings: wrapper),
        module("Hashing", ["CCrypto"], settings: wrapper),
        module("JSON"),
        module("Redaction", ["CLinux"], settings: wrapper),
        module("Settings"),

        // Wrappers: one library each.
        module(
            "Git", ["CGit2", "Concurrency", "Confinement", "Counting", "Files", subprocess, system], settings: wrapper),
        module("HTTP", ["CCurl", "Concurrency", "Files"], settings: wrapper),
        module("Postgres", ["Concurrency", "CPostgres", "JSON"], settings: wrapper),
        module(
            "Services", ["Files", "Hashing", "JSON", subprocess, system],
            resources: [.embedInCode("Engines/Scripts")]),
        module("Workspace", ["CLinux", "Concurrency", "Files", "Hashing", "JSON", system], settings: wrapper),

        // The middle: pure decisions beside the engines and the store that fulfil its protocols.
        module(
            "Assistant", ["Concurrency", "JSON"],
            // The price table.
            resources: [.embedInCode("Prices/prices.json")]),
        module("GitHub", ["HTTP", "JSON"]),
        module("OpenAI", ["Assistant", "HTTP", "JSON"]),
        module(
            "Speech", ["Assistant", "Concurrency", "CSamplerate", "CSndfile", "Files", "Hashing", "JSON"],
            settings: wrapper),
        module("Store", ["Postgres"]),
        module("BatchQueue", ["Assistant", "Concurrency", "Hashing", "JSON", "Postgres", "Store"]),
        module("Retrieval", ["Assistant", "Hashing", "Postgres", "Store"]),
        module(
            "Memory",
            [
                "Assistant", "Concurrency", "Counting", "Files", "Hashing", "JSON", "Postgres", "Retrieval", "Store",
                system,
            ]),
        module("Tools", ["Assistant", "Git", "Hashing", "JSON", "Memory", "Redaction", "Store", "Workspace"]),
        module(
            "OfflineModel", ["Assistant", "JSON", "Settings", "Tools"],
            // What is understood without a model, a file a language.
            resources: [.embedInCode("Grammar/en.grammar"), .embedInCode("Grammar/es.grammar")]),

        // The second storey: what every front door needs.
        module(
            "Application",
            [
                "Assistant", "BatchQueue", "Concurrency", "Confinement", "Files", "Git", "GitHub", "Hashing", "HTTP",
                "JSON", "Memory", "OfflineModel", "OpenAI", "Postgres", "Redaction", "Retrieval", "Services",
                "Settings", "Speech",
                "Store", "Tools", "Workspace", subprocess, system,
            ]),

        // What is asked without a person: git hooks, folders of prompts.
        module(
            "Batch",
            [
                "Application", "Assistant", "BatchQueue", "Concurrency", "Counting", "Files", "Git", "Hashing", "HTTP",
                "JSON", "Memory",
                "OfflineModel", "OpenAI", "Redaction", "Settings", "Speech", "Store", "Tools", "Workspace", system,
            ]),
        module(
            "HookInstall", ["Application", "Files", "Git", "Hashing", "JSON", "Settings", system],
            // The scripts of hooks/, through a link: the program carries what it installs.
            resources: [.embedInCode("Scripts")]),
        module(
            "Hooks",
            [
                "Application", "Assistant", "Concurrency", "Counting", "Files", "Git", "Hashing", "HookInstall", "JSON",
                "OpenAI",
                "Redaction", "Settings", system,
            ]),

        // The top: what talks to a person.
        module(
            "Commands",
            [
                "Application", "Assistant", "Batch", "Concurrency", "Files", "HookInstall", "Hooks",
                "JSON", "Redaction", "Services", "Settings",
                "Speech", argumentParser, system,
            ]),
        .executableTarget(name: "vocero", dependencies: ["Commands"], swiftSettings: strict),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["JSON", "Postgres", "Services", subprocess, system],
            path: "Tests/TestSupport",
            swiftSettings: strict),
        tests(
            "Application",
            ["Assistant", "Git", "JSON", "Postgres", "Services", "Settings", "Speech", "Store", "Workspace"]),
        tests("Assistant", ["JSON"]),
        tests(
            "Batch",
            [
                "Application", "Assistant", "BatchQueue", "Concurrency", "Hashing", "HTTP", "JSON", "Memory", "OpenAI",
                "Postgres", "Store",
            ]),
        tests("BatchQueue", ["Assistant", "JSON", "Memory", "Postgres", "Store"]),
        tests(
            "Commands",
            [
                "Application", "Assistant", "Batch", "Git", "HookInstall", "JSON", "Memory", "Postgres", "Services",
                "Settings",
                "Speech",
                "Workspace",
                argumentParser,
            ]),
        tests("Concurrency"),
        tests("Files", [system]),
        tests("Git", [subprocess]),
        tests("GitHub", ["HTTP", "JSON"]),
        tests("HookInstall", ["Application", subprocess]),
        tests("Hooks", ["Assistant", "Git", "Hashing", "HookInstall", "JSON", "Redaction", "Settings"]),
        tests("HTTP", ["JSON", subprocess]),
        tests("Hashing"),
        tests("JSON"),
        tests("Memory", ["Assistant", "Hashing", "JSON", "Postgres", "Retrieval", "Store"]),
        tests("OfflineModel", ["Assistant", "JSON", "Tools"], resources: [.copy("Requests")]),
        tests("OpenAI", ["Assistant", "HTTP", "JSON"]),
        tests("Postgres", ["JSON"]),
        tests("Redaction"),
        tests("Retrieval", ["Assistant", "Postgres", "Store"]),
        tests("Services", ["Files", subprocess, system]),
        tests("Settings"),
        tests("Speech", ["Assistant", "Files", "JSON", system]),
        tests("Tools", ["Assistant", "Git", "JSON", "Memory", "Postgres", "Workspace"]),
        tests("Workspace", ["Files", "Hashing", "JSON"]),
        // No command line is among them: what these tests do, any front door can.
        .testTarget(
            name: "FrontDoorTests",
            dependencies: [
                "Application", "Assistant", "Batch", "HookInstall", "Hooks", "JSON", "Settings", "TestSupport",
            ],
            swiftSettings: strict),
        // A kernel without Landlock, for the tests that need one.
        .executableTarget(name: "WithoutLandlock", path: "Tests/WithoutLandlock"),
        // Tables of what means harm, each with a count of what got through.
        .testTarget(
            name: "HostileTests",
            dependencies: [
                "Application", "Assistant", "Batch", "BatchQueue", "Counting", "Git", "GitHub", "Hashing", "Hooks",
                "HTTP",
                "JSON",
                "Memory", "OpenAI", "Postgres", "Redaction", "Settings", "Speech", "TestSupport", "Tools", "vocero",
                "WithoutLandlock", "Workspace", subprocess, system,
            ],
            path: "Tests/Hostile",
            exclude: ["Repositories"],
            swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["JSON", "Postgres", "Services", "TestSupport", "vocero", subprocess, system],
            path: "Tests/EndToEnd",
            exclude: ["Hooks"],
            swiftSettings: strict),
    ]
)
