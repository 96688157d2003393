internal import CGit2

/// A checkout that overwrites nothing of the user's: never forced, and nothing is written through links.
@safe
struct SafeCheckout {
    let repository: OpaquePointer

    init(_ repository: OpaquePointer) { unsafe self.repository = unsafe repository }

    /// Files that stand in the way.
    private final class Conflicts {
        var files: [String] = []
    }

    func run(_ commit: OpaquePointer, name: String) throws(GitError) {
        let conflicts = Conflicts()
        var options = unsafe git_checkout_options()
        unsafe git_checkout_options_init(&options, UInt32(GIT_CHECKOUT_OPTIONS_VERSION))
        unsafe options.checkout_strategy = GIT_CHECKOUT_SAFE.rawValue
        unsafe options.notify_flags = GIT_CHECKOUT_NOTIFY_CONFLICT.rawValue
        unsafe options.notify_payload = Unmanaged.passUnretained(conflicts).toOpaque()
        unsafe options.notify_cb = { _, path, _, _, _, payload in
            if let payload = unsafe payload {
                let conflicts = unsafe Unmanaged<Conflicts>.fromOpaque(payload).takeUnretainedValue()
                unsafe conflicts.files.append(text(ofC: path))
            }
            return 0
        }
        do throws(GitError) {
            try check(unsafe git_checkout_tree(repository, commit, &options), "check out \(printable(name))")
        } catch {
            throw conflicts.files.isEmpty ? error : .inTheWay(conflicts.files, of: printable(name))
        }
        withExtendedLifetime(conflicts) {}
    }
}
