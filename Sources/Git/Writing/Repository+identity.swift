internal import CGit2
internal import FoundationEssentials
internal import Glibc

/// A signature that libgit2 made.
@safe
final class SignatureHandle {
    let pointer: UnsafeMutablePointer<git_signature>

    init(_ pointer: UnsafeMutablePointer<git_signature>) { unsafe self.pointer = unsafe pointer }

    deinit { unsafe git_signature_free(pointer) }
}

extension Repository {
    /// Who commits, from `author.*` or `committer.*`, else `user.*` of git's configuration.
    ///
    /// - Parameters:
    ///   - role: `author` or `committer`.
    ///   - date: Whole seconds; its offset is this machine's.
    /// - Returns: What libgit2 takes.
    /// - Throws: `identityMissing`.
    func signature(_ role: String, date: Date) throws(GitError) -> SignatureHandle {
        let (name, email) = try identity(role)
        let time = seconds(date)
        var made: UnsafeMutablePointer<git_signature>?
        let code = unsafe git_signature_new(&made, name, email, time, Int32(LocalClock.offsetInMinutes(at: time)))
        guard code == 0, let pointer = unsafe made else {
            throw GitError(
                .identityMissing, "git's user.name or user.email is not one that a commit can hold; set them anew.")
        }
        return unsafe SignatureHandle(pointer)
    }

    private func identity(_ role: String) throws(GitError) -> (name: String, email: String) {
        let repository = unsafe try library
        let configuration = try unsafe Handle("read the configuration", git_config_free) {
            unsafe git_repository_config_snapshot($0, repository)
        }
        let value = { (key: String) -> String? in
            let found =
                unsafe ConfigurationReader.string("\(role).\(key)", of: configuration.pointer)
                ?? ConfigurationReader.string("user.\(key)", of: configuration.pointer)
            return found.flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let name = value("name"), let email = value("email") else {
            throw GitError(
                .identityMissing,
                "git does not know who commits; run `git config --global user.name` and `user.email` with yours.")
        }
        return (name, email)
    }
}

/// The machine's time zone.
enum LocalClock {
    static func offsetInMinutes(at time: Int64) -> Int {
        var seconds = time_t(time)
        var local = unsafe tm()
        guard unsafe localtime_r(&seconds, &local) != nil else { return 0 }
        return unsafe local.tm_gmtoff / 60
    }

    /// In the form of git's date variables: `1767319445 +0100`.
    static func stamp(_ date: Date) -> String {
        let time = seconds(date)
        let offset = offsetInMinutes(at: time)
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(time) \(offset < 0 ? "-" : "+")\(two(abs(offset) / 60))\(two(abs(offset) % 60))"
    }
}
