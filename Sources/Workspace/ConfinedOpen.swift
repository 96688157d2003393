internal import CLinux
internal import Files
internal import Glibc
internal import SystemPackage

/// How a path is opened so that it cannot leave the directory it starts in.
enum ConfinedOpen: Sendable, Hashable, CaseIterable {
    /// By one `openat2(2)`: the kernel refuses `..`, symbolic links and the links of `/proc`.
    case kernel
    /// By one `openat(2)` a component, none of which may be a symbolic link: for kernels before 5.6 and
    /// sandboxes that do not know `openat2`.
    case componentwise

    /// What this kernel can do.
    static func available(at root: OpenFile) -> ConfinedOpen {
        let number = kernelOpen(".", from: root.number, flags: vocero_o_path | O_CLOEXEC, mode: 0)
        guard number >= 0 else { return .componentwise }
        close(number)
        return .kernel
    }

    /// Opens a path beneath a directory. A symbolic link as last component is an error too.
    func open(
        _ components: [String], from directory: OpenFile, flags: Int32, mode: mode_t = 0
    ) throws(FileError) -> OpenFile {
        // openat2 refuses flags that make no sense with O_PATH.
        let terminal = flags & vocero_o_path == 0 ? O_NOCTTY : 0
        let flags = flags | O_CLOEXEC | O_NOFOLLOW | terminal
        let descriptor =
            switch self {
            case .kernel: try Self.openWhole(components, from: directory, flags: flags, mode: mode)
            case .componentwise: try Self.openEach(components, from: directory, flags: flags, mode: mode)
            }
        // With O_PATH a link itself can be opened.
        if flags & vocero_o_path != 0, try descriptor.status().isLink {
            throw FileError("open", descriptor.path, .tooManySymbolicLinkLevels)
        }
        return descriptor
    }

    private static func openWhole(
        _ components: [String], from directory: OpenFile, flags: Int32, mode: mode_t
    ) throws(FileError) -> OpenFile {
        let path = components.isEmpty ? "." : components.joined(separator: "/")
        var number: Int32 = 0
        // EAGAIN: something was renamed while the kernel looked.
        for _ in 0..<64 {
            number = kernelOpen(path, from: directory.number, flags: flags, mode: mode)
            if number != -EAGAIN && number != -EINTR { break }
        }
        guard number >= 0 else { throw FileError("open", path, Errno(rawValue: -number)) }
        return OpenFile(owning: number, path: path)
    }

    private static func kernelOpen(_ path: String, from directory: Int32, flags: Int32, mode: mode_t) -> Int32 {
        let resolve = UInt64(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS)
        return unsafe vocero_openat2(directory, path, UInt64(UInt32(bitPattern: flags)), UInt64(mode), resolve)
    }

    private static func openEach(
        _ components: [String], from directory: OpenFile, flags: Int32, mode: mode_t
    ) throws(FileError) -> OpenFile {
        guard let last = components.last else {
            return try openOne(".", from: directory, flags: flags, mode: mode)
        }
        var current = try openOne(".", from: directory, flags: vocero_o_path | O_DIRECTORY | O_CLOEXEC, mode: 0)
        for name in components.dropLast() {
            current = try openOne(
                name, from: current, flags: vocero_o_path | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, mode: 0)
        }
        return try openOne(last, from: current, flags: flags, mode: mode)
    }

    private static func openOne(
        _ name: String, from directory: OpenFile, flags: Int32, mode: mode_t
    ) throws(FileError) -> OpenFile {
        // A name that holds a slash or goes up would not be one step beneath.
        if name.utf8.contains(UInt8(ascii: "/")) || name == ".." { throw FileError("open", name, .improperLink) }
        var number: Int32
        repeat { number = unsafe openat(directory.number, name, flags, mode) } while number < 0 && errno == EINTR
        guard number < 0 else { return OpenFile(owning: number, path: name) }
        let error = FileError.ofLastCall("open", name)
        // A link is "not a directory" when a directory was asked for: say what it is.
        if error.code == .notDirectory, (try? directory.status(of: name))?.isLink == true {
            throw FileError("open", name, .tooManySymbolicLinkLevels)
        }
        throw error
    }
}
