internal import Concurrency
internal import Files

/// A file of lines that is being written, for its owner only; removed when it is let go of.
actor LineFile {
    enum Failure: Error {
        case system(FileError)

        var sentence: String {
            switch self {
            case .system(let error): "\(error.path) cannot be written: \(error.reason)"
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
            try FileSystem.makeDirectories(directory)
            Self.remove(directory: directory, name: name)
            file = try OpenFile(path, [.write, .createNew, .noFollow])
        } catch {
            throw .system(error)
        }
    }

    deinit { try? FileSystem.remove(path) }

    /// Removes what a process that was killed has left.
    static func remove(directory: String, name: String) { try? FileSystem.remove(directory + "/" + name) }

    func append(_ line: String) throws(Failure) {
        buffer += line.utf8
        buffer.append(0x0a)
        if buffer.count >= Self.blockSize { try flush() }
    }

    func flush() throws(Failure) {
        do {
            try file.write(buffer)
        } catch {
            throw .system(error)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
