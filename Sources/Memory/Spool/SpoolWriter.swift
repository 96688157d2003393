internal import Assistant
internal import Concurrency
internal import Files
internal import JSON

/// Writes files of the spool, one record at a time, on a queue of its own: each waits for the disk.
actor SpoolWriter {
    private let directory: String
    private let place: StorePlace
    private let executor = BlockingExecutor(label: "vocero.spool")
    private var files: [RunID: SpoolFile] = [:]

    init(directory: String, place: StorePlace) {
        self.directory = directory
        self.place = place
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Adds a record to the file of its root run, which is made with the first one.
    func append(_ record: JournalRecord, root: RunID, lease: RunLease) throws(JournalError) {
        let file: SpoolFile
        if let open = files[root] {
            file = open
        } else {
            do {
                try FileSystem.makeDirectories(directory)
            } catch {
                throw .spool("making", error)
            }
            file = try SpoolFile(directory: directory, run: root, lease: lease, place: place)
            files[root] = file
        }
        try file.append(record.json)
        if case .finish(let closing) = record, closing.run == root { files[root] = nil }
    }
}
