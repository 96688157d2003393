internal import CLinux
internal import Glibc

/// How a path is opened so that it cannot leave the directory it starts in.
enum ConfinedOpen: Sendable, Hashable, CaseIterable {
    /// By one `openat2(2)`: the kernel refuses `..`, symbolic links and the links of `/proc`.
    case kernel
    /// By one `openat(2)` a component, none of which may be a symbolic link: for kernels before 5.6 and
    /// sandboxes that do not know `openat2`.
    case componentwise

    /// What this kernel can do.
    static func available(at root: borrowing Descriptor) -> ConfinedOpen {
        let number = kernelOpen(".", from: root.number, flags: vocero_o_path | O_CLOEXEC, mode: 0)
        guard number >= 0 else { return .componentwise }
        close(number)
        return .kernel
    }

    /// Opens a path beneath a directory. A symbolic link as last component is an error too.
    func open(
        _ components: [String], from directory: Int32, flags: Int32, mode: mode_t = 0
    ) throws(SystemFailure) -> Descriptor {
        // openat2 refuses flags that make no sense with O_PATH.
        let terminal = flags & vocero_o_path == 0 ? O_NOCTTY : 0
        let flags = flags | O_CLOEXEC | O_NOFOLLOW | terminal
        let descriptor =
            switch self {
            case .kernel: try Self.openWhole(components, from: directory, flags: flags, mode: mode)
            case .componentwise: try Self.openEach(components, from: directory, flags: flags, mode: mode)
            }
        // With O_PATH a link itself can be opened.
        if flags & vocero_o_path != 0, try descriptor.status().isLink { throw SystemFailure(ELOOP) }
        return descriptor
    }

    private static func openWhole(
        _ components: [String], from directory: Int32, flags: Int32, mode: mode_t
    ) throws(SystemFailure) -> Descriptor {
        let path = components.isEmpty ? "." : components.joined(separator: "/")
        var number: Int32 = 0
        // EAGAIN: something was renamed while the kernel looked.
        for _ in 0..<64 {
            number = kernelOpen(path, from: directory, flags: flags, mode: mode)
            if number != -EAGAIN && number != -EINTR { break }
        }
        guard number >= 0 else { throw SystemFailure(-number) }
        return Descriptor(owning: number)
    }

    private static func kernelOpen(_ path: String, from directory: Int32, flags: Int32, mode: mode_t) -> Int32 {
        let resolve = UInt64(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS)
        return unsafe vocero_openat2(directory, path, UInt64(UInt32(bitPattern: flags)), UInt64(mode), resolve)
    }

    private static func openEach(
        _ components: [String], from directory: Int32, flags: Int32, mode: mode_t
    ) throws(SystemFailure) -> Descriptor {
        guard let last = components.last else {
            return try openOne(".", from: directory, flags: flags, mode: mode)
        }
        var current = try openOne(".", from: directory, flags: vocero_o_path | O_DIRECTORY | O_CLOEXEC, mode: 0)
        for name in components.dropLast() {
            current = try openOne(
                name, from: current.number, flags: vocero_o_path | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, mode: 0)
        }
        return try openOne(last, from: current.number, flags: flags, mode: mode)
    }

    private static func openOne(
        _ name: String, from directory: Int32, flags: Int32, mode: mode_t
    ) throws(SystemFailure) -> Descriptor {
        // A name that holds a slash or goes up would not be one step beneath.
        if name.utf8.contains(UInt8(ascii: "/")) || name == ".." { throw SystemFailure(EXDEV) }
        var number: Int32
        repeat { number = unsafe openat(directory, name, flags, mode) } while number < 0 && errno == EINTR
        guard number < 0 else { return Descriptor(owning: number) }
        let code = errno
        // A link is "not a directory" when a directory was asked for: say what it is.
        var status = stat()
        if code == ENOTDIR, unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.isLink {
            throw SystemFailure(ELOOP)
        }
        throw SystemFailure(code)
    }
}
