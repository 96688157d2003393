internal import ArgumentParser

/// What every command understands.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: [.customShort("C"), .customLong("directory")],
        help: ArgumentHelp("Work in this directory.", valueName: "dir"))
    var directory: String?

    @Flag(
        name: [.customShort("v"), .customLong("verbose")], help: "Say more: request ids, causes, what was remembered.")
    var verbose = false
}
