internal import Glibc

/// An open descriptor, closed when nobody holds it any more.
final class OpenFile {
    let number: Int32

    init(owning number: Int32) { self.number = number }

    deinit { close(number) }

    /// Nil when even that cannot be had.
    var status: stat? {
        var status = stat()
        return fstat(number, &status) == 0 ? status : nil
    }

    /// Where it is, all links followed; nil when the system does not say.
    var realPath: String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlink("/proc/self/fd/\(number)", &buffer, buffer.count)
        guard count > 0, count < buffer.count, buffer[0] == CChar(bitPattern: UInt8(ascii: "/")) else { return nil }
        return String(validating: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The next bytes, at most the block's size; 0 at the end.
    func read(into block: inout [UInt8]) throws(SystemReason) -> Int {
        while true {
            let count = Glibc.read(number, &block, block.count)
            if count >= 0 { return count }
            if errno != EINTR { throw SystemReason(code: errno) }
        }
    }
}

/// The `errno` of a call that failed.
struct SystemReason: Error {
    let code: Int32

    static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// Which file it is, under whatever name.
struct FileIdentity: Hashable {
    private let device: dev_t
    private let node: ino_t

    init(_ status: stat) {
        device = status.st_dev
        node = status.st_ino
    }
}

extension stat {
    var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
    var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
    var isLink: Bool { st_mode & S_IFMT == S_IFLNK }
    var isPipe: Bool { st_mode & S_IFMT == S_IFIFO }

    /// Whether content was written between the two.
    func hasSameContent(as other: stat) -> Bool {
        st_size == other.st_size && st_mtim.tv_sec == other.st_mtim.tv_sec && st_mtim.tv_nsec == other.st_mtim.tv_nsec
    }
}
