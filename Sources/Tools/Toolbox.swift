package import Assistant
package import Git
package import Memory
package import Redaction
package import Workspace

/// All tools that one request's surroundings allow: no repository, no git tools; no store, no memory.
package struct Toolbox: Sendable {
    package let tools: [any Tool]

    /// Without a workspace there are no file tools, without a repository no git tools, without a store no memory.
    /// `repositoryName` is what policies and memory call the repository; `searchesEverywhere` is a
    /// person's word that memory of other repositories may be looked at. `redactor` takes secrets out of differences, as
    /// the workspace's own does out of files.
    package init(
        workspace: Workspace?, repository: Repository?, repositoryName: String?, store: MemoryStore?,
        searchesEverywhere: Bool = false, redactor: SecretRedactor = SecretRedactor()
    ) {
        var tools: [any Tool] = []
        if let workspace {
            let place = FilePlace(workspace: workspace, repository: repositoryName)
            tools += Self.fileTools.map { $0.init(place) }
        }
        if let repository {
            let place = GitPlace(repository: repository, name: repositoryName ?? "", redactor: redactor)
            tools += Self.gitTools.map { $0.init(place) }
        }
        if let store {
            tools.append(
                MemorySearch(
                    store: store, repository: repositoryName, searchesEverywhere: searchesEverywhere))
            tools.append(MemoryHistory(store: store, repository: repositoryName))
        }
        self.tools = tools
    }

    private static let fileTools: [any FileTool.Type] = [
        FileList.self, FileRead.self, FileSearch.self, FileFind.self,
        FileCreate.self, FileEdit.self, FileAppend.self, FileMove.self, FileDelete.self, DirectoryCreate.self,
    ]

    private static let gitTools: [any GitTool.Type] = [
        GitStatus.self, GitLog.self, GitShow.self, GitDiff.self, GitBlame.self, GitBranches.self, GitTags.self,
        GitRemotes.self, GitContributors.self,
        GitCommit.self, GitStage.self, GitBranchCreate.self, GitCheckout.self, GitTagCreate.self,
    ]

    /// Every tool that there is, also those that these surroundings do not offer.
    package static let declarations: [ToolDeclaration] =
        fileTools.map { $0.declaration } + gitTools.map { $0.declaration }
        + [MemorySearch.declaration, MemoryHistory.declaration, ResultReadTool.declaration]

    /// What a policy file may name.
    package static let writingToolNames = Set(declarations.filter { !$0.effect.isRead }.map(\.name))
}
