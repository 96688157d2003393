internal import CGit2

/// Owns one object of libgit2 and frees it when its scope ends.
@safe
struct Handle: ~Copyable {
    let pointer: OpaquePointer
    private let release: (OpaquePointer?) -> Void

    /// Makes the object.
    ///
    /// - Parameters:
    ///   - doing: What is being done, to go on from "Cannot": `read the commit 1a2b3c4`.
    ///   - release: libgit2's function that frees it.
    ///   - make: Calls libgit2's function that makes it.
    /// - Throws: What libgit2 said when it made none.
    init(
        _ doing: @autoclosure () -> String, _ release: @escaping (OpaquePointer?) -> Void,
        make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) throws(GitError) {
        var made: OpaquePointer?
        let code = unsafe make(&made)
        guard code == 0, let pointer = unsafe made else { throw GitError.ofLibrary(code, doing()) }
        unsafe self.pointer = unsafe pointer
        unsafe self.release = unsafe release
    }

    /// As ``init(_:_:make:)``, nil when libgit2 says that there is no such thing.
    static func ifFound(
        _ doing: @autoclosure () -> String, _ release: @escaping (OpaquePointer?) -> Void,
        make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) throws(GitError) -> Handle? {
        do throws(GitError) {
            return try unsafe Handle(doing(), release, make: make)
        } catch {
            if error.kind == .notFound || error.kind == .unborn { return nil }
            throw error
        }
    }

    deinit { unsafe release(pointer) }
}

/// The open repository, which an actor keeps.
@safe
final class RepositoryHandle {
    let pointer: OpaquePointer

    /// Takes over the pointer.
    init(_ pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }

    deinit { unsafe git_repository_free(pointer) }
}

// Made on the thread that opens and handed whole to the actor, which alone uses it from then on.
extension RepositoryHandle: @unchecked Sendable {}

/// Throws what libgit2 said when a call failed. Must follow the call in the same synchronous function.
@discardableResult
func check(_ code: Int32, _ doing: @autoclosure () -> String) throws(GitError) -> Int32 {
    if code < 0 { throw GitError.ofLibrary(code, doing()) }
    return code
}

/// Throws when the task was cancelled; for the steps of a walk.
func checkCancellation() throws(GitError) {
    if Task.isCancelled { throw GitError(.cancelled, "The operation was cancelled; nothing was changed.") }
}
