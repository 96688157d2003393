internal import Glibc

/// `postmaster.pid`, which a PostgreSQL server keeps in its data directory while it runs.
struct PostmasterFile {
    let processID: Int32
    let socketDirectory: String
    /// `starting`, `ready`, `stopping`, `standby`; empty before the server wrote it.
    let status: String

    static func path(in dataDirectory: String) -> String { dataDirectory + "/postmaster.pid" }

    /// Lines: process, data directory, start time, port, socket directory, listen address, shared memory, status.
    init?(in dataDirectory: String) {
        guard let text = SmallFile.text(Self.path(in: dataDirectory)) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let processID = Int32(lines[0]) else { return nil }
        self.processID = processID
        socketDirectory = lines.count > 4 ? String(lines[4]) : ""
        status = lines.count > 7 ? String(lines[7].prefix { $0 != " " }) : ""
    }

    /// The server that wrote the file, if it still runs. Its number alone proves nothing: after a crash another
    /// process may have it.
    func server(of dataDirectory: String) -> ProcessEntry? {
        guard let entry = ProcessEntry(processID) else { return nil }
        let arguments = entry.arguments
        let isPostgres = arguments.first?.split(separator: "/").last == "postgres"
        guard isPostgres, arguments.contains(dataDirectory) || entry.workingDirectory == dataDirectory else {
            return nil
        }
        return entry
    }
}
