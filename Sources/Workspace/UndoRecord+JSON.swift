internal import FoundationEssentials
package import JSON

extension UndoRecord {
    /// `[{"step":"removeFile","path":…,"hash":…},…]`; content is `text` where it is UTF-8 without NUL, else `base64`.
    package var json: JSON { .array(steps.map(\.json)) }

    /// Reads what ``json`` wrote; nil when it is something else, or names a path that no workspace accepts.
    package init?(json: JSON) {
        guard case .array(let items) = json else { return nil }
        var steps: [Step] = []
        for item in items {
            guard let step = Step(json: item) else { return nil }
            steps.append(step)
        }
        self.init(steps: steps)
    }
}

extension UndoRecord.Step {
    fileprivate var json: JSON {
        switch self {
        case .removeFile(let path, let hash):
            ["step": "removeFile", "path": .string(path.description), "hash": .string(hash)]
        case .restoreFile(let path, let content, let mode, let replacing):
            .object([
                "step": "restoreFile", "path": .string(path.description), "mode": .integer(Int(mode)),
                "replacing": .optional(replacing), "content": Self.json(of: content),
            ])
        case .moveBack(let from, let to, let hash):
            [
                "step": "moveBack", "path": .string(from.description), "to": .string(to.description),
                "hash": .optional(hash),
            ]
        case .removeDirectory(let path):
            ["step": "removeDirectory", "path": .string(path.description)]
        case .makeDirectory(let path, let mode):
            ["step": "makeDirectory", "path": .string(path.description), "mode": .integer(Int(mode))]
        }
    }

    fileprivate init?(json: JSON) {
        guard let text = json["path"]?.string, let path = try? WorkspacePath(text) else { return nil }
        let mode = json["mode"]?.integer.flatMap { UInt32(exactly: $0) }.map { $0 & 0o777 }
        switch json["step"]?.string {
        case "removeFile":
            guard let hash = json["hash"]?.string else { return nil }
            self = .removeFile(path, hash: hash)
        case "restoreFile":
            guard let mode, let content = json["content"].flatMap(Self.content) else { return nil }
            self = .restoreFile(path, content: content, mode: mode, replacing: json["replacing"]?.string)
        case "moveBack":
            guard let text = json["to"]?.string, let target = try? WorkspacePath(text) else { return nil }
            self = .moveBack(from: path, to: target, hash: json["hash"]?.string)
        case "removeDirectory": self = .removeDirectory(path)
        case "makeDirectory":
            guard let mode else { return nil }
            self = .makeDirectory(path, mode: mode)
        default: return nil
        }
    }

    /// PostgreSQL's `jsonb` takes neither NUL nor invalid UTF-8.
    private static func json(of content: [UInt8]) -> JSON {
        if !content.contains(0), let text = String(validating: content, as: UTF8.self) {
            return ["text": .string(text)]
        }
        return ["base64": .string(Data(content).base64EncodedString())]
    }

    private static func content(of json: JSON) -> [UInt8]? {
        if let text = json["text"]?.string { return Array(text.utf8) }
        return json["base64"]?.string.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    }
}
