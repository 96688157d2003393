internal import Assistant
internal import Git
internal import Memory
internal import Settings
internal import Tools
internal import Workspace

/// The repositories that items ask about, each opened once.
actor BatchPlaces {
    /// What an item's run works with.
    struct Place: Sendable {
        let repositoryName: String?
        let tools: [any Tool]
    }

    private let context: Context
    private let store: MemoryStore
    private let usesTools: Bool
    private var known: [String: Place] = [:]

    init(context: Context, store: MemoryStore, usesTools: Bool) {
        self.context = context
        self.store = store
        self.usesTools = usesTools
    }

    /// `name`: a path, relative to the working directory, or the name of the repository that the command runs in; nil
    /// for that one.
    func place(_ name: String?) async throws -> Place {
        let key = name ?? ""
        if let place = known[key] { return place }
        let own = try await context.repositoryName()
        let place =
            if let name, name != own {
                try await open(name)
            } else {
                try make(context.repository, name: own, root: context.repository.map(\.workTree) ?? context.directory)
            }
        known[key] = place
        return place
    }

    private func open(_ name: String) async throws -> Place {
        let path = name.hasPrefix("/") ? name : context.directory + "/" + name
        let repository: Repository
        do throws(GitError) {
            repository = try await Repository.open(path, usingEnvironment: false)
        } catch {
            throw CommandFailure(.noInput, "the repository \(name) is not here: \(error.message)")
        }
        return try make(repository, name: try await repository.repositoryName(), root: repository.workTree)
    }

    private func make(_ repository: Repository?, name: String?, root: String?) throws -> Place {
        guard usesTools else { return Place(repositoryName: name, tools: []) }
        var workspace: Workspace?
        if let root {
            let rules = repository == nil ? nil : try IgnoreRules(workTree: root)
            let excluded = context.settings.style.excludedPaths.map(PathPattern.init)
            workspace = try Workspace(root: root, protected: []) { path, isDirectory in
                let name = path.description
                return excluded.contains { $0.matches(name) }
                    || rules?.isIgnored(name, isDirectory: isDirectory) ?? false
            }
        }
        let toolbox = Toolbox(
            workspace: workspace, repository: repository, repositoryName: name, store: store)
        return Place(repositoryName: name, tools: toolbox.tools)
    }
}
