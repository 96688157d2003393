internal import Assistant
package import JSON
internal import Workspace

/// What the tools that change files give.
package struct AppliedEdit: ToolOutput {
    /// A file that was made.
    package struct Created: Sendable, Hashable {
        package let path: String
        package let bytes: Int
    }

    /// One line.
    package let done: String
    package let paths: [String]
    package let created: Created?

    package var json: JSON {
        var members: [String: JSON] = ["done": .string(done), "paths": paths.json]
        if let created {
            members["path"] = .string(created.path)
            members["bytes"] = .integer(created.bytes)
        }
        return .object(members)
    }
}

extension AppliedEdit {
    package init?(json: JSON) {
        guard let done = json["done"]?.string, let paths = json["paths"].flatMap([String].init(json:)) else {
            return nil
        }
        var created: Created?
        if let path = json["path"]?.string, let bytes = json["bytes"]?.integer {
            created = Created(path: path, bytes: bytes)
        }
        self.init(done: done, paths: paths, created: created)
    }

    init(_ applied: AppliedChange, _ plan: PlannedChange) {
        var created: Created?
        if case .create(let path, let text) = plan.edit {
            created = Created(path: path.description, bytes: text.utf8.count)
        }
        self.init(done: applied.summary, paths: applied.paths.map(\.description), created: created)
    }
}
