internal import Files

/// Which file systems are mounted where, as `/proc/self/mountinfo` says it.
struct MountTable {
    let text: String

    static var current: MountTable { MountTable(text: SmallFile.text("/proc/self/mountinfo") ?? "") }

    /// Whether other machines may have the file system of a path mounted at the same time.
    func isShared(_ path: String) -> Bool {
        var longest = -1
        var type: Substring = ""
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            // Optional fields end with a dash; the type follows.
            guard fields.count > 4, let dash = fields.dropFirst(6).firstIndex(of: "-"), dash + 1 < fields.count else {
                continue
            }
            let point = Self.plain(fields[4])
            let isAbove = point == "/" || path == point || path.hasPrefix(point + "/")
            // Of two on one place, the later covers the earlier.
            if isAbove, point.utf8.count >= longest { (longest, type) = (point.utf8.count, fields[dash + 1]) }
        }
        return Self.sharedTypes.contains { type.hasPrefix($0) }
    }

    private static let sharedTypes = [
        "nfs", "cifs", "smb", "9p", "fuse", "ceph", "afs", "gfs2", "ocfs2", "lustre", "vboxsf", "virtiofs", "coda",
        "beegfs", "gpfs", "prl_fs",
    ]

    /// The kernel writes a space as `\040`.
    private static func plain(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
