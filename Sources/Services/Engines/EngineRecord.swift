/// What a started engine leaves in `run/NAME.server` for the next command: its process.
struct EngineRecord: Hashable {
    let process: ProcessEntry
    /// Whether it has answered once.
    var isReady: Bool

    init(process: ProcessEntry, isReady: Bool) {
        self.process = process
        self.isReady = isReady
    }

    /// Nil unless the very process that was recorded still runs: number, start time and socket on its command line.
    init?(path: String, socket: String) {
        guard let fields = SmallFile.text(path)?.split(separator: "\n"), fields.count == 3,
            let number = Int32(fields[0]), let startTime = UInt64(fields[1]),
            let process = ProcessEntry(number), process.startTime == startTime,
            process.arguments.contains(socket)
        else { return nil }
        self.init(process: process, isReady: fields[2] == "ready")
    }

    func write(to path: String) throws(ServicesError) {
        try SmallFile.replace(
            path, with: "\(process.processID)\n\(process.startTime)\n\(isReady ? "ready" : "starting")\n")
    }
}
