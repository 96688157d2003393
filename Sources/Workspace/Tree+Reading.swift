internal import Hashing

extension Tree {
    func bytes(of path: WorkspacePath) throws(WorkspaceError) -> [UInt8] {
        try content(of: path, limit: WorkspaceLimits.fileSize).bytes
    }

    func read(_ path: WorkspacePath, lines: ClosedRange<Int>?) throws(WorkspaceError) -> FileText {
        let content = try content(of: path, limit: WorkspaceLimits.fileSize)
        guard let whole = content.text else { throw .notText(path) }
        // Decided on the whole, also where a part is asked for.
        let text = shown(whole)
        let bytes = Array(text.utf8)
        let starts = Lines.starts(in: bytes)
        guard let lines else {
            return FileText(
                path: path, text: text, firstLine: 1, lastLine: starts.count, lineCount: starts.count,
                size: content.bytes.count, hash: ContentHash(of: content.bytes))
        }
        let first = max(1, lines.lowerBound)
        let last = min(starts.count, lines.upperBound)
        var part = ""
        if first <= last {
            let end = last < starts.count ? starts[last] : bytes.count
            part = String(decoding: bytes[starts[first - 1]..<end], as: UTF8.self)
        }
        return FileText(
            path: path, text: part, firstLine: first, lastLine: max(last, first - 1), lineCount: starts.count,
            size: content.bytes.count, hash: ContentHash(of: content.bytes))
    }
}

/// Lines of bytes; a line ends with its newline.
enum Lines {
    /// Where each line starts; a newline at the very end starts none.
    static func starts(in bytes: [UInt8]) -> [Int] {
        var starts = bytes.isEmpty ? [] : [0]
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") && index + 1 < bytes.count {
            starts.append(index + 1)
        }
        return starts
    }
}
