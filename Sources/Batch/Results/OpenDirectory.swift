internal import Files

/// An open directory of results.
struct OpenDirectory {
    let file: OpenFile
    var path: String { file.path }

    /// Opens a directory that a person has named; links are followed.
    init(path: String) throws(ResultError) {
        file = try ResultError.catching("Opening the directory", path) { () throws(FileError) in
            try OpenFile(path, [.directory])
        }
    }

    /// Opens a directory inside another and makes it when it is not there; no link is followed.
    init(_ name: String, in parent: OpenDirectory) throws(ResultError) {
        let path = parent.path + "/" + name
        let isNew = try ResultError.catching("Making the directory", path) { () throws(FileError) in
            try parent.file.makeDirectory(name)
        }
        file = try ResultError.catching("Opening the directory", path) { () throws(FileError) in
            try OpenFile(name, in: parent.file, [.directory, .noFollow])
        }
        if isNew { try parent.synchronize() }
    }

    func synchronize() throws(ResultError) {
        try ResultError.catching("Writing to the directory", path) { () throws(FileError) in
            try file.synchronizeDirectory()
        }
    }

    /// Gives out the names in it until `each` says that it has seen enough.
    func visitNames(_ each: (String) -> Bool) throws(ResultError) {
        try ResultError.catching("Listing the directory", path) { () throws(FileError) in
            try file.visitEntries { each($0.name) }
        }
    }
}
