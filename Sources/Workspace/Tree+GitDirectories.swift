internal import CLinux
internal import Files
internal import Glibc

/// git's directory is git's, whatever it is called and wherever it lies: a bare repository or a mirror inside of the
/// tree, the directory of `--separate-git-dir`, what a worktree or a submodule keeps.
extension Tree {
    /// Throws `outside` for a path in a git directory. Of a write what it would make of the directories counts too:
    /// nobody puts a repository together piece by piece.
    func checkNotGit(_ path: WorkspacePath, isWrite: Bool = false) throws(WorkspaceError) {
        var directory = root
        for name in path.components {
            if isGit(directory, adding: isWrite ? name : nil) { throw .insideGit(path) }
            guard
                let below = try? beneath.open(
                    [name], from: directory, flags: vocero_o_path | O_DIRECTORY)
            else { return }
            directory = below
        }
        if isGit(directory, adding: nil) { throw .insideGit(path) }
    }

    private func isGit(_ directory: OpenFile, adding name: String?) -> Bool {
        if !gitDirectories.isEmpty, let identity = try? directory.status().identity, gitDirectories.contains(identity) {
            return true
        }
        return Self.isGit { $0 == name || (try? directory.status(of: $0)) != nil }
    }

    /// As git tells its own directories from others.
    static func isGit(has: (String) -> Bool) -> Bool {
        has("HEAD") && (has("commondir") || has("objects") && has("refs"))
    }

    /// A workspace is not put up inside of a git directory, be that whole or not.
    static func checkRoot(_ root: String) throws(WorkspaceError) {
        guard let real = try? FileSystem.realPath(root) else { return }
        if real.split(separator: "/").contains(where: { ConfusableNames.isGit(String($0)) }) {
            throw .outside(root, "lies in git's own directory; work from the work tree")
        }
    }
}

extension WorkspaceError {
    static func insideGit(_ path: WorkspacePath) -> WorkspaceError {
        .outside(path.description, "lies in a git directory, which is git's own")
    }
}
