// swift-tools-version: 6.2

import PackageDescription

/// Settings of every Swift target: Swift 6 mode comes from the package, warnings are errors.
let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// Settings of every C shim.
let shimSettings: [CSetting] = [.treatAllWarnings(as: .error)]

/// Settings of a C shim, and of a Swift target, that compute much while the tests run: optimised in
/// debug builds too (docs/decisions/0106).
let optimisedC: [CSetting] = [.unsafeFlags(["-O2"], .when(configuration: .debug))]
let optimisedSwift: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A setting of modules whose work is small: releases compile them for size (docs/decisions/0271).
let smallSwift: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// A module that does nothing often: commands, settings, what talks to other programs.
func smallModule(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings + smallSwift)
}

/// A module: a Swift target with the common settings.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// A module whose laws are tested by many thousand steps of computation.
func computingModule(
  _ name: String, _ dependencies: [Target.Dependency] = [], isSmall: Bool = false
) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: swiftSettings + optimisedSwift + (isSmall ? smallSwift : []))
}

/// The tests of a module; `exclude` names folders of files that the tests find by themselves.
func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  isOptimised: Bool = false
) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.target(name: name)] + dependencies, exclude: exclude,
    swiftSettings: isOptimised ? swiftSettings + optimisedSwift : swiftSettings)
}

let package = Package(
  name: "iris",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "iris", targets: ["iris"]),
    .library(name: "Faults", type: .dynamic, targets: ["CFaults"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.0"),
  ],
  targets: [
    // C shims.
    .target(
      name: "CTerminal", cSettings: shimSettings,
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("readline")]),
    // libcurl itself is loaded at the first request (docs/decisions/0021).
    .target(name: "CCurl", cSettings: shimSettings, linkerSettings: [.linkedLibrary("dl")]),
    // So are libheif and Little CMS, at the first picture that needs them (docs/decisions/0022).
    .target(
      name: "CCodecs", cSettings: shimSettings + optimisedC,
      linkerSettings: [
        .linkedLibrary("jpeg"), .linkedLibrary("png"), .linkedLibrary("webp"),
        .linkedLibrary("webpdemux"), .linkedLibrary("gif"), .linkedLibrary("dl"),
        .linkedLibrary("m"),
      ]),
    // So are libchafa, at the first preview (docs/decisions/0112), and libcrypto, at the first digest
    // (docs/decisions/0127).
    .systemLibrary(
      name: "ChafaHeaders", pkgConfig: "chafa",
      providers: [.apt(["libchafa-dev", "libglib2.0-dev"])]),
    .target(
      name: "CChafa", dependencies: ["ChafaHeaders"], cSettings: shimSettings,
      linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "CDigest", dependencies: ["ChafaHeaders"], cSettings: shimSettings,
      linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "CMarkdown", cSettings: shimSettings,
      linkerSettings: [.linkedLibrary("cmark-gfm"), .linkedLibrary("cmark-gfm-extensions")]),

    .target(name: "CProcesses", cSettings: shimSettings),
    // Stands in the place of ICU's data in a program that is linked statically (docs/decisions/0120).
    .target(name: "CStubData", cSettings: shimSettings),

    // libzip is loaded at the first archive (docs/decisions/0150).
    .target(name: "CZip", cSettings: shimSettings, linkerSettings: [.linkedLibrary("dl")]),

    // Sums over vectors, optimised in debug builds too.
    .target(
      name: "CVectors", cSettings: shimSettings + optimisedC, linkerSettings: [.linkedLibrary("m")]),

    // Pure modules.
    smallModule("Language"),
    computingModule("JSON"),
    computingModule("Secrets", ["JSON"]),
    computingModule("Screen"),
    computingModule("Markdown", ["CMarkdown"]),
    module("Conversation", ["JSON", "Language", "Screen", "Markdown"]),
    smallModule("ModelCatalog", ["Language", "Conversation"]),
    smallModule("ChatEngine", ["Language", "Conversation", "ModelCatalog"]),
    smallModule(
      "ChatScreen",
      ["Language", "Conversation", "ModelCatalog", "Screen", "Markdown", "ChatEngine"]),
    computingModule(
      "ChatView",
      [
        "Language", "ChatEngine", "ChatScreen", "Conversation", "ModelCatalog", "Screen",
        "Markdown",
      ]),

    // Modules that touch the world.
    smallModule("Files", ["CDigest", "CZip"]),
    smallModule("Processes", ["CProcesses"]),
    computingModule(
      "Pictures",
      ["JSON", "Language", "Conversation", "Files", "Processes", "CCodecs", "CChafa"],
      isSmall: true),
    module("ChatAPI", ["JSON", "Language", "Secrets", "Conversation", "ModelCatalog", "CCurl"]),
    smallModule(
      "Audio",
      ["JSON", "Language", "Conversation", "Files", "Processes", "Secrets", "ChatAPI"]),
    computingModule(
      "Vectors",
      [
        "JSON", "Language", "Files", "ChatAPI", "CVectors",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], isSmall: true),
    smallModule(
      "ConversationStore",
      [
        "JSON", "Language", "Conversation", "Files", "Processes",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    smallModule(
      "Interchange",
      [
        "JSON", "Language", "Conversation", "Screen", "Files", "Markdown",
        .product(name: "Yams", package: "Yams"),
      ]),
    smallModule(
      "Configuration",
      [
        "JSON", "Language", "Secrets", "Conversation", "ModelCatalog", "ChatAPI", "Files",
        "Processes", .product(name: "Yams", package: "Yams"),
      ]),
    smallModule(
      "Tools",
      [
        "JSON", "Language", "Conversation", "Files", "Processes",
        .product(name: "Yams", package: "Yams"),
      ]),
    smallModule("MCP", ["JSON", "Language", "Conversation", "Processes", "ChatAPI", "Tools"]),
    smallModule("Terminal", ["JSON", "Screen", "CTerminal"]),
    computingModule(
      "DemoServer",
      [
        "JSON", "Language", "Conversation", "ModelCatalog", "Processes",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ], isSmall: true),
    smallModule(
      "ChatProgram",
      [
        "JSON", "Language", "Secrets", "Conversation", "ModelCatalog", "Screen", "Markdown",
        "Pictures", "ChatAPI", "ConversationStore", "Interchange", "Configuration", "ChatEngine",
        "ChatScreen", "ChatView", "Terminal", "DemoServer", "Files", "Processes",
        "Tools", "MCP", "Audio", "Vectors",
      ]),
    .executableTarget(
      name: "iris",
      dependencies: [
        "ChatProgram", "Configuration", "Conversation", "Language", "Processes", "Secrets",
        "CStubData",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings + smallSwift,
      // Drops the libraries that only unused code of others names, libcurl first of all.
      linkerSettings: [
        .unsafeFlags(
          ["-ld-path=\(Context.packageDirectory)/scripts/ld"],
          .when(platforms: [.linux], configuration: .release))
      ]),

    // The tests' eyes: a terminal emulator in the test's process.
    .target(
      name: "CVTerm", path: "Tests/Support/CVTerm", cSettings: shimSettings + optimisedC,
      linkerSettings: [.linkedLibrary("vterm")]),
    .target(
      name: "TerminalEmulator", dependencies: ["CVTerm"], path: "Tests/Support/TerminalEmulator",
      swiftSettings: swiftSettings + optimisedSwift),

    // A small program on the module Terminal, for tests that need a process of their own.
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Screen", "Terminal"],
      path: "Tests/Support/TerminalProbe", swiftSettings: swiftSettings),

    // A decoding process that breaks every rule on request.
    .executableTarget(
      name: "DecoderProbe", dependencies: ["CCodecs"], path: "Tests/Support/DecoderProbe",
      cSettings: shimSettings),

    // A program that writes to a store, for the tests that kill it.
    .executableTarget(
      name: "StoreProbe", dependencies: ["Conversation", "ConversationStore", "SampleValues"],
      path: "Tests/Support/StoreProbe", swiftSettings: swiftSettings),

    // Loaded before libc by programs under test: disks and clocks that fail when a test says so.
    .target(name: "CFaults", path: "Tests/Support/CFaults", linkerSettings: [.linkedLibrary("dl")]),

    // Scripts of the tests that can be run as soon as they are written.
    .target(
      name: "ExecutableFiles", path: "Tests/Support/ExecutableFiles", swiftSettings: swiftSettings),

    // Sockets of test servers, and how many of these run at a time.
    .target(
      name: "LoopbackSockets", path: "Tests/Support/LoopbackSockets", swiftSettings: swiftSettings),

    // Random numbers that a seed repeats, for the tests of every module.
    .target(
      name: "SeededNumbers", path: "Tests/Support/SeededNumbers", swiftSettings: swiftSettings),

    // Programs that the tests of several modules start.
    .target(
      name: "StartedPrograms", dependencies: ["CProcesses", "Processes"],
      path: "Tests/Support/StartedPrograms",
      swiftSettings: swiftSettings),

    // OpenAI's own description of request bodies, where it lies beside the project.
    .target(
      name: "OfficialSchemas", dependencies: ["JSON"], path: "Tests/Support/OfficialSchemas",
      swiftSettings: swiftSettings),

    // Values that the tests of several modules share.
    .target(
      name: "SampleValues", dependencies: ["Conversation"], path: "Tests/Support/SampleValues",
      swiftSettings: swiftSettings),

    // Conversations, pictures and servers that the tests of the engine and of the screen share.
    .target(
      name: "ChatSamples",
      dependencies: ["Conversation", "ModelCatalog", "ChatEngine", "SampleValues"],
      path: "Tests/Support/ChatSamples", swiftSettings: swiftSettings),

    // Zip archives as tests want them, honest or not.
    .target(
      name: "SampleArchives", path: "Tests/Support/SampleArchives", swiftSettings: swiftSettings),

    // Pictures that only the tests write: inks, HEIC, AVIF.
    .target(
      name: "CSamples", path: "Tests/Support/CSamples", cSettings: shimSettings,
      linkerSettings: [.linkedLibrary("jpeg"), .linkedLibrary("heif")]),

    // Figures of the release build: `make bench`.
    .executableTarget(
      name: "IrisBenchmark",
      dependencies: [
        "TerminalEmulator", "DemoServer", "Conversation", "ConversationStore", "Pictures",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Benchmarks", swiftSettings: swiftSettings),

    tests(of: "JSON"),
    tests(of: "Language"),
    tests(of: "Secrets", ["SeededNumbers"]),
    tests(of: "Conversation", ["JSON", "Language"]),
    tests(of: "ModelCatalog", ["Language", "Conversation"]),
    tests(of: "Screen", ["SeededNumbers"]),
    tests(of: "Markdown", ["SeededNumbers"]),
    tests(
      of: "ChatEngine",
      ["Language", "Conversation", "ModelCatalog", "SeededNumbers", "SampleValues", "ChatSamples"]),
    tests(
      of: "ChatScreen",
      [
        "Language", "ChatEngine", "Conversation", "ModelCatalog", "Screen", "SeededNumbers",
        "SampleValues", "ChatSamples",
      ]),
    tests(
      of: "ChatView",
      [
        "Language", "ChatEngine", "ChatScreen", "Conversation", "ModelCatalog", "Screen",
        "Markdown",
        "Terminal", "TerminalEmulator", "SeededNumbers", "SampleValues",
      ],
      exclude: ["Screens"], isOptimised: true),
    tests(
      of: "Pictures",
      [
        "JSON", "Language", "Conversation", "Files", "Processes", "CSamples", "SeededNumbers",
        "DecoderProbe", "iris",
      ],
      isOptimised: true),
    tests(
      of: "ChatAPI",
      [
        "JSON", "Language", "Secrets", "Conversation", "ModelCatalog", "SeededNumbers",
        "OfficialSchemas", "LoopbackSockets", "StartedPrograms",
      ]),
    tests(
      of: "Audio",
      [
        "JSON", "Language", "Files", "ChatAPI", "DemoServer", "ExecutableFiles", "SeededNumbers",
        "OfficialSchemas",
      ]),
    tests(
      of: "Vectors",
      [
        "JSON", "Language", "ChatAPI", "DemoServer", "SeededNumbers", "OfficialSchemas",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests(of: "Files", ["SampleArchives"]),
    tests(of: "Processes"),
    tests(
      of: "ConversationStore",
      [
        "Language", "Conversation", "Files", "SeededNumbers", "StoreProbe", "SampleValues",
        "StartedPrograms",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      isOptimised: true),
    tests(
      of: "Interchange",
      [
        "JSON", "Language", "Conversation", "Files", "SampleArchives", "SampleValues",
        "SeededNumbers", "StartedPrograms",
      ]),
    tests(
      of: "Configuration", ["ChatAPI", "Language", "Secrets", "Conversation", "ModelCatalog"]),
    tests(of: "Tools", ["Conversation", "JSON", "Language", "ExecutableFiles"]),
    tests(
      of: "MCP",
      [
        "ChatAPI", "Conversation", "JSON", "Language", "Processes", "Tools", "ExecutableFiles",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ]),
    tests(of: "Terminal", ["Screen", "TerminalEmulator", "TerminalProbe", "SeededNumbers"]),
    tests(of: "DemoServer", ["Language", .product(name: "FlyingSocks", package: "FlyingFox")]),
    tests(
      of: "ChatProgram",
      [
        "Audio", "ChatAPI", "ChatEngine", "Configuration", "Conversation", "ConversationStore",
        "Files", "Language", "ModelCatalog", "Pictures", "Processes", "Secrets", "Terminal",
        "Vectors",
      ]),
    .testTarget(
      name: "ProgramTests",
      dependencies: [
        "iris", "JSON", "TerminalEmulator", "DemoServer", "ExecutableFiles", "SeededNumbers",
        "OfficialSchemas", "LoopbackSockets", "StartedPrograms",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swiftSettings),
    .testTarget(name: "HouseTests", dependencies: ["Language"], swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6])
