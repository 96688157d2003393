internal import CGit2
internal import FoundationEssentials

extension Repository {
    /// Makes a tag; one with a message is annotated.
    ///
    /// - Throws: `invalidName`, `exists`, `notFound`, `identityMissing`, `conflict` when HEAD is not where it is
    ///   expected.
    package func createTag(_ request: TagRequest) async throws(GitError) -> Tag {
        let name = request.name
        try checkTagName(name)
        try require(try await head(), is: request.expectedHead)
        let message = try request.message.map { (text) throws(GitError) in try CommitMessage.cleaned(text) }
        let date = request.date ?? .now
        let needsProgram =
            handle == nil || traits.hooks.contains("reference-transaction") || traits.signsTags && message != nil
        if needsProgram {
            try await tagWithProgram(request, message: message, date: date)
        } else {
            try tagWithLibrary(request, message: message, date: date)
        }
        let made = handle == nil ? try await tags(limit: .max).first { $0.name == name } : try tag(named: name)
        guard let made else { throw .unknownReference(name) }
        return made
    }

    private func tagWithLibrary(_ request: TagRequest, message: String?, date: Date) throws(GitError) {
        let repository = unsafe try library
        let target = try unsafe CommitReader(repository).object(of: request.target ?? "HEAD")
        var id = git_oid()
        let code: Int32
        if let message {
            let tagger = try signature("committer", date: date)
            code = unsafe git_tag_create(
                &id, repository, request.name, target.pointer, tagger.pointer, message, 0)
        } else {
            code = unsafe git_tag_create_lightweight(&id, repository, request.name, target.pointer, 0)
        }
        do throws(GitError) {
            try check(code, "make the tag \(request.name)")
        } catch {
            throw error.kind == .exists ? .tagExists(request.name) : error
        }
    }

    private func tagWithProgram(_ request: TagRequest, message: String?, date: Date) async throws(GitError) {
        let target = try await resolve(request.target ?? "HEAD")
        let arguments = ["tag"] + (message == nil ? [] : ["--annotate", "--file=-"]) + [request.name, target.hex]
        let output = try await program.run(
            arguments, purpose: .write, input: Array((message ?? "").utf8),
            variables: ["GIT_COMMITTER_DATE": LocalClock.stamp(date)])
        if output.complaint.contains("already exists") { throw .tagExists(request.name) }
        if !output.isSuccess { throw GitError.ofProgram(output, doing: "make the tag \(request.name)") }
    }

    private func checkTagName(_ name: String) throws(GitError) {
        try LibGit2.start()
        var isValid: Int32 = 0
        let code = unsafe git_tag_name_is_valid(&isValid, name)
        guard code == 0, isValid == 1, !name.hasPrefix("-"), !name.utf8.contains(0) else {
            throw GitError(
                .invalidName, "\"\(printable(name))\" is no name for a tag; use letters, digits, - and dots.")
        }
    }
}

extension GitError {
    static func tagExists(_ name: String) -> GitError {
        GitError(.exists, "There is a tag \(name) already; choose another name.")
    }
}
