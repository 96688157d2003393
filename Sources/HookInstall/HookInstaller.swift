internal import Git

/// Installs, removes and finds Vocero's hooks in a repository, or for a user in all of them.
package struct HookInstaller: Sendable {
    /// In the repository.
    package let directory: String
    /// The program's absolute path, which the scripts run.
    package let program: String
    /// Where scripts lie that the configuration names.
    package let scriptDirectory: String
    /// Nil asks git.
    package let gitVersion: GitVersion?
    /// The user's git configuration; nil leaves it to git.
    package let userConfiguration: String?

    package init(
        directory: String, program: String, scriptDirectory: String, gitVersion: GitVersion? = nil,
        userConfiguration: String? = nil
    ) {
        self.directory = directory
        self.program = program
        self.scriptDirectory = scriptDirectory
        self.gitVersion = gitVersion
        self.userConfiguration = userConfiguration
    }

    /// Installs hooks in the repository: by configuration where git knows that, by scripts where it does not.
    ///
    /// `isShared` allows a hooks directory that other repositories use too.
    ///
    /// - Throws: `notFound` outside a repository, `refused` for a directory that is not to be written, `failed` for
    ///   what the system refuses. What stands in the way of one hook is that hook's change, not an error.
    package func install(_ names: [HookName], isShared: Bool = false) async throws(HookError) -> HookReport {
        let (place, git) = try await HooksDirectory.find(git(directory))
        let configuration = HookConfiguration(git: git, scope: .repository)
        let notes = try managerNotes(place, names)
        if try await version(git).hasConfiguredHooks {
            var changes = try await configure(names, configuration)
            // What an older git needed would run a second time.
            let removed = place.isOutside ? [] : try HookScripts(directory: place.path).uninstall(names)
            for change in removed where change.result == .kept {
                changes.append(HookChange(change.name, .kept, change.sentence))
            }
            return HookReport(changes: changes, place: "the configuration of this repository", notes: notes)
        }
        if place.isOutside && !isShared {
            throw HookError(
                .refused,
                "core.hooksPath leads out of this repository, to \(place.path), which others may use; --shared installs "
                    + "there nevertheless.")
        }
        let changes = try HookScripts(directory: place.path).install(names, program: program)
        // What a newer git ran would run a second time, should it come back.
        for (name, entry) in try await configuration.entries() where names.contains(name) {
            _ = try await configuration.uninstall(name, entry)
        }
        let inWorkTree =
            place.isInWorkTree
            ? ["\(place.path) is in the work tree: leave what was installed there out of commits, it holds local paths"]
            : []
        return HookReport(changes: changes, place: place.path, notes: inWorkTree + notes)
    }

    /// Installs hooks for all repositories of the user.
    ///
    /// - Throws: `refused` where git is older than 2.54, unless `core.hooksPath` is set for the user and `isShared`
    ///   allows to write there.
    package func installGlobally(_ names: [HookName], isShared: Bool = false) async throws(HookError) -> HookReport {
        let git = git("/")
        let version = try await version(git)
        if version.hasConfiguredHooks {
            let changes = try await configure(names, HookConfiguration(git: git, scope: .user))
            return HookReport(changes: changes, place: "your git configuration", notes: [])
        }
        guard let path = try await globalHooksPath(git) else {
            throw HookError(
                .refused,
                "git \(version) cannot run hooks for all repositories by configuration, which came with "
                    + "\(GitVersion.withConfiguredHooks); run `vocero hook install` in each repository, or set "
                    + "core.hooksPath globally to a directory and add --shared.")
        }
        guard isShared else {
            throw HookError(
                .refused,
                "git \(version) can run hooks for all repositories only from core.hooksPath, which is \(path); --shared "
                    + "installs there.")
        }
        return HookReport(
            changes: try HookScripts(directory: path).install(names, program: program), place: path, notes: [])
    }

    /// Takes out of the repository what an installation put there; out of a hooks directory that other repositories
    /// use too, only where `isShared` says so.
    package func uninstall(_ names: [HookName], isShared: Bool = false) async throws(HookError) -> HookReport {
        let (place, git) = try await HooksDirectory.find(git(directory))
        let directory = HookScripts(directory: place.path)
        let scripts = try place.isOutside && !isShared ? directory.sparing(names) : directory.uninstall(names)
        let changes = try await unconfigure(names, HookConfiguration(git: git, scope: .repository), besides: scripts)
        return HookReport(changes: changes, place: place.path, notes: [])
    }

    /// Takes out what an installation for all repositories put in.
    package func uninstallGlobally(_ names: [HookName]) async throws(HookError) -> HookReport {
        let git = git("/")
        let path = try await globalHooksPath(git)
        let scripts =
            try path.map { (path) throws(HookError) in try HookScripts(directory: path).uninstall(names) }
            ?? names.map { HookChange($0, .absent) }
        let changes = try await unconfigure(names, HookConfiguration(git: git, scope: .user), besides: scripts)
        return HookReport(changes: changes, place: path ?? "your git configuration", notes: [])
    }

    func git(_ directory: String) -> GitProgram {
        GitProgram(directory: directory, userConfiguration: userConfiguration)
    }

    func version(_ git: GitProgram) async throws(HookError) -> GitVersion {
        if let gitVersion { return gitVersion }
        return try await git.version()
    }

    private func configure(
        _ names: [HookName], _ configuration: HookConfiguration
    ) async throws(HookError) -> [HookChange] {
        let entries = try await configuration.entries()
        let directory = HookScripts(directory: scriptDirectory, isPrivate: true)
        var changes: [HookChange] = []
        for name in names {
            // The script is there before anything names it, and stays: other repositories may name it too.
            let script = try directory.install([name], program: program)[0]
            if script.result == .refused || script.result == .kept {
                changes.append(HookChange(name, .refused, script.sentence))
                continue
            }
            let path = HookSlot(directory: scriptDirectory, name: name).hook
            let change = try await configuration.install(name, script: path, over: entries[name])
            let isUpdated = change.result == .unchanged && script.result != .unchanged
            changes.append(isUpdated ? HookChange(name, .updated) : change)
        }
        return changes
    }

    private func unconfigure(
        _ names: [HookName], _ configuration: HookConfiguration, besides scripts: [HookChange]
    ) async throws(HookError) -> [HookChange] {
        let entries = try await configuration.entries()
        var changes: [HookChange] = []
        for script in scripts {
            guard let entry = entries[script.name] else {
                changes.append(script)
                continue
            }
            let change = try await configuration.uninstall(script.name, entry)
            let sentences = [change.sentence, script.sentence].compactMap(\.self)
            let result = script.result == .kept ? .kept : change.result
            changes.append(
                HookChange(script.name, result, sentences.isEmpty ? nil : sentences.joined(separator: "; ")))
        }
        return changes
    }

    /// Absolute, from the user's configuration; nil where it sets none that all repositories share.
    private func globalHooksPath(_ git: GitProgram) async throws(HookError) -> String? {
        let output = try await git.run(["config", "--global", "--type=path", "--get", "core.hooksPath"])
        return output.status == 0 && output.line.hasPrefix("/") ? output.line : nil
    }

    private func managerNotes(_ place: HooksDirectory, _ names: [HookName]) throws(HookError) -> [String] {
        guard let workTree = place.workTree, let name = names.first else { return [] }
        return try HookManager.found(in: workTree).map { $0.advice(for: name) }
    }
}
