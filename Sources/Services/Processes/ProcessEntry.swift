internal import Files

/// A running process as `/proc` shows it. Its start time tells it from a later process with the same number.
struct ProcessEntry: Hashable {
    let processID: Int32
    /// In clock ticks since boot.
    let startTime: UInt64

    /// Nil when there is no such process, or only its exit status is left (nobody may collect it in a container).
    init?(_ processID: Int32) {
        guard processID > 1, let text = SmallFile.text("/proc/\(processID)/stat"),
            let nameEnd = text.lastIndex(of: ")")
        else { return nil }
        // After the name, which may hold spaces: state is field 3, starttime field 22.
        let fields = text[nameEnd...].dropFirst().split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X", let ticks = UInt64(fields[19]) else { return nil }
        self.processID = processID
        startTime = ticks
    }

    /// The command line it was started with; empty when it may not be seen.
    var arguments: [String] {
        guard let text = SmallFile.text("/proc/\(processID)/cmdline") else { return [] }
        return text.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
    }

    /// Its working directory; nil when it may not be seen.
    var workingDirectory: String? {
        FileSystem.target(ofLink: "/proc/\(processID)/cwd").map { String(decoding: $0, as: UTF8.self) }
    }

    var isAlive: Bool { ProcessEntry(processID) == self }
}
