internal import FoundationEssentials
internal import Glibc
package import HookInstall

/// Reads and replaces the file that git hands to a hook. Neither follows a link nor touches what is not a plain file.
package enum MessageFileAccess {
    /// Larger messages nobody writes; a diff below the scissors may be long.
    private static let mostBytes = 4 << 20

    /// Throws `notFound`, or `badInput` for a link, a directory, a device, or a file of more than 4 MiB.
    package static func read(_ path: String) throws(HookError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: throw HookError(.notFound, "the message file \(shown(path)) is not there")
            case ELOOP: throw HookError(.badInput, "the message file \(shown(path)) is a symbolic link")
            default: throw HookError(.failed, "the message file \(shown(path)) cannot be read: \(systemWords)")
            }
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw HookError(.badInput, "the message file \(shown(path)) is not a regular file")
        }
        guard status.st_size <= mostBytes else {
            throw HookError(.badInput, "the message file \(shown(path)) has more than 4 MiB")
        }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= mostBytes {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw HookError(.failed, "the message file \(shown(path)) cannot be read: \(systemWords)")
            }
            if count == 0 { break }
            bytes += block[..<count]
        }
        return bytes
    }

    /// Replaces the file whole or not at all, with its mode and owner kept. Refuses when it is write-protected, or holds
    /// something else than `old` by now.
    package static func replace(_ path: String, with new: [UInt8], ifStill old: [UInt8]) throws(HookError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            throw HookError(.failed, "the message file \(shown(path)) cannot be read: \(systemWords)")
        }
        // Root may write anything: the mode says what was meant.
        guard status.st_mode & 0o200 != 0 else {
            throw HookError(.refused, "the message file \(shown(path)) is write-protected; it is left alone")
        }
        let temporary = "\(path).vocero"
        // Left by one that was killed in between.
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, status.st_mode & 0o7777)
        guard descriptor >= 0 else {
            throw HookError(.failed, "\(shown(temporary)) cannot be made: \(systemWords)")
        }
        // Not waited for the disk: until the commit is made the file holds nothing that could be lost.
        let isWritten = takeOwner(of: status, descriptor) && write(new, to: descriptor)
        close(descriptor)
        do throws(HookError) {
            // Last, so that hardly any time is left for somebody else's change.
            guard try read(path) == old else {
                throw HookError(.refused, "the message file \(shown(path)) was changed meanwhile; it is left alone")
            }
        } catch {
            unlink(temporary)
            throw error
        }
        guard isWritten, rename(temporary, path) == 0 else {
            let words = systemWords
            unlink(temporary)
            throw HookError(.failed, "the message file \(shown(path)) cannot be written: \(words)")
        }
    }

    /// Owner, group and mode. Only root can give a file away, and must: its owner could not commit again.
    private static func takeOwner(of status: stat, _ descriptor: Int32) -> Bool {
        if status.st_uid != geteuid() || status.st_gid != getegid(),
            fchown(descriptor, status.st_uid, status.st_gid) != 0,
            geteuid() == 0
        {
            return false
        }
        return fchmod(descriptor, status.st_mode & 0o7777) == 0
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            offset += count
        }
        return true
    }

    private static var systemWords: String { String(cString: strerror(errno)) }

    private static func shown(_ path: String) -> String { DisplayPath.text(path) }
}
