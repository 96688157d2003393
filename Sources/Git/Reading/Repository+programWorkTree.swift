/// Work tree, index and differences through the git program.
extension Repository {
    func programStatus(limit: Int) async throws(GitError) -> RepositoryStatus {
        if workTree == nil { throw .bare("read the status") }
        let output = try await program.output(
            ["status", "--porcelain=v2", "-z", "--branch", "--untracked-files=normal", "--find-renames"],
            doing: "read the status")
        let parsed = PorcelainStatus(output.records)
        return RepositoryStatus(
            head: try await head(), upstream: parsed.upstream, operation: pendingOperation,
            entries: Array(parsed.entries.sorted { $0.path < $1.path }.prefix(limit)),
            hasMore: parsed.entries.count > limit)
    }

    func programTrackedFiles(_ limit: Int) async throws(GitError) -> [String] {
        Array(try await program.output(["ls-files", "-z"], doing: "list the files").records.prefix(limit))
    }

    func programDiff(
        _ range: DiffRange, path: String?, bounds: DiffBounds, filter: PatchFilter? = nil
    ) async throws(GitError) -> Diff {
        let sides = try await programSides(of: range)
        let front = ["diff", "--no-ext-diff", "--no-textconv", "--no-color", "--find-renames"]
        let back = sides + ["--"] + (path.map { [$0] } ?? [])
        let listed = try await program.output(front + ["--raw", "--numstat", "-z"] + back, doing: "compare the files")
        let all = RawDiff(listed.bytes).files
        var text = PatchText(limit: bounds.patchBytes)
        if bounds.patchBytes > 0 && !all.isEmpty {
            let patch = try await program.output(
                front + ["--unified=\(max(0, min(bounds.contextLines, 100)))"] + back, doing: "compare the files")
            if let filter {
                let raw = try await program.output(
                    front + ["--raw", "-z", "--no-abbrev"] + back, doing: "compare the files")
                let shown = try await filtered(
                    patch.text, RawChanges(raw.bytes).files, workTree: range.usesWorkTree ? workTree : nil, filter)
                text.append(contentsOf: shown.utf8)
            } else {
                text.append(contentsOf: patch.bytes)
            }
        }
        let totals = ChangeTotals(
            files: all.count, insertions: all.map(\.insertions).reduce(0, +),
            deletions: all.map(\.deletions).reduce(0, +))
        return Diff(
            files: Array(all.prefix(bounds.files)), totals: totals, patch: text.text,
            isPatchTruncated: text.isTruncated || bounds.patchBytes <= 0 && !all.isEmpty,
            hasMoreFiles: all.count > bounds.files)
    }

    private func programSides(of range: DiffRange) async throws(GitError) -> [String] {
        if range.usesWorkTree, workTree == nil { throw .bare("compare the work tree") }
        switch range {
        case .unstaged: return []
        case .staged: return ["--cached"]
        case .uncommitted:
            // Without a commit the index stands in for it.
            guard let commit = try await head().commit else { return ["--cached"] }
            return [commit.hex]
        case .sinceReference(let reference): return [try await resolve(reference).hex]
        case .between(let from, let to): return [try await resolve(from).hex, try await resolve(to).hex]
        case .commit(let reference):
            let commit = try await resolve(reference)
            let parent = try await program.run(["rev-parse", "--verify", "-q", commit.hex + "^1"])
            if let id = ObjectID(hex: String(parent.text.prefix { $0 != "\n" })) { return [id.hex, commit.hex] }
            return [try await programEmptyTree(), commit.hex]
        }
    }
}

/// Reads `git status --porcelain=v2 -z --branch`.
struct PorcelainStatus {
    private(set) var entries: [StatusEntry] = []
    private(set) var upstream: Upstream?

    init(_ records: [String]) {
        var name: String?
        var counts: [Int] = []
        var position = records.startIndex
        while position < records.endIndex {
            let record = records[position]
            position += 1
            if record.hasPrefix("# branch.upstream ") { name = String(record.dropFirst(18)) }
            if record.hasPrefix("# branch.ab ") {
                counts = record.dropFirst(12).split(separator: " ").compactMap { Int($0) }
            }
            switch record.first {
            case "1": add(record, path: 8, oldPath: nil)
            case "2":
                add(record, path: 9, oldPath: position < records.endIndex ? records[position] : nil)
                position += 1
            case "u":
                let path = Self.field(record, 10)
                entries.append(StatusEntry(path: path, oldPath: nil, staged: .conflicted, unstaged: .conflicted))
            case "?":
                entries.append(
                    StatusEntry(path: String(record.dropFirst(2)), oldPath: nil, staged: nil, unstaged: .untracked))
            default: break
            }
        }
        if let name {
            let isThere = counts.count == 2
            upstream = Upstream(name: name, ahead: isThere ? counts[0] : nil, behind: isThere ? -counts[1] : nil)
        }
    }

    private mutating func add(_ record: String, path: Int, oldPath: String?) {
        let codes = Array(Self.field(record, 1))
        guard codes.count == 2 else { return }
        entries.append(
            StatusEntry(
                path: Self.field(record, path), oldPath: oldPath, staged: ChangeKind(letter: codes[0]),
                unstaged: ChangeKind(letter: codes[1])))
    }

    /// The last field takes the rest, blanks and all.
    private static func field(_ record: String, _ index: Int) -> String {
        let fields = record.split(separator: " ", maxSplits: index, omittingEmptySubsequences: false)
        guard fields.count > index else { return "" }
        return String(index == 1 ? fields[1].prefix { $0 != " " } : fields[index])
    }
}

/// Reads `git diff --raw --numstat -z`.
struct RawDiff {
    private(set) var files: [FileChange] = []

    init(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        var position = 0
        let next = { () -> String in
            defer { position += 1 }
            return position < parts.count ? parts[position] : ""
        }
        var raw: [(kind: ChangeKind, modes: [Int], old: String?, path: String)] = []
        while position < parts.count, parts[position].hasPrefix(":") {
            let fields = next().dropFirst().split(separator: " ")
            let letter = fields.last?.first ?? "M"
            let first = next()
            let isMove = letter == "R" || letter == "C"
            let modes = fields.prefix(2).map { Int($0, radix: 8) ?? 0 }
            raw.append((ChangeKind(letter: letter) ?? .modified, modes, isMove ? first : nil, isMove ? next() : first))
        }
        for file in raw {
            let numbers = next().split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
            if numbers.count == 3, numbers[2].isEmpty { position += 2 }
            let count = { (index: Int) in index < numbers.count ? Int(numbers[index]) : nil }
            files.append(
                FileChange(
                    kind: file.kind, path: file.path, oldPath: file.old, insertions: count(0) ?? 0,
                    deletions: count(1) ?? 0, isBinary: numbers.first == "-", oldMode: file.modes.first ?? 0,
                    newMode: file.modes.last ?? 0))
        }
    }
}

extension ChangeKind {
    /// git's letter; nil for one that says nothing.
    init?(letter: Character) {
        switch letter {
        case "A": self = .added
        case "D": self = .deleted
        case "M": self = .modified
        case "R": self = .renamed
        case "C": self = .copied
        case "T": self = .typeChanged
        case "U": self = .conflicted
        default: return nil
        }
    }
}
