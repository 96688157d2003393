internal import Git

/// Hooks by git's configuration: `hook.vocero-NAME.command` and `.event`, which git runs since 2.54 before the script
/// in the hooks directory.
struct HookConfiguration: Sendable {
    enum Scope: String, Sendable, Hashable {
        case repository = "--local"
        case user = "--global"
    }

    let git: GitProgram
    let scope: Scope

    /// One hook as the configuration has it.
    struct Entry: Sendable, Hashable {
        var commands: [String] = []
        var events: [String] = []
        /// Keys of the section that no installation writes, with their values.
        var others: [String: String] = [:]
    }

    /// What git calls the hook.
    static func name(_ name: HookName) -> String { "vocero-" + name.rawValue }

    static func section(_ name: HookName) -> String { "hook." + self.name(name) }

    /// Git appends the arguments. A script that is gone is no failed hook.
    static func command(for script: String) -> String {
        "test ! -x \(ShellWord.quoted(script)) || \(ShellWord.quoted(script))"
    }

    /// The script that a command of ours names; nil for a command that somebody changed.
    static func script(of command: String) -> String? {
        let front = "test ! -x "
        guard command.hasPrefix(front),
            let (script, _) = ShellWord.read(Array(command.utf8.dropFirst(front.utf8.count))[...])
        else { return nil }
        return self.command(for: script) == command ? script : nil
    }

    func entries() async throws(HookError) -> [HookName: Entry] {
        // Sections keep their case, keys do not.
        let output = try await git.run(["config", scope.rawValue, "-z", "--get-regexp", "^hook\\.vocero-"])
        var entries: [HookName: Entry] = [:]
        for record in output.bytes.split(separator: 0) {
            let parts = record.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(decoding: parts[0], as: UTF8.self)
            let value = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "true"
            guard let dot = key.lastIndex(of: "."),
                let name = HookName(rawValue: String(key[..<dot].dropFirst("hook.vocero-".count)))
            else { continue }
            switch key[dot...] {
            case ".command": entries[name, default: Entry()].commands.append(value)
            case ".event": entries[name, default: Entry()].events.append(value)
            case let other: entries[name, default: Entry()].others[String(other.dropFirst())] = value
            }
        }
        return entries
    }

    func install(_ name: HookName, script: String, over entry: Entry?) async throws(HookError) -> HookChange {
        let command = Self.command(for: script)
        if let entry {
            if entry.commands == [command], entry.events == [name.rawValue] { return HookChange(name, .unchanged) }
            guard isOurs(entry, name) else {
                return HookChange(
                    name, .refused,
                    "\(Self.section(name)) in the configuration was edited; remove that section and install again.")
            }
        }
        // The command first: git refuses to run an event without one.
        try await git.change(["config", scope.rawValue, "--replace-all", Self.section(name) + ".command", command])
        try await git.change(["config", scope.rawValue, "--replace-all", Self.section(name) + ".event", name.rawValue])
        return HookChange(name, entry == nil ? .installed : .updated)
    }

    func uninstall(_ name: HookName, _ entry: Entry) async throws(HookError) -> HookChange {
        guard isOurs(entry, name) else {
            return HookChange(
                name, .kept, "\(Self.section(name)) in the configuration was edited; remove it yourself if you like")
        }
        if entry.others.isEmpty {
            try await git.change(["config", scope.rawValue, "--remove-section", Self.section(name)])
            return HookChange(name, .removed)
        }
        for (key, values) in [("event", entry.events), ("command", entry.commands)] where !values.isEmpty {
            try await git.change(["config", scope.rawValue, "--unset-all", "\(Self.section(name)).\(key)"])
        }
        let left = entry.others.keys.sorted().joined(separator: ", ")
        return HookChange(name, .removed, "\(Self.section(name)) keeps \(left), which no installation wrote")
    }

    /// Also half of it, where an installation was interrupted.
    private func isOurs(_ entry: Entry, _ name: HookName) -> Bool {
        entry.commands.allSatisfy { Self.script(of: $0) != nil } && entry.events.allSatisfy { $0 == name.rawValue }
    }
}
