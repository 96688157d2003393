internal import CGit2
internal import Files

extension Repository {
    /// Makes a branch at a reference, without checking it out.
    ///
    /// - Throws: `invalidName`, `exists`, `notFound`, `unborn`, `conflict` when HEAD is not where it is expected.
    package func createBranch(
        _ name: String, at reference: String? = nil, expectedHead: ExpectedHead = .any
    ) async throws(GitError) -> Branch {
        try checkBranchName(name)
        try require(try await head(), is: expectedHead)
        if traits.hooks.contains("reference-transaction") || handle == nil {
            let target = try await resolve(reference ?? "HEAD")
            let output = try await program.run(["branch", "--no-track", name, target.hex], purpose: .write)
            if output.complaint.contains("already exists") { throw .branchExists(name) }
            if !output.isSuccess { throw GitError.ofProgram(output, doing: "make the branch \(name)") }
        } else {
            let repository = unsafe try library
            let commit = try unsafe CommitReader(repository).commitHandle(of: reference ?? "HEAD")
            do throws(GitError) {
                _ = try unsafe Handle("make the branch \(name)", git_reference_free) {
                    unsafe git_branch_create($0, repository, name, commit.pointer, 0)
                }
            } catch {
                throw error.kind == .exists ? .branchExists(name) : error
            }
        }
        let branches = try await branches(includingRemote: false, limit: .max)
        guard let branch = branches.first(where: { $0.name == name }) else { throw .unknownReference(name) }
        return branch
    }

    /// Switches to a branch (a remote's: makes the local one), or detaches HEAD at anything else. Local changes
    /// are kept, and refused when they would be lost.
    ///
    /// - Throws: `conflict` with the files that stand in the way, `notFound`, `bare`.
    package func checkout(_ reference: String, expectedHead: ExpectedHead = .any) async throws(GitError) -> Head {
        if workTree == nil { throw .bare("check out \(printable(reference))") }
        try CommitReader.checkName(reference)
        try require(try await head(), is: expectedHead)
        if let operation = pendingOperation {
            throw GitError(
                .conflict, "A \(operation.rawValue) was begun; finish or abort it before you check out another branch.")
        }
        let target = try await checkoutTarget(reference)
        if checkoutReason != nil {
            try await checkoutWithProgram(target)
        } else {
            try checkoutWithLibrary(target)
        }
        return try await head()
    }

    private func checkoutWithLibrary(_ target: CheckoutTarget) throws(GitError) {
        let repository = unsafe try library
        guard let workTree else { throw .bare("check out \(target.name)") }
        let reader = unsafe CommitReader(repository)
        let commit = try reader.commitHandle(of: target.commit.hex)
        let index = try openIndex()
        let lock = unsafe text(ofC: git_index_path(index.pointer)) + ".lock"
        if FileSystem.kind(of: lock) != nil { throw .locked("'\(lock)'") }
        let checkout = try unsafe SafeCheckout(repository, workTree: workTree)
        let changes: [IndexChange]
        if try libraryHead().commit == nil {
            changes = try unsafe checkout.run(commit.pointer, from: nil, name: target.name)
        } else {
            let head = try reader.commitHandle(of: "HEAD")
            changes = try unsafe checkout.run(commit.pointer, from: head.pointer, name: target.name)
        }
        try unsafe write(changes, to: index.pointer)
        switch target.kind {
        case .branch(let name):
            try check(unsafe git_repository_set_head(repository, "refs/heads/\(name)"), "switch to \(name)")
        case .newBranch(let name, let remote):
            let branch = try unsafe Handle("make the branch \(name)", git_reference_free) {
                unsafe git_branch_create($0, repository, name, commit.pointer, 0)
            }
            try check(unsafe git_branch_set_upstream(branch.pointer, remote), "follow \(remote)")
            try check(unsafe git_repository_set_head(repository, "refs/heads/\(name)"), "switch to \(name)")
        case .detached:
            var id = try target.commit.nativeID
            try check(unsafe git_repository_set_head_detached(repository, &id), "detach HEAD")
        }
    }

    private func checkoutWithProgram(_ target: CheckoutTarget) async throws(GitError) {
        let arguments =
            switch target.kind {
            case .branch(let name): ["switch", "--quiet", "--no-guess", name]
            case .newBranch(let name, let remote): ["switch", "--quiet", "--create", name, "--track", remote]
            case .detached: ["switch", "--quiet", "--detach", target.commit.hex]
            }
        let output = try await program.run(arguments, purpose: .write)
        if output.isSuccess { return }
        let files = output.complaint.split(separator: "\n").filter { $0.hasPrefix("\t") }.map { String($0.dropFirst()) }
        throw files.isEmpty
            ? GitError.ofProgram(output, doing: "check out \(target.name)") : .inTheWay(files, of: target.name)
    }

    private nonisolated var checkoutReason: String? {
        if let reason = programReason(forWorkTree: true) { return reason }
        if traits.hooks.contains("post-checkout") { return "the hook post-checkout" }
        return nil
    }

    private func checkoutTarget(_ reference: String) async throws(GitError) -> CheckoutTarget {
        let branches = try await branches(limit: .max)
        if let branch = branches.first(where: { !$0.isRemote && $0.name == reference }) {
            return CheckoutTarget(name: reference, kind: .branch(reference), commit: branch.commit)
        }
        let remotes = try await remotes()
        let candidates = branches.filter { branch in
            branch.isRemote
                && (branch.name == reference || remotes.contains { "\($0.name)/\(reference)" == branch.name })
        }
        if let branch = candidates.first, candidates.count == 1,
            let remote = remotes.first(where: { branch.name.hasPrefix($0.name + "/") })
        {
            let local = String(branch.name.dropFirst(remote.name.count + 1))
            if !branches.contains(where: { !$0.isRemote && $0.name == local }) {
                return CheckoutTarget(
                    name: local, kind: .newBranch(local, remote: branch.name), commit: branch.commit)
            }
        }
        return CheckoutTarget(name: reference, kind: .detached, commit: try await resolve(reference))
    }

    func checkBranchName(_ name: String) throws(GitError) {
        try LibGit2.start()
        var isValid: Int32 = 0
        let code = unsafe git_branch_name_is_valid(&isValid, name)
        guard code == 0, isValid == 1, name != "HEAD", !name.hasPrefix("-"), !name.utf8.contains(0) else {
            throw GitError(
                .invalidName, "\"\(printable(name))\" is no name for a branch; use letters, digits, - and /.")
        }
    }
}

/// Where a checkout goes.
private struct CheckoutTarget {
    enum Kind {
        case branch(String)
        case newBranch(String, remote: String)
        case detached
    }

    let name: String
    let kind: Kind
    let commit: ObjectID
}

extension GitError {
    static func branchExists(_ name: String) -> GitError {
        GitError(.exists, "There is a branch \(name) already; choose another name or check it out.")
    }

    static func inTheWay(_ files: [String], of target: String) -> GitError {
        let list = files.prefix(10).map { printable($0) }.joined(separator: ", ")
        let more = files.count > 10 ? " and \(files.count - 10) more" : ""
        return GitError(
            .conflict,
            "Checking out \(target) would overwrite local changes in \(list)\(more); commit or stash them first.")
    }
}
