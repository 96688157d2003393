internal import Files

extension FileSystem {
    /// Removes a directory of plain files, as far as that goes; what stays is removed by a later command.
    static func removeWork(_ path: String) {
        for name in names(in: path) { try? remove("\(path)/\(name)") }
        try? removeDirectory(path)
    }
}
