/// Which server an engine is at, and which key may go there.
///
/// A key belongs to the server that was named where the key was, or, where none was named, in a weaker place that
/// is trusted. It goes to no other: neither a repository's configuration nor one variable set for a local server
/// can send a key somewhere else.
struct EndpointResolution {
    let lookup: SettingLookup
    static let usual = "https://api.openai.com/v1"

    struct Target {
        let address: WebAddress
        let source: SettingSource
    }

    struct Outcome {
        /// Nil: offline.
        let target: Target?
        let key: SettingLookup.Value?
        /// There is a key, for another server.
        let withheld: SettingLookup.Value?
    }

    /// Resolves `chat`, `speech` or `embeddings`.
    func resolve(_ engine: String) throws(SettingsError) -> Outcome {
        let url =
            lookup.value("\(engine).url").map { ($0, "\(engine).url") }
            ?? lookup.value("openai.url").map { ($0, "openai.url") }
        let keys = ["\(engine).key", "openai.key"].compactMap { name in lookup.value(name).map { ($0, name) } }
        guard url != nil || !keys.isEmpty else { return Outcome(target: nil, key: nil, withheld: nil) }
        let target = try target(url)
        let isOwn = url.map { $0.1 != "openai.url" } ?? false
        var withheld: SettingLookup.Value?
        for (key, name) in keys {
            try SettingLookup.check(key, name)
            let homes = name == "openai.key" ? ["openai.url"] : ["\(engine).url", "openai.url"]
            if try home(of: key, among: homes).hasOrigin(of: target.address) {
                return Outcome(target: target, key: key, withheld: nil)
            }
            // A server of its own without a key of its own needs no word: the common key was never meant for it.
            if !(isOwn && name == "openai.key") { withheld = withheld ?? key }
        }
        return Outcome(target: target, key: nil, withheld: withheld)
    }

    /// Whether a key may go to an address, given the settings that name its server.
    func mayGo(_ key: SettingLookup.Value, to address: WebAddress, among names: [String], usual: String)
        throws(SettingsError) -> Bool
    {
        try home(of: key, among: names, usual: usual).hasOrigin(of: address)
    }

    private func target(_ url: (SettingLookup.Value, String)?) throws(SettingsError) -> Target {
        guard let (value, name) = url else { return try Self.usualTarget() }
        return Target(address: try SettingLookup.address(value, name), source: value.source)
    }

    private static func usualTarget() throws(SettingsError) -> Target {
        guard let address = WebAddress(usual) else { throw SettingsError("openai.url", .default, "No usual URL.") }
        return Target(address: address, source: .default)
    }

    /// The server a key was given for.
    private func home(
        of key: SettingLookup.Value, among names: [String], usual: String = usual
    ) throws(SettingsError) -> WebAddress {
        let levels = SettingLookup.Level.allCases.filter { $0 == key.level || $0 > key.level && $0 != .repository }
        for name in names {
            for level in levels {
                if let value = lookup.value(name, at: level) { return try SettingLookup.address(value, name) }
            }
        }
        guard let address = WebAddress(usual) else { throw SettingsError(names[0], .default, "No usual URL.") }
        return address
    }
}

extension SettingLookup {
    /// - Throws: An error that names the setting and its source.
    static func check(_ value: Value, _ name: String) throws(SettingsError) {
        guard let key = SettingKey.all.first(where: { $0.name == name }) else { return }
        for text in value.texts {
            if let problem = SettingParsing.problem(with: text, in: key) {
                throw SettingsError(name, value.source, "\(name) from \(value.source) is not valid: \(problem).")
            }
        }
    }

    static func address(_ value: Value, _ name: String) throws(SettingsError) -> WebAddress {
        try check(value, name)
        guard let address = WebAddress(value.text) else {
            throw SettingsError(name, value.source, "\(name) from \(value.source) is not valid.")
        }
        return address
    }
}
