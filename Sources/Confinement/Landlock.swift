internal import CLinux

/// The kernel's own fence around a thread and the programs it starts (landlock(7)).
package enum Landlock {
    /// The version that the kernel has; 0 where it has none, or where it is switched off. From 4 on it also keeps
    /// programs from opening TCP connections.
    package static let version = Int(vocero_landlock_version())

    /// For a person: what it does here.
    package static var words: String {
        switch version {
        case 0: "this kernel has no Landlock: programs that read a repository are not fenced in by it"
        case 1..<4: "programs that read a repository write nowhere (Landlock \(version), which knows no network)"
        default: "programs that read a repository write nowhere and open no connection (Landlock \(version))"
        }
    }

    /// Restricts the calling thread, for good, and every program that it starts: what they change lies below
    /// `directory`, and they open no TCP connection. Where the kernel cannot, nothing happens.
    ///
    /// - Returns: Whether the fence is up, or there is none to put up; false when the kernel has one and refused.
    static func restrictThread(writingOnlyBelow directory: String) -> Bool {
        guard version > 0 else { return true }
        return unsafe vocero_landlock_restrict(directory) == 0
    }
}
