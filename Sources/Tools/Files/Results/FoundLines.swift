internal import Assistant
package import JSON
internal import Workspace

/// What ``FileSearch`` gives.
package struct FoundLines: ToolOutput {
    package struct Match: ToolOutput {
        package let path: String
        /// From 1.
        package let line: Int
        package let text: String

        package var json: JSON { ["path": .string(path), "line": .integer(line), "text": .string(text)] }
    }

    package let matches: [Match]
    package let hasMore: Bool

    package var json: JSON { ["matches": matches.json, "more": .bool(hasMore)] }
}

extension FoundLines {
    package init?(json: JSON) {
        guard let matches = json["matches"].flatMap([Match].init(json:)), let hasMore = json["more"]?.bool else {
            return nil
        }
        self.init(matches: matches, hasMore: hasMore)
    }

    init(_ found: TextMatches) {
        self.init(
            matches: found.matches.map { Match(path: $0.path.description, line: $0.line, text: $0.text) },
            hasMore: found.isTruncated)
    }
}

extension FoundLines.Match {
    package init?(json: JSON) {
        guard let path = json["path"]?.string, let line = json["line"]?.integer, let text = json["text"]?.string
        else { return nil }
        self.init(path: path, line: line, text: text)
    }
}
