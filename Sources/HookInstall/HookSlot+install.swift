extension HookSlot {
    /// Puts our script in the slot. A foreign hook gets its second name before ours takes its place, so that it runs
    /// whenever this ends.
    func install(program: String, directoriesMade: Int) throws(HookError) -> HookChange {
        let script = HookScript(name, program: program, directoriesMade: directoriesMade)
        for temporary in temporaries { try HookFiles.remove(temporary) }
        switch try Self.occupant(of: hook) {
        case .nothing:
            let hasBefore = try HookFiles.status(before) != nil
            if hasBefore { try prepareChain() } else { try tidyChain() }
            try HookFiles.put(script.bytes, at: hook)
            let sentence = "runs \(name.rawValue).before-vocero of an earlier installation first"
            return HookChange(name, .installed, hasBefore ? sentence : nil)
        case .own(let identity, let isExecutable, let isLink):
            return try refresh(script, over: identity, isExecutable: isExecutable, isLink: isLink)
        case .foreign(let isExecutable):
            if let change = try refreshMoved(script) { return change }
            return try chain(script, isExecutable: isExecutable)
        case .obstacle:
            return HookChange(name, .refused, "\(hook) is no file; move it away and install again.")
        }
    }

    private func refresh(
        _ script: HookScript, over identity: HookScriptIdentity, isExecutable: Bool, isLink: Bool
    ) throws(HookError) -> HookChange {
        switch identity {
        case .foreign: return try chain(script, isExecutable: isExecutable)
        case .edited:
            return HookChange(
                name, .refused,
                "\(hook) is Vocero's and was edited, so it is not replaced; move it away and install again.")
        case .installed(let version, _, _), .copied(let version):
            if version > HookScript.version {
                return HookChange(
                    name, .refused,
                    "\(hook) was installed by a newer Vocero (script version \(version), this one has "
                        + "\(HookScript.version)); upgrade this one, or uninstall with that one.")
            }
            if isLink {
                return HookChange(
                    name, .kept, "\(hook) is a link to a script of Vocero's, which looks for vocero in PATH")
            }
            if try HookFiles.status(before) != nil { try prepareChain() } else { try tidyChain() }
            if isExecutable, HookFiles.head(hook) == script.bytes { return HookChange(name, .unchanged) }
            try HookFiles.put(script.bytes, at: hook)
            return HookChange(name, .updated)
        }
    }

    /// Ours where pre-commit moved it, from where it runs: in its old place it would run twice. Nil when there is none.
    private func refreshMoved(_ script: HookScript) throws(HookError) -> HookChange? {
        let path = movedAside[0]
        guard case .own(.installed(let version, _, _), let isExecutable, isLink: false) = try Self.occupant(of: path),
            version <= HookScript.version
        else { return nil }
        if try HookFiles.status(before) != nil { try prepareChain() }
        let isSame = isExecutable && HookFiles.head(path) == script.bytes
        if !isSame { try HookFiles.put(script.bytes, at: path) }
        return HookChange(name, isSame ? .unchanged : .updated, "pre-commit moved it to \(path) and runs it from there")
    }

    private func chain(_ script: HookScript, isExecutable: Bool) throws(HookError) -> HookChange {
        let hasBefore = try HookFiles.status(before) != nil
        let isReplaced = hasBefore && isSuperseded()
        if hasBefore, !isReplaced, try !isHalfChained() {
            return HookChange(
                name, .refused,
                "\(before) exists already and is not the hook that is there now; move one of them away and install "
                    + "again.")
        }
        try prepareChain()
        if isReplaced { try HookFiles.remove(before) }
        if !hasBefore || isReplaced { try HookFiles.name(hook, also: before) }
        try HookFiles.put(script.bytes, at: hook)
        // What lefthook moved away does not run; ours is back where it does.
        if case .own(.installed, _, isLink: false) = try Self.occupant(of: movedAside[1]) {
            try HookFiles.remove(movedAside[1])
        }
        let sentence =
            isExecutable
            ? "runs the hook that was there first"
            : "the hook that was there is not executable: it is kept, and not run"
        return HookChange(name, .installed, sentence)
    }
}
