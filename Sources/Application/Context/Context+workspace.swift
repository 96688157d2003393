internal import Assistant
internal import FoundationEssentials
package import Git
internal import Settings
package import Workspace

extension Context {
    /// The files that agents may see below a root: what the repository ignores and the settings leave out is not there.
    /// The policies of the command are not theirs to write.
    package func workspace(at root: String, of repository: Repository?, policies: [String]) throws -> Workspace {
        let protected = try policies.compactMap { Self.path(of: $0, below: root) }.map { try WorkspacePath($0) }
        let rules = repository == nil ? nil : try IgnoreRules(workTree: root)
        let excluded = settings.style.excludedPaths.map(PathPattern.init)
        return try Workspace(
            root: root, protected: protected,
            gitDirectories: repository.map { [$0.gitDirectory, $0.commonDirectory] } ?? []
        ) { path, isDirectory in
            let name = path.description
            return excluded.contains { $0.matches(name) } || rules?.isIgnored(name, isDirectory: isDirectory) ?? false
        }
    }

    /// What a policy file says.
    package static func policyEntries(ofFile path: String) throws(Failure) -> [(key: String, value: String)] {
        do throws(GitError) {
            return try GitConfigurationFile.entries(ofFile: path)
        } catch {
            throw Failure(error.kind == .notFound ? .noInput : .configuration, error.message)
        }
    }

    /// A path that a person gave, from the working directory on.
    package func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : directory + "/" + path }

    private static func path(of file: String, below root: String) -> String? {
        let absolute = URL(filePath: file).standardized.path
        return absolute.hasPrefix(root + "/") ? String(absolute.dropFirst(root.count + 1)) : nil
    }
}
