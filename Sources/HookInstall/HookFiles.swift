internal import Files
internal import SystemPackage

/// The file operations of an installation. Each leaves the old state or the new one, whenever the process ends.
enum HookFiles {
    /// Of the entry itself, not of what a link leads to; nil when there is none.
    static func status(_ path: String) throws(HookError) -> FileStatus? {
        do {
            return try FileStatus(of: path, followingLink: false)
        } catch {
            if error.isMissing { return nil }
            throw HookError(error)
        }
    }

    /// As git asks it: what a link leads to counts.
    static func isExecutable(_ path: String) -> Bool { FileSystem.isExecutable(path) }

    /// The beginning of a regular file, or of the one a link leads to; nil when it cannot be read.
    static func head(_ path: String, limit: Int = 64 << 10) -> [UInt8]? {
        guard let file = try? OpenFile(path, [.nonBlocking]), let status = try? file.status(), status.isFile else {
            return nil
        }
        return try? file.read(min(limit, status.size), at: 0)
    }

    /// Puts a file in a place, over what is there. A rename that was reported survives a power cut.
    static func put(_ bytes: [UInt8], at path: String, mode: UInt32? = nil) throws(HookError) {
        let temporary = FileSystem.name(of: temporaryName(for: path))
        do {
            try NewFile.write(
                bytes, to: path, passing: .name(temporary), permissions: 0o777, exactPermissions: mode, isDurable: true)
        } catch {
            throw HookError(error, doing: "write")
        }
    }

    /// Renames, over what is there.
    static func move(_ path: String, to other: String) throws(HookError) {
        try perform { () throws(FileError) in try FileSystem.rename(path, to: other) }
        synchronizeDirectory(of: other)
    }

    /// Gives an entry a second name that nothing has yet; a link stays a link. The first name stays.
    static func name(_ path: String, also other: String) throws(HookError) {
        do {
            try FileSystem.link(path, as: other)
            return synchronizeDirectory(of: other)
        } catch {
            switch error.code {
            // No second names on this file system: an equal entry does.
            case .notPermitted, .notSupportedOnSocket, .notSupported, .tooManyLinks, .noFunction: break
            default: throw HookError(error)
            }
        }
        guard let status = try status(path) else { throw HookError(FileError("read", path, .noSuchFileOrDirectory)) }
        if status.isLink {
            guard let target = FileSystem.target(ofLink: path) else {
                throw HookError(FileError("rename \(path) to", other, .ioError))
            }
            return try makeLink(other, to: String(decoding: target, as: UTF8.self))
        }
        guard let bytes = head(path, limit: .max) else { throw HookError(FileError("read", path, .ioError)) }
        try put(bytes, at: other, mode: status.permissions)
    }

    /// Makes a link where nothing is.
    static func makeLink(_ path: String, to target: String) throws(HookError) {
        try perform { () throws(FileError) in try FileSystem.makeLink(path, to: target) }
        synchronizeDirectory(of: path)
    }

    static func remove(_ path: String) throws(HookError) {
        do {
            try FileSystem.remove(path)
        } catch {
            guard error.code == .noSuchFileOrDirectory else { throw HookError(error) }
        }
        synchronizeDirectory(of: path)
    }

    /// Makes a directory and those above it.
    ///
    /// - Returns: How many did not exist.
    static func makeDirectory(_ path: String, mode: UInt32 = 0o777) throws(HookError) -> Int {
        if let status = try? FileStatus(of: path) {
            if status.isDirectory { return 0 }
            throw HookError(.refused, "\(path) is no directory, so there is no place for hooks; change core.hooksPath.")
        }
        guard path != "/" else { throw HookError(FileError("make", path, .noSuchFileOrDirectory)) }
        let above = try makeDirectory(FileSystem.parent(of: path), mode: mode)
        do {
            try FileSystem.makeDirectory(path, permissions: mode)
        } catch {
            if error.code == .fileExists { return above }
            throw HookError(error)
        }
        return above + 1
    }

    /// Removes a directory, and as many above it, as long as they are empty.
    static func removeEmptyDirectories(_ path: String, count: Int) {
        var path = path
        for _ in 0..<count {
            guard (try? FileSystem.removeDirectory(path)) != nil else { return }
            path = FileSystem.parent(of: path)
        }
    }

    /// An absolute path without links, as far as it exists.
    static func resolved(_ path: String) -> String {
        if let real = try? FileSystem.realPath(path) { return real }
        guard path != "/", path.contains("/") else { return path }
        let parent = FileSystem.parent(of: path)
        return resolved(parent) + (parent == "/" ? "" : "/") + FileSystem.name(of: path)
    }

    static func temporaryName(for path: String) -> String {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
        return "\(path[..<slash])/.\(path[slash...].dropFirst()).vocero-new"
    }

    /// As far as the file system can: what was asked for is done already.
    private static func synchronizeDirectory(of path: String) { try? FileSystem.synchronizeDirectory(of: path) }

    private static func perform(_ body: () throws(FileError) -> Void) throws(HookError) {
        do {
            try body()
        } catch {
            throw HookError(error)
        }
    }
}

extension HookError {
    fileprivate init(_ error: FileError, doing action: String? = nil) {
        let advice = error.isPermission ? "; give yourself the right to write there" : ""
        self.init(
            .failed, "Cannot \(action ?? error.operation) \(error.path): \(error.reason.lowercased())\(advice).")
    }
}
