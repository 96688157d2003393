internal import Files

/// The place of one hook in a hooks directory, with the names beside it that an installation knows.
struct HookSlot: Sendable, Hashable {
    let directory: String
    let name: HookName

    /// What git runs.
    var hook: String { directory + "/" + name.rawValue }
    /// The hook that was there before, run first by ours.
    var before: String { hook + ".before-vocero" }
    /// What the scripts need to run those, and nothing else.
    var chainDirectory: String { directory + "/.before-vocero" }
    /// Leads to `before`, under the hook's own name: a program may ask what it is called.
    var link: String { chainDirectory + "/" + name.rawValue }
    /// Read by the script of a chained hook.
    var runner: String { chainDirectory + "/run" }
    /// Where other managers move what they find: pre-commit, which runs it, and lefthook, which does not.
    var movedAside: [String] { [hook + ".legacy", hook + ".old"] }
    var temporaries: [String] { [hook, before, runner].map(HookFiles.temporaryName(for:)) }

    /// What stands somewhere in the slot.
    enum Occupant: Sendable, Hashable {
        case nothing
        case own(HookScriptIdentity, isExecutable: Bool, isLink: Bool)
        case foreign(isExecutable: Bool)
        /// A directory or a device: nothing git could run.
        case obstacle
    }

    static func occupant(of path: String) throws(HookError) -> Occupant {
        guard let status = try HookFiles.status(path) else { return .nothing }
        guard status.kind == .file || status.kind == .link else { return .obstacle }
        let identity = HookFiles.head(path).map(HookScriptIdentity.init(of:)) ?? .foreign
        let isExecutable = HookFiles.isExecutable(path)
        if identity == .foreign { return .foreign(isExecutable: isExecutable) }
        return .own(identity, isExecutable: isExecutable, isLink: status.kind == .link)
    }

    /// The foreign hook has its second name already, and ours does not stand in its place yet: an installation or an
    /// uninstallation ended between its steps.
    func isHalfChained() throws(HookError) -> Bool {
        guard let hook = try HookFiles.status(hook), let kept = try HookFiles.status(before) else { return false }
        if hook.identity == kept.identity { return true }
        guard hook.kind == .file, kept.kind == .file, hook.permissions == kept.permissions else { return false }
        return HookFiles.head(self.hook, limit: .max) == HookFiles.head(before, limit: .max)
    }

    /// The kept hook is the script of a manager that has written the same one again since: nothing of a person's is in it.
    func isSuperseded() -> Bool {
        guard let kept = HookFiles.head(before, limit: .max), let now = HookFiles.head(hook, limit: .max) else {
            return false
        }
        return HookManager.allCases.contains { $0.wrote(kept) && $0.wrote(now) && $0.isSame(kept, now) }
    }
}
