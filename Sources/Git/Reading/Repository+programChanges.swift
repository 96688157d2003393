/// What hooks read, through the git program, for repositories that libgit2 cannot open.
extension Repository {
    func programChanges(
        _ range: ChangeRange, largest: Int, select: @Sendable ([ChangeEntry]) -> [ContentWanted]
    ) async throws(GitError) -> [ChangeRead] {
        let front = ["diff", "--no-ext-diff", "--no-textconv", "--no-color", "--find-renames", "-l400", "--no-abbrev"]
        let back = try await programSides(of: range)
        var listed = try await program.run(front + ["--raw", "-z"] + back)
        if !listed.isSuccess {
            // Renames are found by content, which a partial clone may not have here.
            listed = try await program.output(
                front + ["--no-renames", "--raw", "-z"] + back, doing: "compare the files")
        }
        let raw = RawChanges(listed.bytes).files
        let sizes = try await programSizes(raw)
        let entries = try await programAttributes(raw, sizes)
        let wanted = select(entries)
        let size = { (entry: ChangeEntry) in if let id = entry.newID ?? entry.oldID { sizes[id] } else { nil as Int? } }
        let isTooLarge = { (entry: ChangeEntry) in
            max(entry.oldID.flatMap { sizes[$0] } ?? 0, entry.newID.flatMap { sizes[$0] } ?? 0) > largest
        }
        let readable = zip(entries, wanted).filter { $0.1 != .nothing && !isTooLarge($0.0) }.map(\.0)
        let patches = try await programPatches(of: readable, front: front, back: back)
        let shown = readable.filter { patches[$0.path] != nil && !$0.isSubmodule }
        let texts = try await programTexts(Set(shown.flatMap { [$0.oldID, $0.newID].compactMap(\.self) }))
        return zip(entries, wanted).map { entry, want in
            let patch = patches[entry.path]
            return ChangeRead(
                entry, sizeInBytes: size(entry), insertions: want == .nothing ? nil : patch?.insertions,
                deletions: want == .nothing ? nil : patch?.deletions, isBinary: patch?.isBinary ?? false,
                isTooLarge: want != .nothing && isTooLarge(entry),
                patch: want == .patch && patch?.isBinary == false ? patch?.text : nil,
                oldText: entry.oldID.flatMap { texts[$0] }, newText: entry.newID.flatMap { texts[$0] })
        }
    }

    private func programSides(of range: ChangeRange) async throws(GitError) -> [String] {
        switch range {
        case .staged: return ["--cached"]
        case .stagedInPlaceOfHead:
            let parent = try await program.run(["rev-parse", "--verify", "-q", "HEAD^1"])
            let id = ObjectID(hex: String(parent.text.prefix { $0 != "\n" }))
            if let id { return ["--cached", id.hex] }
            return ["--cached", try await programEmptyTree()]
        case .between(let from, let to):
            guard let from else { return [try await programEmptyTree(), try await resolve(to).hex] }
            return [try await resolve(from).hex, try await resolve(to).hex]
        }
    }

    func programEmptyTree() async throws(GitError) -> String {
        let empty = try await program.output(["hash-object", "-t", "tree", "--stdin"], doing: "compare a commit")
        return String(empty.text.prefix { $0 != "\n" })
    }

    /// A patch of several files, each as the filter shows it.
    func filtered(
        _ text: String, _ files: [RawChanges.File], workTree: String?, _ filter: PatchFilter
    ) async throws(GitError) -> String {
        let patches = ProgramPatch.split(text)
        let ids = Set(files.flatMap { [$0.oldID, $0.newID].compactMap(\.self) })
        let sizes = try await programSizes(files)
        let texts = try await programTexts(ids.filter { (sizes[$0] ?? .max) <= WholeSides.largest })
        return patches.enumerated().map { place, patch in
            // In git's own order; where a type change is two patches, by name.
            let file =
                patches.count == files.count
                ? files[place] : files.first { patch.names($0.path) }
            guard let file else { return filter(patch.text, nil, nil) }
            let new = file.newID.flatMap { texts[$0] } ?? WholeSides.file(file.path, in: workTree)
            return filter(patch.text, file.oldID.flatMap { texts[$0] }, new)
        }.joined()
    }

    /// The whole content of blobs, by one process.
    private func programTexts(_ ids: Set<ObjectID>) async throws(GitError) -> [ObjectID: String] {
        if ids.isEmpty { return [:] }
        let input = Array(ids.map { $0.hex + "\n" }.joined().utf8)
        let output = try await program.output(["cat-file", "--batch"], doing: "read files", input: input)
        var texts: [ObjectID: String] = [:]
        var rest = output.bytes[...]
        while let end = rest.firstIndex(of: 0x0a) {
            let head = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            rest = rest[(end + 1)...]
            // `ID blob SIZE`, then the content and a newline; or `ID missing`.
            guard head.count == 3, let size = Int(head[2]), let id = ObjectID(hex: String(head[0])) else { continue }
            texts[id] = String(decoding: rest.prefix(size), as: UTF8.self)
            rest = rest.dropFirst(size + 1)
        }
        return texts
    }

    private func programAttributes(
        _ raw: [RawChanges.File], _ sizes: [ObjectID: Int]
    ) async throws(GitError) -> [ChangeEntry] {
        let names = ["linguist-generated", "linguist-vendored", "diff"]
        var input: [UInt8] = []
        for file in raw { input += Array(file.path.utf8) + [0] }
        let output = try await program.run(["check-attr", "--stdin", "-z"] + names, input: input)
        var values: [String: [String: String]] = [:]
        let records = output.records
        for start in stride(from: 0, to: records.count - 2, by: 3) {
            values[records[start], default: [:]][records[start + 1]] = records[start + 2]
        }
        return raw.map { file in
            let value = { (name: String) in values[file.path]?[name] ?? "unspecified" }
            return ChangeEntry(
                kind: file.kind, path: file.path, oldPath: file.oldPath, oldMode: file.oldMode, newMode: file.newMode,
                oldID: file.oldID, newID: file.newID, sizeInBytes: (file.newID ?? file.oldID).flatMap { sizes[$0] },
                isGenerated: ["set", "true"].contains(value(names[0])),
                isVendored: ["set", "true"].contains(value(names[1])), isDiffUnset: value(names[2]) == "unset")
        }
    }

    private func programSizes(_ files: [RawChanges.File]) async throws(GitError) -> [ObjectID: Int] {
        let ids = Set(files.flatMap { [$0.oldID, $0.newID].compactMap(\.self) })
        if ids.isEmpty { return [:] }
        let input = Array(ids.map { $0.hex + "\n" }.joined().utf8)
        // In a partial clone an object may not be here, and a hook fetches nothing: its size is not known.
        let output = try await program.run(["cat-file", "--batch-check"], input: input)
        var sizes: [ObjectID: Int] = [:]
        for line in output.text.split(separator: "\n") {
            let words = line.split(separator: " ")
            // A submodule's commit is not here, or is no file.
            guard words.count == 3, words[1] == "blob", let id = ObjectID(hex: String(words[0])) else { continue }
            sizes[id] = Int(words[2])
        }
        return sizes
    }

    /// By new path. Files are told apart by git's own order: one patch for each, as they were listed.
    private func programPatches(
        of entries: [ChangeEntry], front: [String], back: [String]
    ) async throws(GitError) -> [String: ProgramPatch] {
        if entries.isEmpty { return [:] }
        let paths = entries.flatMap { [$0.path] + [$0.oldPath].compactMap(\.self) }
        let output = try await program.run(front + ["--patch"] + back + ["--"] + paths)
        guard output.isSuccess else { return [:] }
        let patches = ProgramPatch.split(output.text)
        // A type change is two patches; then which is whose cannot be told by counting.
        guard patches.count == entries.count else {
            return Dictionary(
                zip(entries.map(\.path), entries.map { entry in patches.filter { $0.names(entry.path) } })
                    .compactMap { path, found in found.isEmpty ? nil : (path, ProgramPatch(joining: found)) }
            ) { first, _ in first }
        }
        return Dictionary(zip(entries.map(\.path), patches)) { first, _ in first }
    }
}

/// One file's part of what `git diff --patch` wrote.
struct ProgramPatch {
    let text: String
    let insertions: Int
    let deletions: Int
    let isBinary: Bool

    init(joining patches: [ProgramPatch]) {
        text = patches.map(\.text).joined()
        insertions = patches.map(\.insertions).reduce(0, +)
        deletions = patches.map(\.deletions).reduce(0, +)
        isBinary = patches.contains(where: \.isBinary)
    }

    private init(_ lines: ArraySlice<Substring>) {
        text = lines.map { $0 + "\n" }.joined()
        let body = lines.drop { !$0.hasPrefix("@@") }
        insertions = body.count { $0.hasPrefix("+") }
        deletions = body.count { $0.hasPrefix("-") }
        isBinary = body.isEmpty && lines.contains { $0.hasPrefix("Binary files ") }
    }

    /// A line of a file's content has a sign before it, so only a header begins with `diff`.
    static func split(_ text: String) -> [ProgramPatch] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        if lines.last?.isEmpty == true { lines.removeLast() }
        let starts = lines.indices.filter { lines[$0].hasPrefix("diff --git ") }
        return zip(starts, starts.dropFirst() + [lines.endIndex]).map { ProgramPatch(lines[$0..<$1]) }
    }

    func names(_ path: String) -> Bool { text.prefix { $0 != "\n" }.hasSuffix(" b/" + path) }
}

/// Reads `git diff --raw -z --no-abbrev`.
struct RawChanges {
    struct File {
        let kind: ChangeKind
        let path: String
        let oldPath: String?
        let oldMode: Int
        let newMode: Int
        let oldID: ObjectID?
        let newID: ObjectID?
    }

    private(set) var files: [File] = []

    init(_ bytes: [UInt8]) {
        var parts = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }[...]
        while let head = parts.popFirst(), head.hasPrefix(":") {
            let fields = head.dropFirst().split(separator: " ")
            guard fields.count == 5, let letter = fields[4].first, let first = parts.popFirst() else { return }
            let isMove = letter == "R" || letter == "C"
            guard let path = isMove ? parts.popFirst() : first else { return }
            files.append(
                File(
                    kind: ChangeKind(letter: letter) ?? .modified, path: path, oldPath: isMove ? first : nil,
                    oldMode: Int(fields[0], radix: 8) ?? 0, newMode: Int(fields[1], radix: 8) ?? 0,
                    oldID: Self.id(fields[2]), newID: Self.id(fields[3])))
        }
    }

    private static func id(_ text: Substring) -> ObjectID? {
        text.allSatisfy { $0 == "0" } ? nil : ObjectID(hex: String(text))
    }
}
