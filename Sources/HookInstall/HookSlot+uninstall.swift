extension HookSlot {
    struct Removal {
        var change: HookChange
        /// How many directories the removed script said were made for it.
        var directoriesMade = 0
    }

    /// Takes our script out of the slot and gives a foreign hook its name back.
    func uninstall() throws(HookError) -> Removal {
        for temporary in temporaries { try HookFiles.remove(temporary) }
        let removal = try takeOut()
        try tidyChain()
        return removal
    }

    private func takeOut() throws(HookError) -> Removal {
        switch try Self.occupant(of: hook) {
        case .own(.installed(_, _, let made), _, isLink: false):
            return Removal(change: try removeOwn(from: hook), directoriesMade: made)
        case .own(.edited, _, _):
            return Removal(
                change: HookChange(
                    name, .kept, "\(hook) was edited after it was installed; remove it yourself if you do not need it"))
        case .own:
            return Removal(
                change: HookChange(
                    name, .kept, "\(hook) was not put there by an installation; remove it yourself if you like"))
        case .nothing:
            if try HookFiles.status(before) != nil {
                try HookFiles.move(before, to: hook)
                return Removal(change: HookChange(name, .removed, "the hook that was there before has its name again"))
            }
            return try takeOutMoved() ?? Removal(change: HookChange(name, .absent))
        case .foreign, .obstacle:
            if let removal = try takeOutMoved() { return removal }
            guard try HookFiles.status(before) != nil else { return Removal(change: HookChange(name, .absent)) }
            if try isHalfChained() || isSuperseded() {
                try HookFiles.remove(before)
                return Removal(change: HookChange(name, .removed))
            }
            return Removal(
                change: HookChange(
                    name, .kept, "another hook took Vocero's place; the one from before is still \(before)"))
        }
    }

    /// Ours under the name another manager gave it; nil when there is none.
    private func takeOutMoved() throws(HookError) -> Removal? {
        for path in movedAside {
            guard case .own(.installed(_, _, let made), _, isLink: false) = try Self.occupant(of: path)
            else { continue }
            if try HookFiles.status(before) != nil, try isHalfChained() || isSuperseded() {
                try HookFiles.remove(path)
                try HookFiles.remove(before)
                return Removal(
                    change: HookChange(name, .removed, "it had been moved to \(path)"), directoriesMade: made)
            }
            let hasBefore = try HookFiles.status(before) != nil
            var change = try removeOwn(from: path)
            let sentence = hasBefore ? "the hook from before Vocero is now \(path)" : "it had been moved to \(path)"
            change = HookChange(name, change.result, sentence)
            return Removal(change: change, directoriesMade: made)
        }
        return nil
    }

    private func removeOwn(from path: String) throws(HookError) -> HookChange {
        guard try HookFiles.status(before) != nil else {
            try HookFiles.remove(path)
            return HookChange(name, .removed)
        }
        // One step: the foreign hook runs before it and after it.
        try HookFiles.move(before, to: path)
        return HookChange(name, .removed, "the hook that was there before has its name again")
    }
}
