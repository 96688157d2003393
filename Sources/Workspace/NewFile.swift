internal import CLinux
internal import Glibc

/// A file that is written without a name, or with a passing one, and gets its name when it is whole and on disk.
enum NewFile {
    /// Writes a file under a name that must not be taken.
    static func create(
        _ bytes: [UInt8], as name: String, in directory: borrowing Descriptor, mode: mode_t? = nil
    ) throws(SystemFailure) {
        let file = try written(bytes, in: directory, mode: mode, owner: nil)
        try file.link(as: name, in: directory)
        try directory.synchronize()
    }

    /// Writes a file and has it take the place of another, whose permissions and owner it keeps.
    static func replace(
        _ name: String, with bytes: [UInt8], keeping old: FileContent, in directory: borrowing Descriptor
    ) throws(SystemFailure) {
        let file = try written(bytes, in: directory, mode: old.mode, owner: (old.owner, old.group))
        try file.replace(name, in: directory)
        try directory.synchronize()
    }

    private static func written(
        _ bytes: [UInt8], in directory: borrowing Descriptor, mode: mode_t?, owner: (uid_t, gid_t)?
    ) throws(SystemFailure) -> PassingFile {
        let file = try PassingFile(in: directory, mode: mode ?? 0o666)
        try file.descriptor.write(bytes)
        if let owner, owner.0 != geteuid() || owner.1 != getegid() {
            // Only root can give a file away; anyone else's replacement becomes their own, as with any editor.
            _ = fchown(file.descriptor.number, owner.0, owner.1)
        }
        if let mode, fchmod(file.descriptor.number, mode) != 0 { throw SystemFailure(errno) }
        try file.descriptor.synchronize()
        return file
    }
}

/// A file on its way to a name; gone without a trace when it does not get there.
private struct PassingFile: ~Copyable {
    let descriptor: Descriptor
    private let directory: Int32
    /// Nil while it has no name at all.
    private let name: String?

    init(in directory: borrowing Descriptor, mode: mode_t) throws(SystemFailure) {
        self.directory = directory.number
        let anonymous = unsafe openat(directory.number, ".", vocero_o_tmpfile | O_WRONLY | O_CLOEXEC, mode)
        if anonymous >= 0 {
            if Self.canLink(anonymous) {
                descriptor = Descriptor(owning: anonymous)
                name = nil
                return
            }
            close(anonymous)
        } else if errno != EOPNOTSUPP, errno != EISDIR, errno != ENOENT, errno != EINVAL {
            throw SystemFailure(errno)
        }
        // The file system has no files without a name.
        let passing = Self.passingName()
        let number = unsafe openat(
            directory.number, passing, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, mode)
        guard number >= 0 else { throw SystemFailure(errno) }
        descriptor = Descriptor(owning: number)
        name = passing
    }

    deinit {
        if let name { unsafe unlinkat(directory, name, 0) }
    }

    /// Gives it a name that must not be taken.
    func link(as final: String, in directory: borrowing Descriptor) throws(SystemFailure) {
        let result =
            if let name {
                unsafe linkat(directory.number, name, directory.number, final, 0)
            } else {
                unsafe linkat(AT_FDCWD, Self.processPath(descriptor.number), directory.number, final, AT_SYMLINK_FOLLOW)
            }
        guard result == 0 else { throw SystemFailure(errno) }
    }

    /// Has it take over a name. A kill between the two calls leaves the whole file under its passing name.
    func replace(_ final: String, in directory: borrowing Descriptor) throws(SystemFailure) {
        let passing: String
        if let name {
            passing = name
        } else {
            passing = Self.passingName()
            try link(as: passing, in: directory)
        }
        guard unsafe renameat(directory.number, passing, directory.number, final) == 0 else {
            let code = errno
            unsafe unlinkat(directory.number, passing, 0)
            throw SystemFailure(code)
        }
    }

    /// Giving a nameless file its name goes through `/proc`, which a container may lack.
    private static func canLink(_ number: Int32) -> Bool { unsafe access(processPath(number), F_OK) == 0 }

    private static func processPath(_ number: Int32) -> String { "/proc/self/fd/\(number)" }

    private static func passingName() -> String {
        ".vocero-\(String(UInt64.random(in: .min ... .max), radix: 16)).tmp"
    }
}
