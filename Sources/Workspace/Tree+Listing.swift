internal import Files

extension Tree {
    func list(_ directory: WorkspacePath, depth: Int, limit: Int) throws(WorkspaceError) -> Listing {
        try listing(of: directory, depth: min(max(1, depth), WorkspaceLimits.depth), limit: limit) { _ in true }
    }

    func files(
        matching glob: Glob, in directory: WorkspacePath, limit: Int
    ) throws(WorkspaceError) -> Listing {
        try listing(of: directory, limit: limit) { $0.kind == .file && glob.matches($0.path) }
    }

    func files(named part: String, in directory: WorkspacePath, limit: Int) throws(WorkspaceError) -> Listing {
        guard !part.isEmpty else { throw WorkspaceError(.invalidRequest, "There is no name to look for.") }
        let wanted = part.lowercased()
        return try listing(of: directory, limit: limit) { $0.path.name.lowercased().contains(wanted) }
    }

    private func listing(
        of directory: WorkspacePath, depth: Int = WorkspaceLimits.depth, limit: Int,
        where isWanted: (Walk.Found) -> Bool
    ) throws(WorkspaceError) -> Listing {
        var listing = Listing()
        var walk = Walk(self, depth: depth)
        try walk.visit(directory) { found throws(WorkspaceError) in
            guard isWanted(found) else { return .enter }
            guard listing.entries.count < limit else {
                listing.isTruncated = true
                return .stop
            }
            listing.entries.append(Listing.Entry(path: found.path, kind: found.kind, size: size(of: found)))
            return .enter
        }
        listing.isTruncated = listing.isTruncated || walk.isTruncated
        listing.unnameable = walk.unnameable
        return listing
    }

    private func size(of found: Walk.Found) -> Int {
        guard found.kind == .file, let status = try? found.directory.status(of: found.path.name) else { return 0 }
        return status.size
    }
}
