package import Assistant
package import Git
package import Hashing
package import Redaction

/// Reads a change for a hook: all of its list, and no more content than is going to be shown.
package struct ChangeReading: Sendable {
    /// A change may have any number of files; so many are told apart.
    static let mostFiles = 2_000
    /// The content of so many files, and of so many bytes together, is read at most.
    private static let mostRead = 400
    private static let mostBytes = 6 << 20
    /// So many files of which only statistics are said are counted by lines.
    private static let mostCounted = 20
    private static let largest = 1 << 20

    let repository: Repository
    let redactor: SecretRedactor
    /// Patterns of `vocero.paths.exclude`.
    let excluded: [PathPattern]

    package init(repository: Repository, redactor: SecretRedactor, excluded: [PathPattern] = []) {
        self.repository = repository
        self.redactor = redactor
        self.excluded = excluded
    }

    /// The change, without patches when `isKnown` says of its identity that nobody is going to read them.
    package func read(
        _ range: ChangeRange, isKnown: @escaping @Sendable (ContentHash) -> Bool = { _ in false }
    ) async throws(GitError) -> ChangeSet {
        let reads = try await repository.changes(range, largest: Self.largest) { entries in
            isKnown(identity(of: entries)) ? entries.map { _ in .nothing } : wanted(entries)
        }
        var files: [ChangedFile] = []
        var patches: [FilePatch] = []
        for read in reads.prefix(Self.mostFiles) {
            let fileClass = self.fileClass(of: read)
            files.append(ChangedFile(read, class: fileClass))
            guard !fileClass.isStatisticsOnly, let patch = read.patch else { continue }
            let text = DiffRedactor(redactor: redactor).redacted(patch, old: read.oldText, new: read.newText)
            patches.append(FilePatch(path: read.entry.path, fileClass: fileClass, text: text))
        }
        return ChangeSet(
            files: files, moreFiles: reads.count - files.count, patches: patches,
            identity: identity(of: reads.map(\.entry)))
    }

    /// Of what a reader would look at first: code before tests before settings before prose, small before large.
    private func wanted(_ entries: [ChangeEntry]) -> [ContentWanted] {
        var wanted = entries.map { _ in ContentWanted.nothing }
        let classes = entries.prefix(Self.mostFiles).map { fileClass(of: $0) }
        var counted = 0
        for (index, fileClass) in classes.enumerated() where fileClass.isStatisticsOnly && fileClass != .submodule {
            guard counted < Self.mostCounted, (entries[index].sizeInBytes ?? 0) <= Self.largest else { continue }
            wanted[index] = .lineCounts
            counted += 1
        }
        let order = classes.indices.filter { !classes[$0].isStatisticsOnly }.sorted { left, right in
            (classes[left].rank, entries[left].sizeInBytes ?? 0, left)
                < (classes[right].rank, entries[right].sizeInBytes ?? 0, right)
        }
        var bytes = 0
        var read = 0
        for index in order where read < Self.mostRead && bytes < Self.mostBytes {
            bytes += min(entries[index].sizeInBytes ?? 0, Self.largest)
            read += 1
            wanted[index] = .patch
        }
        return wanted
    }

    private func fileClass(of entry: ChangeEntry, isBinary: Bool = false) -> FileClass {
        // A patch of a renamed file shows what it held under its old name.
        let names = [entry.path] + [entry.oldPath].compactMap(\.self)
        if names.contains(where: { name in excluded.contains { $0.matches(name) } }) { return .excluded }
        let classes = names.map { name in
            FileClass.of(
                path: name, isGenerated: entry.isGenerated, isVendored: entry.isVendored,
                isDiffUnset: entry.isDiffUnset, isBinary: isBinary, isSubmodule: entry.isSubmodule)
        }
        return classes.contains(.secret) ? .secret : classes[0]
    }

    private func fileClass(of read: ChangeRead) -> FileClass {
        let fileClass = fileClass(of: read.entry, isBinary: read.isBinary)
        return read.isTooLarge && !fileClass.isStatisticsOnly ? .huge : fileClass
    }

    private func identity(of entries: [ChangeEntry]) -> ContentHash {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.count * 100)
        for entry in entries {
            for part in ["\(entry.newMode)", entry.oldID?.hex ?? "", entry.newID?.hex ?? "", entry.path] {
                bytes += part.utf8
                bytes.append(0)
            }
        }
        return ContentHash(of: bytes)
    }
}

extension FileClass {
    /// What is shown first has the lowest.
    var rank: Int {
        switch self {
        case .source: 0
        case .configuration: 1
        case .test: 2
        case .documentation: 3
        default: 4
        }
    }

    /// Why only statistics are said, in words.
    package var reason: String {
        switch self {
        case .lock: "lock file"
        case .generated: "generated"
        case .vendored: "vendored"
        case .binary: "binary"
        case .secret: "may hold secrets"
        case .submodule: "submodule"
        case .excluded: "excluded by vocero.paths.exclude"
        case .huge: "too large"
        case .source, .test, .documentation, .configuration: "no room"
        }
    }
}
