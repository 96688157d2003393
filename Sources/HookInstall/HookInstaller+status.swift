internal import Git

extension HookInstaller {
    /// Looks at what runs in the repository.
    ///
    /// - Throws: `notFound` outside a repository.
    package func status() async throws(HookError) -> HookStatus {
        let (place, git) = try await HooksDirectory.find(git(directory))
        let version = try await version(git)
        let switched = try await git.run(["config", "--type=bool", "--get", "vocero.hooks"])
        let ofRepository = try await HookConfiguration(git: git, scope: .repository).entries()
        let ofUser = try await HookConfiguration(git: git, scope: .user).entries()
        let configured = version.hasConfiguredHooks ? try await ConfiguredHooks.read(git) : nil
        var hooks: [HookStatus.Hook] = []
        for name in HookName.allCases {
            var steps: [HookStatus.Step] = []
            for hook in configured?.running(name) ?? [] where hook.name != HookConfiguration.name(name) {
                steps.append(foreign(hook))
            }
            // The repository's section and the user's are one to git, and the repository's wins.
            if let entry = ofRepository[name] ?? ofUser[name] {
                let kind: HookStatus.Step.Kind = ofRepository[name] == nil ? .userConfiguration : .configuration
                let running = configured?.running(name).map(\.name) ?? []
                let position = running.firstIndex(of: HookConfiguration.name(name)) ?? 0
                steps.insert(try step(name, entry, kind, version), at: position)
            }
            if configured?.isSwitchedOff(name) ?? false {
                for index in steps.indices { steps[index].stop("switched off by hook.\(name.rawValue).enabled") }
            }
            // What is configured runs before what is in the hooks directory.
            steps += try self.steps(HookSlot(directory: place.path, name: name))
            hooks.append(HookStatus.Hook(name: name, steps: steps))
        }
        return HookStatus(
            gitVersion: version, directory: place, isSwitchedOff: switched.line == "false",
            managers: try place.workTree.map { (top) throws(HookError) in try HookManager.found(in: top) } ?? [],
            hooks: hooks)
    }

    private func step(
        _ name: HookName, _ entry: HookConfiguration.Entry, _ kind: HookStatus.Step.Kind, _ version: GitVersion
    ) throws(HookError) -> HookStatus.Step {
        let command = entry.commands.last ?? ""
        guard let script = HookConfiguration.script(of: command) else {
            return HookStatus.Step(kind: kind, path: command, remarks: ["edited"])
        }
        var step = HookStatus.Step(kind: kind, path: script)
        if case .own(let identity, let isExecutable, _) = try HookSlot.occupant(of: script) {
            describe(&step, identity, isExecutable: isExecutable)
        } else {
            step.stop("its script is missing: install again")
        }
        if entry.events != [name.rawValue] { step.stop("has no event: install again") }
        if let enabled = entry.others["enabled"], !ConfiguredHooks.isTrue(enabled) {
            step.stop("switched off by \(HookConfiguration.section(name)).enabled")
        }
        if !version.hasConfiguredHooks {
            step.stop("git \(version) does not know hooks by configuration: install again")
        }
        return step
    }

    private func foreign(_ hook: ConfiguredHooks.Hook) -> HookStatus.Step {
        var step = HookStatus.Step(kind: .foreign, path: hook.command, remarks: ["hook.\(hook.name)"])
        if !hook.isEnabled { step.stop("switched off") }
        return step
    }

    /// What the script in the hooks directory comes to.
    private func steps(_ slot: HookSlot) throws(HookError) -> [HookStatus.Step] {
        switch try HookSlot.occupant(of: slot.hook) {
        case .nothing, .obstacle: return try before(slot, isCalled: false)
        case .own(let identity, let isExecutable, _):
            var own = HookStatus.Step(kind: .script, path: slot.hook)
            describe(&own, identity, isExecutable: isExecutable)
            return try before(slot, isCalled: isExecutable) + [own]
        case .foreign(let isExecutable):
            var foreign = HookStatus.Step(kind: .foreign, path: slot.hook)
            if !isExecutable { foreign.stop("not executable") }
            let own = try moved(slot)
            var steps = try before(slot, isCalled: own?.runs ?? false)
            if slot.isSuperseded() { steps = steps.map { $0.stopped("its manager has installed a newer one") } }
            // pre-commit runs what it moved before anything of its own.
            return steps + [own].compactMap(\.self) + [foreign]
        }
    }

    private func before(_ slot: HookSlot, isCalled: Bool) throws(HookError) -> [HookStatus.Step] {
        switch try HookSlot.occupant(of: slot.before) {
        case .nothing: return []
        case .own(_, let isExecutable, _), .foreign(let isExecutable):
            var step = HookStatus.Step(kind: .foreign, path: slot.before)
            if !isExecutable || !isCalled { step.stop(isExecutable ? "nothing calls it" : "not executable") }
            if step.runs, try !slot.hasWholeChain() {
                step.stop("\(slot.chainDirectory) is not whole: install again")
            }
            return [step]
        case .obstacle: return []
        }
    }

    private func moved(_ slot: HookSlot) throws(HookError) -> HookStatus.Step? {
        for path in slot.movedAside {
            guard case .own(let identity, let isExecutable, _) = try HookSlot.occupant(of: path) else { continue }
            var own = HookStatus.Step(kind: .script, path: path)
            describe(&own, identity, isExecutable: isExecutable)
            if path.hasSuffix(".legacy") {
                own.remarks.append("moved there by pre-commit, which runs it")
            } else {
                own.stop("moved there by lefthook, which does not run it: install again")
            }
            return own
        }
        return nil
    }

    private func describe(
        _ step: inout HookStatus.Step, _ identity: HookScriptIdentity, isExecutable: Bool
    ) {
        switch identity {
        case .foreign: break
        case .installed(let version, let program, _):
            step.version = version
            step.program = program
            if !HookFiles.isExecutable(program) { step.stop("\(program) is gone: install again") }
            if version < HookScript.version { step.remarks.append("older than this program: install again") }
        case .copied(let version):
            step.version = version
            step.remarks.append("copied by hand; looks for vocero in PATH")
        case .edited(let version):
            step.version = version
            step.remarks.append("edited")
        }
        if !isExecutable { step.stop("not executable") }
    }
}

extension HookStatus.Step {
    /// It does not run, and that is the only reason.
    fileprivate func stopped(_ remark: String) -> HookStatus.Step {
        var step = self
        step.runs = false
        step.remarks = [remark]
        return step
    }

    /// It does not run, and that is why.
    fileprivate mutating func stop(_ remark: String) {
        runs = false
        remarks.append(remark)
    }
}
