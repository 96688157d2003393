internal import Files
internal import Glibc
internal import Hashing

extension Tree {
    func undo(_ record: UndoRecord) throws(WorkspaceError) -> [WorkspacePath] {
        for step in record.steps { try checkWritable(step.path) }
        var moved = Set<WorkspacePath>()
        for step in record.steps {
            // What an earlier step will move or make cannot be looked at yet.
            if case .moveBack(let from, let to, _) = step { moved.formUnion([from, to]) }
            if !moved.contains(step.path) { try checkUnchanged(step) }
        }
        var paths: [WorkspacePath] = []
        for step in record.steps {
            if Task.isCancelled { throw .wasCancelled }
            if try carryOut(step) { paths.append(step.path) }
        }
        return paths
    }

    /// What the step will touch is as the change left it, or as the step would leave it.
    private func checkUnchanged(_ step: UndoRecord.Step) throws(WorkspaceError) {
        switch step {
        case .removeFile(let path, let hash):
            guard let state = try state(of: path) else { return }
            guard state.hash?.description == hash else { throw .changed(path) }
        case .restoreFile(let path, let content, _, let replacing):
            let hash = try state(of: path)?.hash?.description
            guard hash == replacing || hash == ContentHash(of: content).description else { throw .changed(path) }
        case .moveBack, .removeDirectory, .makeDirectory: return
        }
    }

    /// - Returns: Whether anything had to be done.
    private func carryOut(_ step: UndoRecord.Step) throws(WorkspaceError) -> Bool {
        var ignored = UndoSteps()
        switch step {
        case .removeFile(let path, _):
            guard try status(of: path) != nil else { return false }
            try remove(path, &ignored)
        case .restoreFile(let path, let content, let mode, _):
            guard try status(of: path) != nil else {
                try write(content, to: path, replacing: nil, mode: mode, &ignored)
                return true
            }
            let now = try self.content(of: path, limit: WorkspaceLimits.undoSize)
            guard now.bytes != content || now.mode != mode else { return false }
            let old = FileContent(bytes: now.bytes, mode: mode, owner: now.owner, group: now.group)
            try write(content, to: path, replacing: old, &ignored)
        case .moveBack(let from, let to, let hash):
            if let hash, try state(of: to)?.hash?.description == hash { return false }
            guard try status(of: from) != nil else {
                guard try status(of: to) != nil else { throw .changed(from) }
                return false
            }
            try move(from, to, hash: hash, overwritten: nil, &ignored)
        case .removeDirectory(let path):
            do {
                try remove(path, &ignored)
            } catch {
                // Someone put something there since, or it is gone already: both are fine.
                guard error.kind == .directoryNotEmpty || error.kind == .conflict else { throw error }
                return false
            }
        case .makeDirectory(let path, let mode):
            try makeDirectories(path, mode: mode, &ignored)
        }
        return true
    }
}

extension UndoRecord.Step {
    /// The path it changes.
    var path: WorkspacePath {
        switch self {
        case .removeFile(let path, _), .restoreFile(let path, _, _, _), .removeDirectory(let path),
            .makeDirectory(let path, _):
            path
        case .moveBack(let from, _, _): from
        }
    }
}
