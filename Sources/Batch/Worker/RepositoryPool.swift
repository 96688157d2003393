internal import Application
internal import Assistant
internal import BatchQueue
internal import Files
internal import Git
internal import Memory
internal import Settings
internal import Tools
internal import Workspace

/// The repositories that items ask about, each opened once.
actor RepositoryPool {
    /// What an item's run works with.
    struct Place: Sendable {
        let repository: Repository?
        let repositoryName: String?
        let tools: [any Tool]
    }

    private let context: Context
    private let store: MemoryStore
    private let plan: BatchPlan
    private var known: [String: Place] = [:]

    init(context: Context, store: MemoryStore, plan: BatchPlan) {
        self.context = context
        self.store = store
        self.plan = plan
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
        try checkThatItIsMeant(name)
        let repository: Repository
        do throws(GitError) {
            repository = try await Repository.open(
                context.absolute(name), usingEnvironment: false, trust: context.trust)
        } catch {
            let own = try await context.repositoryName().map { "; the one here is \($0)" } ?? ""
            throw Failure(.noInput, "the repository \(name) is not here\(own): \(error.message)")
        }
        return try make(repository, name: try await repository.repositoryName(), root: repository.workTree)
    }

    /// A prompt may have come with a clone: it asks about what lies below the batch's own place, or what whoever started
    /// the batch has named.
    private func checkThatItIsMeant(_ name: String) throws(Failure) {
        let path = context.absolute(name)
        let own = context.repository?.workTree ?? context.directory
        guard let real = try? FileSystem.realPath(path) else {
            throw Failure(.noInput, "the repository \(name) is not here")
        }
        guard ([own] + plan.repositories).contains(where: { real == $0 || real.hasPrefix($0 + "/") }) else {
            throw Failure(
                .badInput,
                "the repository \(name) lies outside of \(own); name it by --repository when you start the batch")
        }
    }

    private func make(_ repository: Repository?, name: String?, root: String?) throws -> Place {
        guard plan.usesTools else { return Place(repository: repository, repositoryName: name, tools: []) }
        var workspace: Workspace?
        if let root {
            workspace = try context.workspace(at: root, of: repository, policies: plan.policies.map(\.name))
        }
        let toolbox = Toolbox(
            workspace: workspace, repository: repository, repositoryName: name, store: store, redactor: context.redactor
        )
        return Place(repository: repository, repositoryName: name, tools: toolbox.tools)
    }
}

extension ItemEstimate {
    /// Of items that ask about a repository.
    init(plan: BatchPlan, prices: ModelPrices, in place: RepositoryPool.Place, journal: any Journal) {
        self.init(
            plan: plan, prices: prices, tools: place.tools, repositoryName: place.repositoryName, journal: journal)
    }
}
