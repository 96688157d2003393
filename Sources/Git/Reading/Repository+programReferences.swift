internal import FoundationEssentials

/// References through the git program, for repositories that libgit2 cannot open.
extension Repository {
    func programHead() async throws(GitError) -> Head {
        let name = try await program.run(["symbolic-ref", "-q", "HEAD"])
        let commit = try await program.run(["rev-parse", "--verify", "-q", "HEAD^{commit}"])
        let id = ObjectID(hex: String(commit.text.prefix { $0 != "\n" }))
        let full = name.isSuccess ? String(name.text.prefix { $0 != "\n" }) : nil
        guard let full else {
            if let id { return .detached(id) }
            throw GitError.ofProgram(commit, doing: "read HEAD")
        }
        let branch = full.hasPrefix("refs/heads/") ? String(full.dropFirst(11)) : full
        return id.map { .branch(name: branch, commit: $0) } ?? .unborn(branch: branch)
    }

    func programResolve(_ reference: String) async throws(GitError) -> ObjectID {
        try CommitReader.checkName(reference)
        let output = try await program.run(
            ["rev-parse", "--verify", "-q", "--end-of-options", reference + "^{commit}"])
        if let id = ObjectID(hex: String(output.text.prefix { $0 != "\n" })) { return id }
        if output.complaint.contains("dubious ownership") { throw GitError.ofProgram(output, doing: "read HEAD") }
        if reference == "HEAD" { throw .unborn("read HEAD") }
        throw .unknownReference(reference)
    }

    func programMergeBase(_ left: String, _ right: String) async throws(GitError) -> ObjectID? {
        let (one, two) = (try await programResolve(left), try await programResolve(right))
        let output = try await program.run(["merge-base", one.hex, two.hex])
        if output.isSuccess { return ObjectID(hex: String(output.text.prefix { $0 != "\n" })) }
        if output.status == 1 { return nil }
        throw GitError.ofProgram(output, doing: "find the common commit")
    }

    func programBranches(includingRemote: Bool, limit: Int) async throws(GitError) -> [Branch] {
        let format = [
            "%(refname)", "%(HEAD)", "%(objectname)", "%(objectname:short)", "%(upstream:short)",
            "%(upstream:track,nobracket)", "%(committerdate:raw)", "%(symref)", "%(contents:subject)",
        ]
        let places = ["refs/heads"] + (includingRemote ? ["refs/remotes"] : [])
        let output = try await program.output(
            ["for-each-ref", "--format=" + format.joined(separator: "%1f") + "%00"] + places, doing: "list branches")
        let branches = output.records.compactMap { record -> Branch? in
            let fields = ProgramFormat.fields(String(record.drop { $0 == "\n" }), maxSplits: 8)
            guard fields.count == 9, fields[7].isEmpty, let id = ObjectID(hex: fields[2]) else { return nil }
            let isRemote = fields[0].hasPrefix("refs/remotes/")
            return Branch(
                name: String(fields[0].dropFirst(isRemote ? 13 : 11)), isRemote: isRemote, isHead: fields[1] == "*",
                upstream: fields[4].isEmpty || isRemote ? nil : Self.upstream(fields[4], track: fields[5]), commit: id,
                shortID: fields[3], subject: fields[8], date: ProgramFormat.signature("", "", fields[6]).date)
        }
        return Array(branches.prefix(limit))
    }

    /// `track` is `ahead 1, behind 2`, `gone`, or empty when both are equal.
    private static func upstream(_ name: String, track: String) -> Upstream {
        if track == "gone" { return Upstream(name: name, ahead: nil, behind: nil) }
        var counts = ["ahead": 0, "behind": 0]
        for part in track.split(separator: ",") {
            let words = part.split(separator: " ")
            if words.count == 2 { counts[String(words[0])] = Int(words[1]) }
        }
        return Upstream(name: name, ahead: counts["ahead"], behind: counts["behind"])
    }

    func programTags(limit: Int) async throws(GitError) -> [Tag] {
        let format = [
            "%(refname)", "%(objecttype)", "%(objectname)", "%(*objectname)", "%(taggername)", "%(taggeremail:trim)",
            "%(taggerdate:raw)", "%(committerdate:raw)", "%(contents)",
        ]
        let output = try await program.output(
            [
                "for-each-ref", "--sort=-creatordate", "--count=\(min(limit, 100_000))",
                "--format=" + format.joined(separator: "%1f") + "%00", "refs/tags",
            ], doing: "list tags")
        return output.records.compactMap { record in
            let fields = ProgramFormat.fields(String(record.drop { $0 == "\n" }), maxSplits: 8)
            guard fields.count == 9 else { return nil }
            let isAnnotated = fields[1] == "tag"
            guard let target = ObjectID(hex: isAnnotated ? fields[3] : fields[2]) else { return nil }
            let tagger = isAnnotated ? ProgramFormat.signature(fields[4], fields[5], fields[6]) : nil
            let date = tagger?.date ?? (fields[7].isEmpty ? nil : ProgramFormat.signature("", "", fields[7]).date)
            return Tag(
                name: String(fields[0].dropFirst(10)), target: target, tagger: tagger,
                message: isAnnotated ? TagMessage.withoutSignature(fields[8]) : nil, date: date)
        }
    }

    func programConfiguration(prefix: String) async throws(GitError) -> [ConfigurationEntry] {
        try await program.configuration().filter { $0.key.lowercased().hasPrefix(prefix.lowercased()) }
    }

    func programRemotes() async throws(GitError) -> [Remote] {
        var urls: [String: String] = [:]
        var pushURLs: [String: String] = [:]
        for entry in try await programConfiguration(prefix: "remote.") {
            let value = RemoteURL(entry.value).withoutCredentials
            let name = entry.key.dropFirst(7)
            if name.hasSuffix(".url") { urls[String(name.dropLast(4))] = value }
            if name.hasSuffix(".pushurl") { pushURLs[String(name.dropLast(8))] = value }
        }
        return urls.sorted { $0.key < $1.key }.map { Remote(name: $0.key, url: $0.value, pushURL: pushURLs[$0.key]) }
    }
}
