internal import Files
internal import Glibc
internal import Hashing
internal import SystemPackage

extension Tree {
    func plan(_ edit: WorkspaceEdit) throws(WorkspaceError) -> PlannedChange {
        for path in edit.paths { try checkWritable(path) }
        switch edit {
        case .create(let path, let text):
            try requireAbsent(path)
            return try planned(edit, path, old: nil, new: text)
        case .overwrite(let path, let text):
            return try planned(edit, path, old: try editable(path), new: text)
        case .edit(let path, let replacements):
            let old = try editable(path)
            let new = try TextReplacement.applied(replacements, to: old.text, path)
            return try planned(edit, path, old: old, new: new)
        case .append(let path, let text):
            guard try status(of: path) != nil else {
                try requireAbsent(path)
                return try planned(edit, path, old: nil, new: text)
            }
            let old = try editable(path)
            let needsNewline = !old.text.isEmpty && old.text.utf8.last != UInt8(ascii: "\n")
            return try planned(edit, path, old: old, new: old.text + (needsNewline ? "\n" : "") + text)
        case .move(let from, let to, let overwriting):
            return try plannedMove(edit, from, to, overwriting: overwriting)
        case .delete(let path, let recursive):
            return try plannedDeletion(edit, path, recursive: recursive)
        case .makeDirectory(let path):
            let before = try state(of: path)
            if let before, before.kind != .directory {
                throw WorkspaceError(.fileExists, path, doing: "make")
            }
            if before == nil { try requireAbsent(path) }
            return PlannedChange(
                edit: edit, before: [path: before], after: nil,
                preview: before == nil ? "make directory \(path)\n" : "directory \(path) exists\n", paths: [path],
                content: nil)
        }
    }

    /// Refuses what may be read and not written: `.voceroconfig` anywhere, and the protected files.
    func checkWritable(_ path: WorkspacePath) throws(WorkspaceError) {
        guard !path.isRoot else { throw WorkspaceError(.outside, "The workspace's root itself cannot be changed.") }
        if path.components.contains(where: ConfusableNames.isConfiguration) {
            throw .outside(path.description, "is Vocero's own configuration, which no tool may change")
        }
        let folded = WorkspacePath(trusted: path.components.map(ConfusableNames.folded))
        for kept in protected + closed {
            let kept = WorkspacePath(trusted: kept.components.map(ConfusableNames.folded))
            if folded.isWithin(kept) || kept.isWithin(folded) {
                throw .outside(path.description, "is or holds a file that no tool may change")
            }
        }
        guard !kept.unwritable.isEmpty, let status = try? self.status(of: path) else { return }
        if kept.unwritable.contains(status.identity) {
            throw .outside(path.description, "is a file that no tool may change, under another name")
        }
    }

    private struct Editable {
        let text: String
        let state: FileState
    }

    private func editable(_ path: WorkspacePath) throws(WorkspaceError) -> Editable {
        let content = try content(of: path, limit: WorkspaceLimits.fileSize)
        guard let text = content.text else { throw .notText(path) }
        return Editable(text: text, state: content.state)
    }

    private func planned(
        _ edit: WorkspaceEdit, _ path: WorkspacePath, old: Editable?, new: String
    ) throws(WorkspaceError) -> PlannedChange {
        let bytes = Array(new.utf8)
        guard bytes.count <= WorkspaceLimits.fileSize else { throw .tooLarge(path, limit: WorkspaceLimits.fileSize) }
        guard !bytes.contains(0) else { throw WorkspaceError(.binary, "The text for \(path) holds a NUL.") }
        return PlannedChange(
            edit: edit, before: [path: old?.state], after: ContentHash(of: bytes),
            preview: UnifiedDiff.between(old?.text, new, path: path.description), paths: [path], content: bytes)
    }

    /// Nothing is there, and what is above it, as far as it exists, are directories.
    private func requireAbsent(_ path: WorkspacePath) throws(WorkspaceError) {
        if try status(of: path) != nil { throw WorkspaceError(.fileExists, path, doing: "create") }
        var above = path.parent
        while !above.isRoot {
            if let status = try status(of: above) {
                guard status.isDirectory else { throw WorkspaceError(.notDirectory, above, doing: "create") }
                return
            }
            above = above.parent
        }
    }

    private func plannedMove(
        _ edit: WorkspaceEdit, _ from: WorkspacePath, _ to: WorkspacePath, overwriting: Bool
    ) throws(WorkspaceError) -> PlannedChange {
        guard let source = try state(of: from) else {
            throw WorkspaceError(.noSuchFileOrDirectory, from, doing: "move")
        }
        guard !to.isWithin(from) else {
            throw WorkspaceError(.conflict, "\(from) cannot be moved to or into itself.")
        }
        var paths = [from, to]
        if source.kind == .directory {
            let inside = try contents(of: from).map(\.path)
            for path in inside { try checkWritable(path) }
            paths += inside
        }
        let target = try state(of: to)
        if let target {
            guard overwriting, target.kind == .file, source.kind == .file else {
                throw WorkspaceError(.fileExists, to, doing: "move")
            }
        } else {
            try requireAbsent(to)
        }
        let lost = target.map { " (replaces a file of \($0.size) bytes)" } ?? ""
        return PlannedChange(
            edit: edit, before: [from: source, to: target], after: nil, preview: "rename \(from) -> \(to)\(lost)\n",
            paths: paths, content: nil)
    }

    private func plannedDeletion(
        _ edit: WorkspaceEdit, _ path: WorkspacePath, recursive: Bool
    ) throws(WorkspaceError) -> PlannedChange {
        guard let state = try state(of: path) else {
            throw WorkspaceError(.noSuchFileOrDirectory, path, doing: "delete")
        }
        guard state.kind == .directory else {
            let text = try content(of: path, limit: WorkspaceLimits.undoSize).text
            let shown = text.map { UnifiedDiff.between($0, nil, path: path.description) }
            return PlannedChange(
                edit: edit, before: [path: state], after: nil,
                preview: shown ?? "delete \(path) (\(state.size) bytes, not text)\n", paths: [path], content: nil)
        }
        let inside = try contents(of: path)
        guard inside.isEmpty || recursive else { throw WorkspaceError(.directoryNotEmpty, path, doing: "delete") }
        var before: [WorkspacePath: FileState?] = [path: state]
        var preview = "delete directory \(path)\n"
        var size = 0
        for entry in inside {
            try checkWritable(entry.path)
            let state = try self.state(of: entry.path)
            before[entry.path] = state
            size += state?.size ?? 0
            guard size <= WorkspaceLimits.undoSize else {
                throw WorkspaceError(.tooLarge, "\(path) holds more than could be brought back; delete it by hand.")
            }
            preview += entry.kind == .file ? "delete \(entry.path) (\(state?.size ?? 0) bytes)\n" : ""
        }
        return PlannedChange(
            edit: edit, before: before, after: nil, preview: preview, paths: [path] + inside.map(\.path), content: nil)
    }

    /// Everything below a directory, if it is nothing but files and directories, and not too many.
    func contents(of directory: WorkspacePath) throws(WorkspaceError) -> [Listing.Entry] {
        var entries: [Listing.Entry] = []
        var walk = Walk(self)
        walk.leavesOut = false
        try walk.visit(directory) { found throws(WorkspaceError) in
            guard found.kind == .file || found.kind == .directory else {
                throw WorkspaceError(
                    .outside, "\(found.path) is a link or a device; move or delete \(directory) by hand.")
            }
            guard entries.count < WorkspaceLimits.paths else {
                throw WorkspaceError(
                    .tooLarge, "\(directory) holds more than \(WorkspaceLimits.paths) entries; change it by hand.")
            }
            entries.append(Listing.Entry(path: found.path, kind: found.kind, size: 0))
            return .enter
        }
        guard walk.unnameable == 0, !walk.isTruncated else {
            throw WorkspaceError(
                .outside, "\(directory) holds a repository of its own or names no tool may touch; change it by hand.")
        }
        return entries
    }
}

extension TextReplacement {
    static func applied(
        _ replacements: [TextReplacement], to text: String, _ path: WorkspacePath
    ) throws(WorkspaceError) -> String {
        guard !replacements.isEmpty else { throw WorkspaceError(.invalidRequest, "There is nothing to replace.") }
        var bytes = Array(text.utf8)
        for replacement in replacements { bytes = try replacement.applied(to: bytes, path) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Compares bytes: a passage that only looks the same is not the same.
    private func applied(to bytes: [UInt8], _ path: WorkspacePath) throws(WorkspaceError) -> [UInt8] {
        guard !old.isEmpty else { throw WorkspaceError(.invalidRequest, "The text to replace in \(path) is empty.") }
        let parts = Self.split(bytes, by: Array(old.utf8))
        let found = parts.count - 1
        guard found == count else {
            var hint = "give more of the text around it, or the right count"
            if found == 0 {
                let hasReturns = bytes.contains(UInt8(ascii: "\r")) && !old.utf8.contains(UInt8(ascii: "\r"))
                hint = hasReturns ? "the file's lines end in CR LF" : "read the file and copy the text exactly"
            }
            throw WorkspaceError(.conflict, "The old text occurs \(found) times in \(path), not \(count): \(hint).")
        }
        return Array(parts.joined(separator: Array(new.utf8)))
    }

    private static func split(_ bytes: [UInt8], by separator: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        for range in bytes.ranges(of: separator) {
            parts.append(bytes[start..<range.lowerBound])
            start = range.upperBound
        }
        return parts + [bytes[start...]]
    }
}
