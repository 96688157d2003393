internal import CGit2

/// Objects that are made for a look and kept in memory: what a person then denies has left nothing.
@safe
struct ScratchObjects: ~Copyable {
    private let repository: OpaquePointer
    private let original: OpaquePointer
    private let scratch: OpaquePointer

    /// From here on the repository reads what it has, and writes into memory.
    init(_ repository: OpaquePointer, objects: String) throws(GitError) {
        var original: OpaquePointer?
        try check(unsafe git_repository_odb(&original, repository), "open the objects")
        var scratch: OpaquePointer?
        var memory: UnsafeMutablePointer<git_odb_backend>?
        do throws(GitError) {
            try check(unsafe git_odb_open(&scratch, objects), "open the objects")
            try check(unsafe git_mempack_new(&memory), "make objects in memory")
            // Asked before all others, so that it is what is written to; the objects own it from here on.
            try check(unsafe git_odb_add_backend(scratch, memory, 1_000), "make objects in memory")
            try check(unsafe git_repository_set_odb(repository, scratch), "make objects in memory")
        } catch {
            unsafe git_odb_free(scratch)
            unsafe git_odb_free(original)
            throw error
        }
        guard let original = unsafe original, let scratch = unsafe scratch else {
            throw GitError(.failed, "The objects could not be opened.")
        }
        unsafe self.repository = unsafe repository
        unsafe self.original = unsafe original
        unsafe self.scratch = unsafe scratch
    }

    deinit {
        // It was the repository's before: that it is so again cannot fail.
        _ = unsafe git_repository_set_odb(repository, original)
        unsafe git_odb_free(original)
        unsafe git_odb_free(scratch)
    }
}
