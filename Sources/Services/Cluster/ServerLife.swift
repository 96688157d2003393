internal import Files
internal import Glibc

/// The lock that a cluster's server holds for as long as it lives, however it ends: nobody starts a second one on the same
/// directory, also from where the first cannot be seen, as from another container or another machine that shares it.
///
/// The server inherits the open file and with it the lock; so do its backends, which outlive a killed server by a moment
/// and still write. The file says where the server is, for who cannot see it.
struct ServerLife {
    /// Never unlocked here: the server has the same lock.
    let file: OpenFile

    static func path(in directories: ServiceDirectories) -> String { directories.cluster + "/server.lock" }

    /// Nil when a server lives, wherever it is.
    static func begin(in directories: ServiceDirectories) throws(ServicesError) -> ServerLife? {
        do throws(FileError) {
            let file = try OpenFile(path(in: directories), [.readWrite, .create, .noFollow])
            return try file.lock() ? ServerLife(file: file) : nil
        } catch {
            throw ServicesError(error, doing: "lock")
        }
    }

    /// Whether a server lives, seen or not.
    static func isHeld(in directories: ServiceDirectories) -> Bool {
        guard let file = try? OpenFile(path(in: directories), [.readWrite, .noFollow]) else { return false }
        defer { file.unlock() }
        return (try? file.lock()) == false
    }

    /// Says where the server is that is started now.
    func write(_ place: ServerPlace) throws(ServicesError) {
        do throws(FileError) {
            try file.empty()
            try file.write(place.text)
        } catch {
            throw ServicesError(error, doing: "write")
        }
    }
}

/// Where a server runs: which machine, which start of it, which container.
struct ServerPlace: Hashable {
    let machine: String
    /// Of the kernel: containers of one machine share it.
    let boot: String
    /// Processes of another one are not seen, and their numbers are others'.
    let processes: String

    static var here: ServerPlace {
        var name = utsname()
        uname(&name)
        let machine = withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let boot = SmallFile.text("/proc/sys/kernel/random/boot_id") ?? ""
        let processes = FileSystem.target(ofLink: "/proc/self/ns/pid") ?? []
        return ServerPlace(
            machine: machine, boot: boot.filter { !$0.isNewline },
            processes: String(decoding: processes, as: UTF8.self))
    }

    init(machine: String, boot: String, processes: String) {
        self.machine = machine
        self.boot = boot
        self.processes = processes
    }

    /// Of the last server of a cluster; nil when there was none.
    init?(in directories: ServiceDirectories) {
        guard let text = SmallFile.text(ServerLife.path(in: directories)) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count > 2, !lines[0].isEmpty else { return nil }
        self.init(machine: lines[0], boot: lines[1], processes: lines[2])
    }

    var text: String { "\(machine)\n\(boot)\n\(processes)\n" }

    /// How a person here is told of that place.
    func words(from here: ServerPlace) -> String {
        if boot == here.boot {
            return processes == here.processes ? "on this machine" : "in another container of this machine (\(machine))"
        }
        return machine == here.machine ? "on this machine" : "on the machine \(machine)"
    }

    /// Whether a server there may live although its lock could be taken here: only a file system of several machines lets
    /// two of them have one lock, and a machine that was started anew has no server from before.
    func mayLive(seenFrom here: ServerPlace, isShared: Bool) -> Bool {
        isShared && boot != here.boot && machine != here.machine
    }
}
