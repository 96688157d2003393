internal import Files
internal import Glibc
internal import Hashing
internal import SystemPackage

extension Tree {
    func apply(_ change: PlannedChange) throws(WorkspaceError) -> AppliedChange {
        if Task.isCancelled { throw .wasCancelled }
        for path in change.paths { try checkWritable(path) }
        try checkUnchanged(change)
        var undo = UndoSteps()
        let summary: String
        do {
            summary = try carryOut(change, &undo)
        } catch {
            // Half a change is none: what was done is taken back, and the reason it stopped is reported.
            _ = try? self.undo(UndoRecord(steps: undo.steps))
            throw error
        }
        return AppliedChange(paths: change.paths, summary: summary, undo: UndoRecord(steps: undo.steps))
    }

    /// Everything is as it was when the change was planned.
    private func checkUnchanged(_ change: PlannedChange) throws(WorkspaceError) {
        for (path, before) in change.before {
            guard try state(of: path) == before else {
                if before == nil { throw WorkspaceError(.fileExists, path, doing: "create") }
                throw .changed(path)
            }
        }
        if case .delete(let path, _) = change.edit, change.before[path]??.kind == .directory {
            guard Set(try contents(of: path).map(\.path) + [path]) == Set(change.paths) else { throw .changed(path) }
        }
    }

    private func carryOut(_ change: PlannedChange, _ undo: inout UndoSteps) throws(WorkspaceError) -> String {
        switch change.edit {
        case .create(let path, _), .overwrite(let path, _), .edit(let path, _), .append(let path, _):
            let bytes = change.content ?? []
            let old = try change.before[path].flatMap { $0 } == nil ? nil : replaced(path)
            try write(bytes, to: path, replacing: old, &undo)
            return "\(old == nil ? "created" : "changed") \(path) (\(Lines.starts(in: bytes).count) lines)"
        case .move(let from, let to, _):
            let overwritten = try change.before[to].flatMap { $0 } == nil ? nil : replaced(to)
            let hash = change.before[from]??.hash?.description
            try move(from, to, hash: hash, overwritten: overwritten, &undo)
            return "moved \(from) to \(to)"
        case .delete(let path, _):
            // What lies deepest goes first.
            for path in change.paths.sorted().reversed() { try remove(path, &undo) }
            return change.paths.count == 1
                ? "deleted \(path)" : "deleted \(path) with \(change.paths.count - 1) entries"
        case .makeDirectory(let path):
            let count = undo.steps.count
            try makeDirectories(path, &undo)
            return undo.steps.count == count ? "directory \(path) exists already" : "made directory \(path)"
        }
    }

    private func replaced(_ path: WorkspacePath) throws(WorkspaceError) -> FileContent {
        try content(of: path, limit: WorkspaceLimits.undoSize)
    }

    /// Writes a file; `old` is what it replaces, nil for a new one.
    func write(
        _ bytes: [UInt8], to path: WorkspacePath, replacing old: FileContent?, mode: mode_t? = nil,
        _ undo: inout UndoSteps
    ) throws(WorkspaceError) {
        try makeDirectories(path.parent, &undo)
        let directory = try openDirectory(path.parent)
        do {
            if let old {
                try WholeFile.replace(path.name, with: bytes, keeping: old, in: directory)
            } else {
                try WholeFile.create(bytes, as: path.name, in: directory, mode: mode)
            }
        } catch {
            throw WorkspaceError(error.code, path, doing: "write")
        }
        let hash = ContentHash(of: bytes).description
        if let old {
            undo.add(.restoreFile(path, content: old.bytes, mode: old.mode, replacing: hash))
        } else {
            undo.add(.removeFile(path, hash: hash))
        }
    }

    func move(
        _ from: WorkspacePath, _ to: WorkspacePath, hash: String?, overwritten: FileContent?, _ undo: inout UndoSteps
    ) throws(WorkspaceError) {
        try makeDirectories(to.parent, &undo)
        let source = try openDirectory(from.parent)
        let target = try openDirectory(to.parent)
        do {
            try Rename.rename(from.name, in: source, to: to.name, in: target, overwriting: overwritten != nil)
            try source.synchronize()
            try target.synchronize()
        } catch {
            throw WorkspaceError(error.code, error.code == .fileExists ? to : from, doing: "move")
        }
        if let overwritten {
            undo.add(.restoreFile(to, content: overwritten.bytes, mode: overwritten.mode, replacing: nil))
        }
        undo.add(.moveBack(from: to, to: from, hash: hash))
    }

    func remove(_ path: WorkspacePath, _ undo: inout UndoSteps) throws(WorkspaceError) {
        guard let status = try status(of: path) else { throw .changed(path) }
        let directory = try openDirectory(path.parent)
        let content = status.isDirectory ? nil : try replaced(path)
        do {
            try directory.remove(path.name, isDirectory: status.isDirectory)
            try directory.synchronize()
        } catch {
            throw WorkspaceError(error.code, path, doing: "delete")
        }
        if let content {
            undo.add(.restoreFile(path, content: content.bytes, mode: content.mode, replacing: nil))
        } else {
            undo.add(.makeDirectory(path, mode: status.permissions & 0o777))
        }
    }

    /// Makes a directory and those above it, each beneath the one before.
    func makeDirectories(_ path: WorkspacePath, mode: mode_t = 0o777, _ undo: inout UndoSteps) throws(WorkspaceError) {
        guard !path.isRoot, try status(of: path)?.isDirectory != true else { return }
        try makeDirectories(path.parent, &undo)
        let directory = try openDirectory(path.parent)
        let isNew: Bool
        do {
            isNew = try directory.makeDirectory(path.name, permissions: mode)
        } catch {
            throw WorkspaceError(error.code, path, doing: "make")
        }
        guard isNew else {
            if try status(of: path)?.isDirectory == true { return }
            throw WorkspaceError(.notDirectory, path, doing: "make")
        }
        undo.add(.removeDirectory(path))
        do { try directory.synchronize() } catch { throw WorkspaceError(error.code, path, doing: "make") }
    }
}

/// The steps that take back what was done, the last one first.
struct UndoSteps {
    private(set) var steps: [UndoRecord.Step] = []

    mutating func add(_ step: UndoRecord.Step) { steps.insert(step, at: 0) }
}
