internal import CLinux
internal import Files
internal import Glibc
internal import SystemPackage

/// `renameat2(2)`, and what does the same where the file system cannot.
enum Rename {
    private static let noReplace: UInt32 = 1

    /// Renames; a name that is taken is an error unless `overwriting`.
    static func rename(
        _ from: String, in source: OpenFile, to: String, in target: OpenFile, overwriting: Bool
    ) throws(FileError) {
        if overwriting {
            guard unsafe renameat(source.number, from, target.number, to) == 0 else {
                throw .ofLastCall("rename", from)
            }
            return
        }
        let result = unsafe vocero_renameat2(source.number, from, target.number, to, noReplace)
        switch result {
        case 0: return
        // Some network file systems know no flags: a link fails as well when the name is taken.
        case -EINVAL, -ENOSYS:
            guard unsafe linkat(source.number, from, target.number, to, 0) == 0 else {
                throw .ofLastCall("rename", from)
            }
            guard unsafe unlinkat(source.number, from, 0) == 0 else { throw .ofLastCall("rename", from) }
        default: throw FileError("rename", from, Errno(rawValue: -result))
        }
    }
}
