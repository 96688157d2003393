internal import Git
internal import OfflineModel
internal import Workspace

/// The names of a repository and its work tree, for requests without a model.
struct RepositoryNames: NameSource {
    let repository: Repository?
    /// Nil where there is no work tree.
    let workspace: Workspace?

    /// A work tree of more files has names that are not found; they can still be said as they are.
    private static let mostFiles = 50_000
    private static let mostPeople = 5_000

    func files() async -> [String] {
        guard let workspace, let listing = try? await workspace.list(.root, depth: 40, limit: Self.mostFiles) else {
            return []
        }
        return listing.entries.filter { $0.kind == .file }.map(\.path.description)
    }

    func references() async -> ReferenceNames {
        guard let repository else { return ReferenceNames() }
        // What cannot be listed has no names here; the tool that is asked in the end says what is wrong.
        let branches = (try? await repository.branches()) ?? []
        let tags = (try? await repository.tags()) ?? []
        let remotes = (try? await repository.remotes()) ?? []
        return ReferenceNames(
            branches: branches.filter { !$0.isRemote }.map(\.name),
            remoteBranches: branches.filter(\.isRemote).map(\.name), tags: tags.map(\.name),
            remotes: remotes.map(\.name), current: (try? await repository.head())?.branch)
    }

    func people() async -> [String] {
        guard let repository else { return [] }
        return (try? await repository.contributors(limit: Self.mostPeople).people.map(\.name)) ?? []
    }
}
