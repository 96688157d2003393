extension HookSlot {
    /// Puts beside the hooks what a chained one is run with. Nothing uses it before ours stands in the hook's place.
    func prepareChain() throws(HookError) {
        _ = try HookFiles.makeDirectory(chainDirectory)
        if HookFiles.head(runner) != HookScript.runner { try HookFiles.put(HookScript.runner, at: runner) }
        if try HookFiles.status(link) == nil {
            try HookFiles.makeLink(link, to: "../\(name.rawValue).before-vocero")
        }
    }

    func hasWholeChain() throws(HookError) -> Bool {
        let (runner, link) = (try HookFiles.status(runner), try HookFiles.status(link))
        return runner != nil && link != nil
    }

    /// Takes that away again where no script of ours runs a hook with it any more.
    func tidyChain() throws(HookError) {
        guard try HookFiles.status(chainDirectory) != nil else { return }
        var isUsed = false
        for name in HookName.allCases {
            let slot = HookSlot(directory: directory, name: name)
            if try slot.isChained() { isUsed = true } else { try HookFiles.remove(slot.link) }
        }
        guard !isUsed else { return }
        try HookFiles.remove(runner)
        HookFiles.removeEmptyDirectories(chainDirectory, count: 1)
    }

    private func isChained() throws(HookError) -> Bool {
        guard try HookFiles.status(before) != nil else { return false }
        for path in [hook] + movedAside {
            if case .own = try Self.occupant(of: path) { return true }
        }
        return false
    }
}
