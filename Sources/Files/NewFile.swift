internal import CLinux
internal import Glibc
internal import SystemPackage

/// A file that is written aside, without a name or under a passing one, and gets its name when it is whole: who looks
/// sees what was there before, or all of it. Gone without a trace when it does not get there.
package final class NewFile {
    /// What it is called until then, in the directory of its name.
    package enum Passing: Sendable, Hashable {
        /// Nothing, where the file system can do that; else as with `random`.
        case none(prefix: String)
        /// Something that nobody else takes. A lock on the file says that its writer lives: ``isLeftover(_:in:)``.
        case random(prefix: String)
        /// This: what a process that was killed has left there is removed.
        case name(String)
    }

    package let file: OpenFile
    private let directory: OpenFile
    /// Nil while it has no name at all.
    private let passing: String?
    private var isNamed = false

    /// `permissions`: less what the umask takes; ``OpenFile/setPermissions(_:)`` does without it.
    package init(in directory: OpenFile, passing: Passing, permissions: UInt32 = 0o600) throws(FileError) {
        self.directory = directory
        switch passing {
        case .none(let prefix):
            if let file = try Self.unnamed(in: directory, permissions) {
                self.passing = nil
                self.file = file
                return
            }
            self.passing = prefix + Self.randomName()
        case .random(let prefix): self.passing = prefix + Self.randomName()
        case .name(let name):
            self.passing = name
            do {
                try directory.remove(name)
            } catch {
                guard error.code == .noSuchFileOrDirectory else { throw error }
            }
        }
        file = try OpenFile(
            self.passing ?? "", in: directory, [.write, .createNew, .noFollow], permissions: permissions)
        // Not every file system has locks; where there are none, nobody asks for this one.
        _ = try? file.lock()
    }

    deinit {
        // Neither name nor lock is left; that it could not be removed is told to nobody who could do more.
        if let passing, !isNamed { try? directory.remove(passing) }
    }

    package func write(_ bytes: [UInt8]) throws(FileError) { try file.write(bytes) }

    package func write(_ text: String) throws(FileError) { try file.write(text) }

    /// Takes the place of what has the name. That the file and the directory are on the disk is the caller's.
    package func replace(_ name: String) throws(FileError) {
        guard let passing else {
            // A name cannot be taken over without one. A kill between the two leaves the whole file under it.
            let second = ".vocero-" + Self.randomName()
            try link(as: second)
            do {
                try rename(second, to: name)
            } catch {
                try? directory.remove(second)
                throw error
            }
            return
        }
        try rename(passing, to: name)
        isNamed = true
    }

    /// Takes a name that nothing has.
    package func claim(_ name: String) throws(FileError) { try link(as: name) }

    private func rename(_ name: String, to final: String) throws(FileError) {
        guard unsafe renameat(directory.number, name, directory.number, final) == 0 else {
            throw FileError("write", directory.path(of: final))
        }
    }

    private func link(as name: String) throws(FileError) {
        let result =
            if let passing {
                unsafe linkat(directory.number, passing, directory.number, name, 0)
            } else {
                unsafe linkat(
                    AT_FDCWD, Self.processPath(file.number), directory.number, name, AT_SYMLINK_FOLLOW)
            }
        guard result == 0 else { throw FileError("write", directory.path(of: name)) }
    }

    // MARK: Names

    private static func randomName() -> String { String(UInt64.random(in: .min ... .max), radix: 16) }

    private static func processPath(_ number: Int32) -> String { "/proc/self/fd/\(number)" }

    /// Nil where the file system has no files without a name, or no `/proc` to give it one through.
    private static func unnamed(in directory: OpenFile, _ permissions: UInt32) throws(FileError) -> OpenFile? {
        do {
            let file = try OpenFile(
                ".", in: directory.number, called: directory.path, vocero_o_tmpfile | O_WRONLY | O_CLOEXEC, permissions)
            return unsafe access(processPath(file.number), F_OK) == 0 ? file : nil
        } catch {
            switch error.code.rawValue {
            case EOPNOTSUPP, EISDIR, ENOENT, EINVAL: return nil
            default: throw error
            }
        }
    }

    /// Whether a name is that of a file that a process has left which was killed: the lock that it held is free.
    package static func isLeftover(_ name: String, in directory: OpenFile) -> Bool {
        guard let file = try? OpenFile(name, in: directory, [.noFollow, .nonBlocking]),
            let status = try? file.status()
        else { return false }
        // One that was made just now may have no lock yet.
        guard time(nil) - status.modified.seconds > 2 else { return false }
        return (try? file.lock()) == true
    }
}
