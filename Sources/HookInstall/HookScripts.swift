/// Our scripts in one hooks directory.
struct HookScripts: Sendable {
    let directory: String
    /// The directory holds nothing of anybody else's.
    var isPrivate = false

    func install(_ names: [HookName], program: String) throws(HookError) -> [HookChange] {
        let made = try max(HookFiles.makeDirectory(directory, mode: isPrivate ? 0o700 : 0o777), directoriesMade())
        var changes: [HookChange] = []
        for name in names {
            if Task.isCancelled { throw HookError(.cancelled, "Interrupted; the hooks named so far are installed.") }
            changes.append(
                try HookSlot(directory: directory, name: name).install(program: program, directoriesMade: made))
        }
        return changes
    }

    func uninstall(_ names: [HookName]) throws(HookError) -> [HookChange] {
        var changes: [HookChange] = []
        var made = 0
        for name in names {
            if Task.isCancelled { throw HookError(.cancelled, "Interrupted; the hooks named so far are removed.") }
            let removal = try HookSlot(directory: directory, name: name).uninstall()
            changes.append(removal.change)
            made = max(made, removal.directoriesMade)
        }
        HookFiles.removeEmptyDirectories(directory, count: made)
        return changes
    }

    /// Removes nothing, and says what that leaves.
    func sparing(_ names: [HookName]) throws(HookError) -> [HookChange] {
        var changes: [HookChange] = []
        for name in names {
            let hook = HookSlot(directory: directory, name: name).hook
            if case .own = try HookSlot.occupant(of: hook) {
                let sentence = "\(hook) may serve other repositories too; --shared removes it"
                changes.append(HookChange(name, .kept, sentence))
            } else {
                changes.append(HookChange(name, .absent))
            }
        }
        return changes
    }

    /// What the scripts that are there already say: whoever is removed last takes the directory along.
    private func directoriesMade() throws(HookError) -> Int {
        var most = 0
        for name in HookName.allCases {
            let slot = HookSlot(directory: directory, name: name)
            for path in [slot.hook] + slot.movedAside {
                guard case .own(.installed(_, _, let made), _, _) = try HookSlot.occupant(of: path) else { continue }
                most = max(most, made)
            }
        }
        return most
    }
}
