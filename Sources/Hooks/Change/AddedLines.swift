internal import Counting

/// The lines that a patch adds to one file, as one text.
struct AddedLines {
    let path: String
    private(set) var text = ""
    /// Of each line of the text, where it begins and its number in the file.
    private var lines: [(start: Int, number: Int)] = []

    private init(path: String) { self.path = path }

    func lineNumber(atByte offset: Int) -> Int { lines.last { $0.start <= offset }?.number ?? 1 }

    static func read(_ patch: String) -> [AddedLines] {
        var files: [AddedLines] = []
        var number = 0
        var isInHunk = false
        for line in patch.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("diff --git ") {
                isInHunk = false
            } else if !isInHunk, line.hasPrefix("+++ ") {
                files.append(AddedLines(path: path(ofHeader: line.dropFirst(4))))
            } else if line.hasPrefix("@@ ") {
                isInHunk = true
                number = firstLine(ofHunk: line)
            } else if isInHunk, let last = files.indices.last {
                if line.hasPrefix("+") {
                    files[last].lines.append((files[last].text.utf8.count, number))
                    files[last].text += line.dropFirst() + "\n"
                }
                if line.hasPrefix("+") || line.hasPrefix(" ") { number = number.adding(saturating: 1) }
            }
        }
        return files
    }

    private static func path(ofHeader text: Substring) -> String {
        var name = text.hasSuffix("\t") ? text.dropLast() : text
        if name.hasPrefix("\""), name.hasSuffix("\"") { name = name.dropFirst().dropLast() }
        return String(name.hasPrefix("b/") ? name.dropFirst(2) : name)
    }

    /// Of `@@ -1,2 +3,4 @@`, 3.
    private static func firstLine(ofHunk line: Substring) -> Int {
        let plus = line.split(separator: " ").first { $0.hasPrefix("+") } ?? "+1"
        return Int(plus.dropFirst().prefix { $0 != "," }) ?? 1
    }
}
