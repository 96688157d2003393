internal import ArgumentParser
internal import Settings

/// What is wrong with a command line, in one line, with what was probably meant.
struct UsageMessage {
    let root: any ParsableCommand.Type
    let arguments: [String]

    /// Of words that ArgumentParser could not take.
    func text(for error: any Error) -> String {
        if let unknown = unknownCommand { return unknown }
        if let number = negativeNumber { return number }
        let message = root.message(for: error)
        let said = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? message
        return
            "\(said.hasSuffix(".") || said.hasSuffix("?") ? said : said + ".") See `\(path.joined(separator: " ")) --help`."
    }

    /// The words of `help` that name no command; nil when all do.
    var unknownHelp: String? {
        guard arguments.first == "help" else { return nil }
        return UsageMessage(root: root, arguments: Array(arguments.dropFirst())).unknownCommand
    }

    /// The first word that should be a command and is none.
    private var unknownCommand: String? {
        let (place, rest) = place
        guard let word = rest.first, !word.hasPrefix("-"), !place.configuration.subcommands.isEmpty else { return nil }
        let names = place.configuration.subcommands.flatMap { [$0._commandName] + $0.configuration.aliases } + ["help"]
        let nearest = names.nearest(to: word).map { "; did you mean \($0)?" } ?? "."
        return
            "there is no command \(path.joined(separator: " ")) \(word)\(nearest) See `\(path.joined(separator: " ")) --help`."
    }

    /// ArgumentParser takes `-1` for an option, and says that the value is missing.
    private var negativeNumber: String? {
        for (option, value) in zip(arguments, arguments.dropFirst())
        where option.hasPrefix("--") && value.hasPrefix("-") && Double(value) != nil {
            return
                "\(option) takes a positive number, and \(value) is none. See `\(path.joined(separator: " ")) --help`."
        }
        return nil
    }

    /// How far the words name commands, and what follows.
    private var place: (command: any ParsableCommand.Type, rest: ArraySlice<String>) {
        var command = root
        var rest = arguments[...]
        while let word = rest.first,
            let next = command.configuration.subcommands.first(where: {
                $0._commandName == word || $0.configuration.aliases.contains(word)
            })
        {
            command = next
            rest = rest.dropFirst()
        }
        return (command, rest)
    }

    private var path: [String] { [root._commandName] + arguments.prefix(arguments.count - place.rest.count) }
}
