/// The synchronous side of ``Workspace``.
struct Tree: Sendable {
    init(
        root: String, protected: [WorkspacePath], isIgnored: @escaping @Sendable (WorkspacePath, Bool) -> Bool
    ) throws(WorkspaceError) { fatalError("contract only") }
    func state(of path: WorkspacePath) throws(WorkspaceError) -> FileState? { fatalError("contract only") }
    func list(_ directory: WorkspacePath, depth: Int, limit: Int) throws(WorkspaceError) -> Listing {
        fatalError("contract only")
    }
    func files(matching glob: Glob, in directory: WorkspacePath, limit: Int) throws(WorkspaceError) -> Listing {
        fatalError("contract only")
    }
    func files(named part: String, in directory: WorkspacePath, limit: Int) throws(WorkspaceError) -> Listing {
        fatalError("contract only")
    }
    func read(_ path: WorkspacePath, lines: ClosedRange<Int>?) throws(WorkspaceError) -> FileText {
        fatalError("contract only")
    }
    func bytes(of path: WorkspacePath) throws(WorkspaceError) -> [UInt8] { fatalError("contract only") }
    func search(_ search: TextSearch) throws(WorkspaceError) -> TextMatches { fatalError("contract only") }
    func plan(_ edit: WorkspaceEdit) throws(WorkspaceError) -> PlannedChange { fatalError("contract only") }
    func apply(_ change: PlannedChange) throws(WorkspaceError) -> AppliedChange { fatalError("contract only") }
    func undo(_ record: UndoRecord) throws(WorkspaceError) -> [WorkspacePath] { fatalError("contract only") }
}
