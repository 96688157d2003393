internal import Confinement
internal import Files
internal import Glibc

/// An index of its own for a commit that git makes: what stands in it is what is shown and what is committed, whatever is
/// staged or written meanwhile.
struct OwnIndex {
    private let directory: PrivateDirectory
    private let program: RepositoryProgram
    private let location: RepositoryLocation
    /// The commit, or the empty tree, that it is compared with.
    private let base: String
    /// For git.
    private(set) var variables: [String: String]

    /// A copy of the index. `keepsObjects` false: what git makes of files goes with this value.
    init(
        of program: RepositoryProgram, _ location: RepositoryLocation, base: String, keepsObjects: Bool
    ) throws(GitError) {
        self.program = program
        self.location = location
        self.base = base
        do throws(FileError) {
            directory = try PrivateDirectory()
            let index = FileSystem.join(location.gitDirectory, "index")
            if FileSystem.exists(index) {
                let status = try FileStatus(of: index)
                let bytes = try FileSystem.contents(of: index, limit: 1 << 30)
                let copy = directory.path + "/index"
                try NewFile.write(bytes, to: copy, passing: .name("index.new"), isDurable: false)
                // A file that was written in the same moment as the index is looked into; with a younger index it would
                // pass for unchanged.
                let time = timespec(tv_sec: status.modified.seconds, tv_nsec: status.modified.nanoseconds)
                guard unsafe utimensat(AT_FDCWD, copy, [time, time], 0) == 0 else {
                    throw FileError.ofLastCall("set the time of", copy)
                }
            }
            if !keepsObjects { try FileSystem.makeDirectory(directory.path + "/objects", permissions: 0o700) }
        } catch {
            throw GitError(.failed, "The index cannot be copied: \(error.reasonInSentence).")
        }
        variables = ["GIT_INDEX_FILE": directory.path + "/index", "GIT_LITERAL_PATHSPECS": "1"]
        guard !keepsObjects else { return }
        variables["GIT_OBJECT_DIRECTORY"] = directory.path + "/objects"
        variables["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = Self.quoted(
            FileSystem.join(location.commonDirectory, "objects"))
    }

    /// Brings the index to what a commit is to hold, and gives the tree of it. `isPartial`: nothing else that is staged.
    func stage(_ content: CommitContent, names: [String], isPartial: Bool) async throws(GitError) -> ObjectID {
        switch content {
        case .staged: break
        case .tracked: try await write(["add", "-u"])
        case .all: try await write(["add", "-A"])
        case .paths:
            try await write(["add", "-A", "--"] + names)
            let others = try await changed(["diff-index", "--cached", "--name-only", "-z", "--no-renames", base])
                .filter { path in !names.contains { $0 == "." || path == $0 || path.hasPrefix($0 + "/") } }
            if isPartial, !others.isEmpty {
                let list = Array(others.map { $0 + "\0" }.joined().utf8)
                try await write(["reset", "-q", base, "--pathspec-from-file=-", "--pathspec-file-nul"], input: list)
            }
        }
        let output = try await program.output(
            ["write-tree"], doing: "write a tree", purpose: .write, variables: variables)
        let text = output.text.filter { !$0.isWhitespace }
        guard let tree = ObjectID(hex: text) else { throw GitError(.failed, "git wrote no tree.") }
        return tree
    }

    /// The files in which a tree differs from the base, a renamed one under both its names.
    func paths(to tree: ObjectID) async throws(GitError) -> [String] {
        try await changed(["diff-tree", "-r", "--name-only", "-z", "--no-renames", base, tree.hex]).sorted()
    }

    private func changed(_ arguments: [String]) async throws(GitError) -> [String] {
        try await program.output(arguments, doing: "compare the files", purpose: .write, variables: variables).records
    }

    private func write(_ arguments: [String], input: [UInt8] = []) async throws(GitError) {
        _ = try await program.output(
            arguments, doing: "stage the files", purpose: .write, input: input, variables: variables)
    }

    /// As git reads a path in a list of them.
    private static func quoted(_ path: String) -> String {
        "\"" + path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
