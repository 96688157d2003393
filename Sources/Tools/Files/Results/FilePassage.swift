internal import Assistant
package import JSON
internal import Workspace

/// What ``FileRead`` gives: lines of a text file.
package struct FilePassage: ToolOutput {
    package let path: String
    package let text: String
    /// From 1.
    package let firstLine: Int
    package let lastLine: Int
    /// Of the whole file.
    package let totalLines: Int

    package var json: JSON {
        [
            "path": .string(path), "text": .string(text), "first_line": .integer(firstLine),
            "last_line": .integer(lastLine), "total_lines": .integer(totalLines),
        ]
    }
}

extension FilePassage {
    package init?(json: JSON) {
        guard let path = json["path"]?.string, let text = json["text"]?.string,
            let firstLine = json["first_line"]?.integer, let lastLine = json["last_line"]?.integer,
            let totalLines = json["total_lines"]?.integer
        else { return nil }
        self.init(path: path, text: text, firstLine: firstLine, lastLine: lastLine, totalLines: totalLines)
    }

    init(_ text: FileText) {
        self.init(
            path: text.path.description, text: text.text, firstLine: text.firstLine, lastLine: text.lastLine,
            totalLines: text.lineCount)
    }
}
