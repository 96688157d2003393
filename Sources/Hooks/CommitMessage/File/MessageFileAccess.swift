internal import Files
internal import Glibc
package import HookInstall
internal import SystemPackage

/// Reads and replaces the file that git hands to a hook. Neither follows a link nor touches what is not a plain file.
package enum MessageFileAccess {
    /// Larger messages nobody writes; a diff below the scissors may be long.
    private static let mostBytes = 4 << 20

    /// Throws `notFound`, or `badInput` for a link, a directory, a device, or a file of more than 4 MiB.
    package static func read(_ path: String) throws(HookError) -> [UInt8] {
        let file: OpenFile
        do {
            file = try OpenFile(path, [.noFollow, .nonBlocking])
        } catch {
            switch error.code {
            case .noSuchFileOrDirectory: throw HookError(.notFound, "the message file \(shown(path)) is not there")
            case .tooManySymbolicLinkLevels:
                throw HookError(.badInput, "the message file \(shown(path)) is a symbolic link")
            default: throw unreadable(path, error)
            }
        }
        guard let status = try? file.status(), status.isFile else {
            throw HookError(.badInput, "the message file \(shown(path)) is not a regular file")
        }
        guard status.size <= mostBytes else {
            throw HookError(.badInput, "the message file \(shown(path)) has more than 4 MiB")
        }
        do {
            return try file.read(atMost: mostBytes, expecting: status.size)
        } catch {
            throw unreadable(path, error)
        }
    }

    /// Replaces the file whole or not at all, with its mode and owner kept. Refuses when it is write-protected, or holds
    /// something else than `old` by now.
    package static func replace(_ path: String, with new: [UInt8], ifStill old: [UInt8]) throws(HookError) {
        let status: FileStatus
        do {
            status = try FileStatus(of: path, followingLink: false)
        } catch {
            throw unreadable(path, error)
        }
        // Root may write anything: the mode says what was meant.
        guard status.permissions & 0o200 != 0 else {
            throw HookError(.refused, "the message file \(shown(path)) is write-protected; it is left alone")
        }
        let temporary = FileSystem.name(of: path) + ".vocero"
        let file: NewFile
        do {
            let directory = try OpenFile(FileSystem.parent(of: path), [.directory])
            file = try NewFile(in: directory, passing: .name(temporary), permissions: status.permissions)
        } catch {
            throw HookError(.failed, "\(shown(path + ".vocero")) cannot be made: \(error.reason)")
        }
        do {
            // Not waited for the disk: until the commit is made the file holds nothing that could be lost.
            try takeOwner(of: status, file.file)
            try file.write(new)
        } catch {
            throw unwritten(path, error)
        }
        // Last, so that hardly any time is left for somebody else's change.
        guard try read(path) == old else {
            throw HookError(.refused, "the message file \(shown(path)) was changed meanwhile; it is left alone")
        }
        do {
            try file.replace(FileSystem.name(of: path))
        } catch {
            throw unwritten(path, error)
        }
    }

    /// Owner, group and mode. Only root can give a file away, and must: its owner could not commit again.
    private static func takeOwner(of status: FileStatus, _ file: OpenFile) throws(FileError) {
        if status.owner != geteuid() || status.group != getegid() {
            do {
                try file.setOwner(status.owner, group: status.group)
            } catch {
                if geteuid() == 0 { throw error }
            }
        }
        try file.setPermissions(status.permissions)
    }

    private static func unreadable(_ path: String, _ error: FileError) -> HookError {
        HookError(.failed, "the message file \(shown(path)) cannot be read: \(error.reason)")
    }

    private static func unwritten(_ path: String, _ error: FileError) -> HookError {
        HookError(.failed, "the message file \(shown(path)) cannot be written: \(error.reason)")
    }

    private static func shown(_ path: String) -> String { DisplayPath.text(path) }
}
