package import Assistant
package import Git
package import Memory
package import Workspace

/// All tools that one request's surroundings allow: no repository, no git tools; no store, no memory.
package struct Toolbox: Sendable {
    package let tools: [any Tool]

    /// Without a workspace there are no file tools, without a repository no git tools, without a store no memory.
    /// `repositoryName` is what policies and memory call the repository.
    package init(workspace: Workspace?, repository: Repository?, repositoryName: String?, store: MemoryStore?) {
        var tools: [any Tool] = []
        if let workspace {
            tools += FileReadingTools(workspace: workspace).all
            tools += FileWritingTools(workspace: workspace, repository: repositoryName).all
        }
        if let repository {
            tools += GitReadingTools(repository: repository).all
            tools += GitWritingTools(repository: repository, name: repositoryName ?? "").all
        }
        if let store { tools.append(MemorySearchTool(store: store, repository: repositoryName).tool) }
        self.tools = tools
    }

    /// Every tool that writes, also those that these surroundings do not offer: what a policy file may name.
    package static let writingToolNames: Set<String> = [
        "directory_create", "file_append", "file_create", "file_delete", "file_edit", "file_move", "git_branch_create",
        "git_checkout", "git_commit", "git_tag_create",
    ]
}
