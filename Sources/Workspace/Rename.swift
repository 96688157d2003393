internal import CLinux
internal import Glibc

/// `renameat2(2)`, and what does the same where the file system cannot.
enum Rename {
    private static let noReplace: UInt32 = 1

    /// Renames; a name that is taken is an error unless `overwriting`.
    static func rename(
        _ from: String, in source: borrowing Descriptor, to: String, in target: borrowing Descriptor, overwriting: Bool
    ) throws(SystemFailure) {
        if overwriting {
            guard unsafe renameat(source.number, from, target.number, to) == 0 else { throw SystemFailure(errno) }
            return
        }
        let result = unsafe vocero_renameat2(source.number, from, target.number, to, noReplace)
        switch result {
        case 0: return
        // Some network file systems know no flags: a link fails as well when the name is taken.
        case -EINVAL, -ENOSYS:
            guard unsafe linkat(source.number, from, target.number, to, 0) == 0 else { throw SystemFailure(errno) }
            guard unsafe unlinkat(source.number, from, 0) == 0 else { throw SystemFailure(errno) }
        default: throw SystemFailure(-result)
        }
    }
}
