internal import Assistant
internal import Concurrency
internal import Glibc
internal import JSON

/// Writes files of the spool, one record at a time, on a queue of its own: each waits for the disk.
actor SpoolWriter {
    private let directory: String
    private let executor = BlockingExecutor(label: "vocero.spool")
    private var files: [RunID: Box] = [:]

    /// Noncopyable values do not go into a dictionary by themselves.
    private final class Box {
        let file: SpoolFile
        init(_ file: consuming SpoolFile) { self.file = file }
    }

    init(directory: String) {
        self.directory = directory
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Adds a record to the file of its root run, which is made with the first one.
    func append(_ record: JournalRecord, root: RunID, lease: RunLease) throws(JournalError) {
        let box: Box
        if let open = files[root] {
            box = open
        } else {
            try Self.makeDirectory(directory)
            box = Box(try SpoolFile(directory: directory, run: root, lease: lease))
            files[root] = box
        }
        try box.file.append(record.json)
        if case .finish(let closing) = record, closing.run == root { files[root] = nil }
    }

    private static func makeDirectory(_ path: String) throws(JournalError) {
        var made = ""
        for part in path.split(separator: "/") {
            made += (made.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
            if mkdir(made, 0o700) != 0, errno != EEXIST { throw .spool("making", made) }
        }
    }
}
