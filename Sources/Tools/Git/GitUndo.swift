internal import Assistant
package import JSON

/// What takes a change of the repository back; kept with its call.
package enum GitUndo: ToolOutput {
    /// Of a commit: where HEAD was before.
    case commit(id: String, head: HeadPlace)
    /// Of a new branch: gone again, if it still stands there.
    case branch(name: String, commit: String)
    /// Of a checkout: where HEAD was before.
    case checkout(head: HeadPlace)
    /// Of a new tag.
    case tag(name: String, commit: String)

    var kind: UndoKind {
        switch self {
        case .commit: .commit
        case .branch: .branch
        case .checkout: .checkout
        case .tag: .tag
        }
    }

    package var json: JSON {
        let kind = JSON.string(kind.name)
        return switch self {
        case .commit(let id, let head): ["kind": kind, "commit": .string(id), "head": head.json]
        case .checkout(let head): ["kind": kind, "head": head.json]
        case .branch(let name, let commit), .tag(let name, let commit):
            ["kind": kind, "name": .string(name), "commit": .string(commit)]
        }
    }

    package init?(json: JSON) {
        guard let kind = json["kind"]?.string.map(UndoKind.init) else { return nil }
        let head = json["head"].flatMap(HeadPlace.init(json:))
        switch (kind, json["name"]?.string, json["commit"]?.string, head) {
        case (.commit, _, let id?, let head?): self = .commit(id: id, head: head)
        case (.checkout, _, _, let head?): self = .checkout(head: head)
        case (.branch, let name?, let commit?, _): self = .branch(name: name, commit: commit)
        case (.tag, let name?, let commit?, _): self = .tag(name: name, commit: commit)
        default: return nil
        }
    }
}

extension UndoKind {
    static let commit = UndoKind("commit")
    static let branch = UndoKind("branch")
    static let checkout = UndoKind("checkout")
    static let tag = UndoKind("tag")
}
