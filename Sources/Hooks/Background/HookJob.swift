package import Git
package import HookInstall
package import JSON

/// Work that a hook leaves for the background. Everything is said by id: what HEAD is then does not matter.
package enum HookJob: Sendable, Hashable {
    /// Remember a commit.
    case record(commit: ObjectID, branch: String?)
    /// Say what came in.
    case incoming(IncomingRange, hook: HookName)

    package var json: JSON {
        switch self {
        case .record(let commit, let branch):
            ["kind": "record", "commit": .string(commit.hex), "branch": .optional(branch)]
        case .incoming(let range, let hook):
            [
                "kind": "incoming", "hook": .string(hook.rawValue), "branch": .optional(range.branch),
                "from": .string(range.from.hex), "to": .string(range.to.hex),
                "own": .array(range.own.map { .string($0.hex) }),
            ]
        }
    }

    package init?(_ json: JSON) {
        let branch = json["branch"]?.string
        let id = { (key: String) in json[key]?.string.flatMap { ObjectID(hex: $0) } }
        switch json["kind"]?.string {
        case "record":
            guard let commit = id("commit") else { return nil }
            self = .record(commit: commit, branch: branch)
        case "incoming":
            guard let from = id("from"), let to = id("to"),
                let hook = json["hook"]?.string.flatMap(HookName.init(rawValue:))
            else { return nil }
            let own = json["own"]?.array?.compactMap { $0.string.flatMap { ObjectID(hex: $0) } } ?? []
            self = .incoming(IncomingRange(branch: branch, from: from, to: to, own: own), hook: hook)
        default: return nil
        }
    }
}
