internal import Assistant
internal import Glibc
internal import JSON

/// A file of the spool that is being written: it holds one run with its child runs, a record a line, and is locked
/// for as long as the process that writes it lives. Each line is on the disk when `append` returns.
struct SpoolFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    /// Makes the file with its first line, which says whose the run was. It gets its name when it has both the line
    /// and the lock: a drain must not take it for an empty one.
    init(directory: String, run: RunID, lease: RunLease) throws(JournalError) {
        path = "\(directory)/\(run).\(SpoolHeader.suffix)"
        let unnamed = path + ".new"
        descriptor = open(unnamed, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .spool("opening", unnamed) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .spool("locking", unnamed) }
        try append(SpoolHeader(run: run, lease: lease).json)
        guard rename(unnamed, path) == 0 else { throw .spool("naming", path) }
        try Self.synchronize(directory: directory)
    }

    deinit {
        guard descriptor >= 0 else { return }
        // A child that was just forked still has the descriptor, and with it the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Adds one line and waits until it is on the disk.
    borrowing func append(_ line: JSON) throws(JournalError) {
        var bytes = Array(line.description.utf8)
        bytes.append(UInt8(ascii: "\n"))
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .spool("writing to", path)
            }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw .spool("writing to", path) }
    }

    static func synchronize(directory: String) throws(JournalError) {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .spool("opening", directory) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .spool("writing to", directory) }
    }
}

/// The first line of a file of the spool.
struct SpoolHeader {
    static let suffix = "run.jsonl"
    private static let version = 1

    let run: RunID
    let lease: RunLease

    init(run: RunID, lease: RunLease) {
        self.run = run
        self.lease = lease
    }

    var json: JSON {
        [
            "spool": .integer(Self.version), "run": .string(run.description), "owner": .string(lease.owner),
            "fence": .integer(Int(lease.fence)),
        ]
    }

    init?(json: JSON) {
        guard json["spool"]?.integer == Self.version, let owner = json["owner"]?.string,
            let fence = json["fence"]?.integer, let run = json["run"]?.string.flatMap(RunID.init(text:))
        else { return nil }
        self.init(run: run, lease: RunLease(owner: owner, fence: Int64(fence)))
    }
}
