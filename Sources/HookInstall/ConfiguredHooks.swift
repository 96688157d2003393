internal import Git

/// All hooks that git's configuration has, of every scope, ours and others', in the order in which git runs them.
struct ConfiguredHooks: Sendable, Hashable {
    struct Hook: Sendable, Hashable {
        var name: String
        var command = ""
        var isEnabled = true
    }

    private var hooks: [String: Hook] = [:]
    /// By event; a name that is given again moves to the end.
    private var names: [String: [String]] = [:]

    static func read(_ git: GitProgram) async throws(HookError) -> ConfiguredHooks {
        ConfiguredHooks(listing: try await git.run(["config", "-z", "--get-regexp", "^hook\\..*\\."]).bytes)
    }

    /// Reads what `git config -z --get-regexp` prints: a key, a newline, its value, and a NUL.
    init(listing: [UInt8]) {
        for record in listing.split(separator: 0) {
            let parts = record.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(decoding: parts[0], as: UTF8.self).dropFirst("hook.".count)
            let value = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "true"
            guard let dot = key.lastIndex(of: ".") else { continue }
            let name = String(key[..<dot])
            switch key[dot...] {
            case ".command": hooks[name, default: Hook(name: name)].command = value
            case ".enabled": hooks[name, default: Hook(name: name)].isEnabled = Self.isTrue(value)
            case ".event" where value.isEmpty: for event in names.keys { names[event]?.removeAll { $0 == name } }
            case ".event": names[value] = names[value, default: []].filter { $0 != name } + [name]
            default: break
            }
        }
    }

    /// What git runs for an event, first to last.
    func running(_ event: HookName) -> [Hook] {
        (names[event.rawValue] ?? []).map { hooks[$0] ?? Hook(name: $0) }
    }

    /// `hook.EVENT.enabled` is false: git runs no configured hook for it.
    func isSwitchedOff(_ event: HookName) -> Bool { hooks[event.rawValue].map { !$0.isEnabled } ?? false }

    static func isTrue(_ value: String) -> Bool { !["false", "no", "off", "0", ""].contains(value.lowercased()) }
}
