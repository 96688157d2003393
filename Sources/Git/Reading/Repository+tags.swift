internal import CGit2
internal import FoundationEssentials

extension Repository {
    /// Tags, newest first.
    package func tags(limit: Int = 200) async throws(GitError) -> [Tag] {
        guard handle != nil else { return try await programTags(limit: limit) }
        let repository = unsafe try library
        let iterator = try unsafe Handle("list tags", git_reference_iterator_free) {
            unsafe git_reference_iterator_glob_new($0, repository, "refs/tags/*")
        }
        var tags: [Tag] = []
        while true {
            try checkCancellation()
            var next: OpaquePointer?
            let code = unsafe git_reference_next(&next, iterator.pointer)
            if code == GIT_ITEROVER.rawValue { break }
            try check(code, "list tags")
            guard let reference = unsafe next else { break }
            defer { unsafe git_reference_free(reference) }
            if let tag = try unsafe tag(reference) { tags.append(tag) }
        }
        tags.sort { ($1.date ?? .distantPast, $0.name) < ($0.date ?? .distantPast, $1.name) }
        return Array(tags.prefix(limit))
    }

    /// A tag by its short name.
    func tag(named name: String) throws(GitError) -> Tag? {
        let repository = unsafe try library
        let reference = try unsafe Handle.ifFound("read the tag \(printable(name))", git_reference_free) {
            unsafe git_reference_lookup($0, repository, "refs/tags/\(name)")
        }
        guard let reference else { return nil }
        return try unsafe tag(reference.pointer)
    }

    /// Nil when what it names is not here.
    private func tag(_ reference: OpaquePointer) throws(GitError) -> Tag? {
        let repository = unsafe try library
        let name = unsafe String(text(ofC: git_reference_name(reference)).dropFirst(10))
        let object = try unsafe Handle.ifFound("read the tag \(name)", git_object_free) {
            unsafe git_object_lookup($0, repository, git_reference_target(reference), GIT_OBJECT_ANY)
        }
        guard let object else { return nil }
        var tagger: Signature?
        var message: String?
        if unsafe git_object_type(object.pointer) == GIT_OBJECT_TAG {
            message = unsafe TagMessage.withoutSignature(text(ofC: git_tag_message(object.pointer)))
            if let made = unsafe git_tag_tagger(object.pointer) { tagger = unsafe Signature(made.pointee) }
        }
        // Peeling what is no tag would go on to a commit's tree.
        let isTag = unsafe git_object_type(object.pointer) == GIT_OBJECT_TAG
        let target = try unsafe Handle.ifFound("read the tag \(name)", git_object_free) {
            unsafe isTag ? git_object_peel($0, object.pointer, GIT_OBJECT_ANY) : git_object_dup($0, object.pointer)
        }
        guard let target else { return nil }
        var date = tagger?.date
        if date == nil, unsafe git_object_type(target.pointer) == GIT_OBJECT_COMMIT {
            date = Date(timeIntervalSince1970: Double(unsafe git_commit_time(target.pointer)))
        }
        return Tag(
            name: name, target: unsafe ObjectID(git_object_id(target.pointer)), tagger: tagger, message: message,
            date: date)
    }
}

/// The message of an annotated tag.
enum TagMessage {
    /// Without the signature at its end and the blank lines around it.
    static func withoutSignature(_ message: String) -> String {
        var lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        if let start = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN ") && $0.hasSuffix("SIGNATURE-----") }) {
            lines.removeSubrange(start...)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        return lines.joined(separator: "\n")
    }
}
