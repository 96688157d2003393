internal import Files
internal import SystemPackage
internal import JSON

/// The results of a batch as files: for each item `NAME.md`, the answer, and `NAME.json`, all else. ``ResultPath`` says
/// where. Each file is whole or as it was; `NAME.json` gets its name last. Calls block.
package struct ResultFiles: Sendable {
    /// How an output directory lies to the input.
    package enum Relation: Sendable, Hashable {
        case apart
        /// To be left out when the input is read.
        case insideInput
        case aroundInput
    }

    /// Absolute, with links resolved.
    package let directory: String
    package let relation: Relation
    private let foldsCase: Bool

    private let wasEmpty: Bool
    private let wasThere: Bool

    /// Lies in output directories, so that results are not taken for prompts when a folder is read that holds one.
    static let markName = ".vocero-results"

    /// Makes the directory when it is not there, and finds out what its file system does.
    /// `input` is the folder or file of prompts, which must not be overwritten.
    /// Errors: `isInput`, `notWritable`, `full`, `taken`.
    package init(directory: String, input: String? = nil) throws(ResultError) {
        wasThere = FileSystem.exists(directory)
        try Self.make(directory)
        let real = try ResultError.catching("Opening the directory", directory) { () throws(FileError) in
            try FileSystem.realPath(directory)
        }
        self.directory = real
        relation = try Self.relation(of: real, to: input.flatMap { try? FileSystem.realPath($0) })
        try Self.checkThatItIsItself(directory)
        let opened = try OpenDirectory(path: real)
        foldsCase = try Self.foldsCase(opened)
        var isEmpty = true
        try opened.visitNames { _ in
            isEmpty = false
            return false
        }
        wasEmpty = isEmpty
    }

    /// Has the directory passed over wherever prompts are read, if there was nothing in it before.
    package func mark() throws(ResultError) {
        guard wasEmpty else { return }
        let opened = try OpenDirectory(path: directory)
        _ = try ResultError.catching("Writing to the directory", directory) { () throws(FileError) in
            try OpenFile(
                Self.markName, in: opened.file, [.write, .create, .noFollow, .nonBlocking], permissions: 0o666)
        }
    }

    /// Where nothing was written nothing is left. A directory that was there, or holds something, stays.
    package func removeIfUnused() {
        if !wasThere { try? FileSystem.removeDirectory(directory) }
    }

    /// Removes what killed processes have left unnamed in directories of results. What cannot be removed stays: it is
    /// in nobody's way.
    package func sweep(_ directories: Set<[String]>) {
        for names in directories {
            try? within(names[...], of: OpenDirectory(path: directory)) { (opened) throws(ResultError) in
                try opened.visitNames { name in
                    if AtomicFile.isLeftover(name, in: opened) { try? opened.file.remove(name) }
                    return true
                }
            }
        }
    }

    /// Whether there is something at this path below the directory.
    package func exists(_ path: String) -> Bool { FileSystem.exists(directory + "/" + path) }

    package func path(of name: String) -> ResultPath { ResultPath(name: name, foldsCase: foldsCase) }

    package func write(_ result: BatchResult) throws(ResultError) { try write([result]) }

    /// Writes a group and synchronises each directory once. After an error those before the failed one may have been
    /// written, each whole; writing the group again does no harm.
    package func write(_ results: [BatchResult]) throws(ResultError) {
        var groups: [[String]: [(stem: String, result: BatchResult)]] = [:]
        var order: [[String]] = []
        for result in results {
            let path = path(of: result.name)
            if groups[path.directories] == nil { order.append(path.directories) }
            groups[path.directories, default: []].append((path.stem, result))
        }
        for directories in order {
            try within(directories[...], of: OpenDirectory(path: directory)) { (opened) throws(ResultError) in
                try Self.write(groups[directories] ?? [], in: opened)
            }
        }
    }

    private func within(
        _ names: ArraySlice<String>, of parent: OpenDirectory,
        _ body: (OpenDirectory) throws(ResultError) -> Void
    ) throws(ResultError) {
        guard let first = names.first else { return try body(parent) }
        try within(names.dropFirst(), of: OpenDirectory(first, in: parent), body)
    }

    private struct Unnamed {
        let stem: String
        let answer: AtomicFile?
        let report: AtomicFile
    }

    /// All are written, then all are put on the disk, then all get their names: most of what a flush costs is paid once
    /// for the group.
    private static func write(
        _ group: [(stem: String, result: BatchResult)], in directory: OpenDirectory
    ) throws(ResultError) {
        var files: [Unnamed] = []
        for (stem, result) in group { files.append(try unnamed(result, as: stem, in: directory)) }
        for file in files {
            try file.answer?.synchronize()
            try file.report.synchronize()
        }
        for file in files {
            if let answer = file.answer {
                try answer.take(file.stem + ".md")
            } else {
                try remove(file.stem + ".md", in: directory)
            }
            try file.report.take(file.stem + ".json")
        }
        try directory.synchronize()
    }

    /// An answer of an earlier attempt, which would contradict the report.
    private static func remove(_ name: String, in directory: OpenDirectory) throws(ResultError) {
        do {
            try directory.file.remove(name)
        } catch {
            guard error.code != .noSuchFileOrDirectory else { return }
            throw ResultError("Removing", directory.path + "/" + name, error)
        }
    }

    private static func unnamed(
        _ result: BatchResult, as stem: String, in directory: OpenDirectory
    ) throws(ResultError) -> Unnamed {
        let path = directory.path + "/" + stem
        let report = try AtomicFile(in: directory, path: path + ".json")
        try report.write(result.json(withAnswer: false).text(pretty: true) + "\n")
        guard let text = result.answer else { return Unnamed(stem: stem, answer: nil, report: report) }
        let answer = try AtomicFile(in: directory, path: path + ".md")
        try answer.write(text.utf8.last == UInt8(ascii: "\n") || text.isEmpty ? text : text + "\n")
        return Unnamed(stem: stem, answer: answer, report: report)
    }

    // MARK: The directory

    /// It may have come with a clone: a link leads to where nobody wants results, git's hooks among them.
    private static func checkThatItIsItself(_ directory: String) throws(ResultError) {
        let shown = SingleLine.of(directory, columns: 300)
        var path = directory
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        if (try? FileStatus(of: path, followingLink: false))?.isLink == true {
            throw ResultError(
                .taken,
                "The output directory \(shown) is a symbolic link; give the directory that it leads to by --output.")
        }
        let real = (try? FileSystem.realPath(path)) ?? path
        if real.split(separator: "/").contains(".git") {
            throw ResultError(.taken, "The output directory \(shown) lies in git's own; choose another with --output.")
        }
    }

    private static func make(_ path: String) throws(ResultError) {
        var end = path.utf8.startIndex
        while end < path.utf8.endIndex {
            end = path.utf8[path.utf8.index(after: end)...].firstIndex(of: UInt8(ascii: "/")) ?? path.utf8.endIndex
            let part = String(path[..<end])
            if FileSystem.exists(part) { continue }
            do {
                try FileSystem.makeDirectory(part, permissions: 0o777)
            } catch {
                guard error.code == .fileExists else { throw ResultError("Making the directory", part, error) }
            }
            try OpenDirectory(path: FileSystem.parent(of: part)).synchronize()
        }
    }

    private static func relation(of output: String, to input: String?) throws(ResultError) -> Relation {
        guard let input else { return .apart }
        if input.utf8.elementsEqual(output.utf8) {
            throw ResultError(
                .isInput,
                "The output directory \(SingleLine.of(output, columns: 300)) is the input; choose another with --output."
            )
        }
        if input.utf8.elementsEqual((output + "/" + ResultLines.fileName).utf8) {
            throw ResultError(
                .isInput,
                "The results would overwrite the input \(SingleLine.of(input, columns: 300)); choose another output directory."
            )
        }
        if output.utf8.starts(with: (input + "/").utf8) { return .insideInput }
        return input.utf8.starts(with: (output == "/" ? output : output + "/").utf8) ? .aroundInput : .apart
    }

    /// Asks the file system itself; that also says whether it can be written to.
    private static func foldsCase(_ directory: OpenDirectory) throws(ResultError) -> Bool {
        let name = AtomicFile.prefix + "probe-" + String(UInt64.random(in: .min ... .max), radix: 16)
        _ = try ResultError.catching("Writing to the directory", directory.path) { () throws(FileError) in
            try OpenFile(name, in: directory.file, [.write, .createNew, .noFollow], permissions: 0o666)
        }
        // What stays is swept with what killed processes leave.
        defer { try? directory.file.remove(name) }
        return (try? directory.file.status(of: name.uppercased(), followingLink: true)) != nil
    }
}
