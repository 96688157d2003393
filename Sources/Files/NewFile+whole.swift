extension NewFile {
    /// Writes a whole file in the place of what is there. `isDurable`: it survives a power cut when this returns.
    /// The umask takes from `permissions` and not from `exactPermissions`.
    package static func write(
        _ bytes: [UInt8], to path: String, passing: Passing, permissions: UInt32 = 0o600,
        exactPermissions: UInt32? = nil, isDurable: Bool
    ) throws(FileError) {
        let directory: OpenFile
        do {
            directory = try OpenFile(FileSystem.parent(of: path), [.directory])
        } catch {
            throw FileError(error.operation, path, error.code)
        }
        let new = try NewFile(in: directory, passing: passing, permissions: permissions)
        try new.write(bytes)
        if let exactPermissions { try new.file.setPermissions(exactPermissions) }
        if isDurable { try new.file.synchronize() }
        try new.replace(FileSystem.name(of: path))
        if isDurable { try directory.synchronizeDirectory() }
    }
}
