internal import Files
internal import Glibc

/// The `git commit` that runs the hook, as the kernel knows its command line: git tells a hook neither that a commit is
/// amended nor how its message is cleaned up. Nil where there is none, or the system does not say.
package struct CallingGit: Sendable, Hashable {
    package let arguments: [String]

    package init(arguments: [String]) { self.arguments = arguments }

    /// The nearest ancestor that is git.
    package static func find() -> CallingGit? {
        var process = getppid()
        for _ in 0..<6 where process > 1 {
            let words = commandLine(of: process)
            if words.first?.split(separator: "/").last == "git", words.contains("commit") {
                return CallingGit(arguments: words)
            }
            guard let parent = parent(of: process) else { return nil }
            process = parent
        }
        return nil
    }

    /// git takes any beginning of an option that is the beginning of no other.
    package var isAmending: Bool { options.contains { $0.hasPrefix("--am") && "--amend".hasPrefix($0) } }

    /// What `--cleanup` says; nil without it.
    package var cleanup: String? {
        for (index, option) in options.enumerated() {
            let name = option.prefix { $0 != "=" }
            guard name.hasPrefix("--cl"), "--cleanup".hasPrefix(name) else { continue }
            if name.count < option.count { return String(option.dropFirst(name.count + 1)) }
            return index + 1 < options.count ? options[index + 1] : nil
        }
        return nil
    }

    private var options: [String] { Array(arguments.prefix { $0 != "--" }) }

    private static func commandLine(of process: pid_t) -> [String] {
        let bytes = try? FileSystem.contents(of: "/proc/\(process)/cmdline", limit: .max)
        return bytes.map { $0.split(separator: 0).map { String(decoding: $0, as: UTF8.self) } } ?? []
    }

    private static func parent(of process: pid_t) -> pid_t? {
        guard let bytes = try? FileSystem.contents(of: "/proc/\(process)/stat", limit: 1 << 16) else { return nil }
        // The name in parentheses may hold anything: the fields are behind its end.
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 1 ? pid_t(fields[1]) : nil
    }
}
