/// What a started engine leaves in `run/NAME.server` for the next command: its process and its port.
struct EngineRecord: Hashable {
    let process: ProcessEntry
    let port: UInt16
    /// Whether it has answered once.
    var isReady: Bool

    var baseURL: String { "http://127.0.0.1:\(port)/v1" }

    init(process: ProcessEntry, port: UInt16, isReady: Bool) {
        self.process = process
        self.port = port
        self.isReady = isReady
    }

    /// Nil unless the very process that was recorded still runs: number, start time and port on its command line.
    init?(path: String) {
        guard let fields = SmallFile.text(path)?.split(separator: "\n"), fields.count == 4,
            let number = Int32(fields[0]), let startTime = UInt64(fields[1]), let port = UInt16(fields[2]),
            let process = ProcessEntry(number), process.startTime == startTime,
            process.arguments.contains(String(port))
        else { return nil }
        self.init(process: process, port: port, isReady: fields[3] == "ready")
    }

    func write(to path: String) throws(ServicesError) {
        try SmallFile.replace(
            path, with: "\(process.processID)\n\(process.startTime)\n\(port)\n\(isReady ? "ready" : "starting")\n")
    }
}
