internal import Assistant
internal import Files
internal import JSON
internal import SystemPackage

/// A file of the spool that is being written: it holds one run with its child runs, a record a line, and is locked
/// for as long as the process that writes it lives. Each line is on the disk when `append` returns.
final class SpoolFile {
    private let file: OpenFile
    private let path: String
    private var isTorn = false

    /// Makes the file with its first line, which says whose the run was. It gets its name when it has both the line
    /// and the lock: a drain must not take it for an empty one.
    init(directory: String, run: RunID, lease: RunLease, place: StorePlace) throws(JournalError) {
        let name = "\(run).\(SpoolHeader.suffix)"
        path = "\(directory)/\(name)"
        let opened: OpenFile
        let new: NewFile
        do {
            opened = try OpenFile(directory, [.directory])
            new = try NewFile(in: opened, passing: .name(name + ".new"))
        } catch {
            throw .spool("opening", error)
        }
        file = new.file
        do throws(FileError) {
            guard try file.lock() else { throw FileError("lock", file.path, .resourceTemporarilyUnavailable) }
        } catch {
            throw .spool("locking", error)
        }
        try append(SpoolHeader(run: run, lease: lease, place: place).json)
        do {
            try new.replace(name)
        } catch {
            throw .spool("naming", error, path)
        }
        do {
            try opened.synchronize()
        } catch {
            throw .spool("writing to", error, directory)
        }
    }

    // A child that was just forked still has the descriptor, and with it the lock.
    deinit { file.unlock() }

    /// Adds one line and waits until it is on the disk. Behind a line that could not be written, and of which a part may
    /// stand there, it begins a new one: a torn line costs itself alone.
    func append(_ line: JSON) throws(JournalError) {
        do {
            try file.write((isTorn ? "\n" : "") + line.description + "\n")
            try file.synchronize()
            isTorn = false
        } catch {
            isTorn = true
            throw .spool("writing to", error, path)
        }
    }
}

/// The first line of a file of the spool.
struct SpoolHeader {
    static let suffix = "run.jsonl"
    private static let version = 2

    let run: RunID
    let lease: RunLease
    let place: StorePlace

    init(run: RunID, lease: RunLease, place: StorePlace) {
        self.run = run
        self.lease = lease
        self.place = place
    }

    var json: JSON {
        [
            "spool": .integer(Self.version), "run": .string(run.description), "owner": .string(lease.owner),
            "fence": .integer(Int(lease.fence)), "store": .optional(place.store), "address": .string(place.address),
            "user": .string(place.user),
        ]
    }

    init?(json: JSON) {
        guard json["spool"]?.integer == Self.version, let owner = json["owner"]?.string,
            let fence = json["fence"]?.integer, let run = json["run"]?.string.flatMap(RunID.init(text:)),
            let address = json["address"]?.string, let user = json["user"]?.string
        else { return nil }
        let place = StorePlace(store: json["store"]?.string, address: address, user: user)
        self.init(run: run, lease: RunLease(owner: owner, fence: Int64(fence)), place: place)
    }
}
