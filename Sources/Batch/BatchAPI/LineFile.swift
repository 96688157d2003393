internal import Concurrency
internal import FoundationEssentials
internal import Glibc

/// A file of lines that is being written, for its owner only; removed when it is let go of.
actor LineFile {
    enum Failure: Error {
        case system(path: String, code: Int32)

        var sentence: String {
            switch self {
            case .system(let path, let code): "\(path) cannot be written: \(SystemReason.text(code))"
            }
        }
    }

    let path: String
    private let executor = BlockingExecutor(label: "vocero.lines")
    private let file: OpenFile
    private var buffer: [UInt8] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private static let blockSize = 1 << 20

    /// What an earlier process has left under this name is replaced.
    init(directory: String, name: String) throws(Failure) {
        path = directory + "/" + name
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .system(path: directory, code: errno)
        }
        unlink(path)
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw .system(path: path, code: errno) }
        file = OpenFile(owning: number)
    }

    deinit { unlink(path) }

    /// Removes what a process that was killed has left.
    static func remove(directory: String, name: String) { unlink(directory + "/" + name) }

    func append(_ line: String) throws(Failure) {
        buffer += line.utf8
        buffer.append(0x0a)
        if buffer.count >= Self.blockSize { try flush() }
    }

    func flush() throws(Failure) {
        var written = 0
        while written < buffer.count {
            let count = buffer[written...].withUnsafeBytes { write(file.number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(path: path, code: errno) }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
