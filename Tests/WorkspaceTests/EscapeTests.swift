import Files
import Dispatch
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Workspace

struct `A way out of the workspace` {
    /// Every operation on a path, each of which must fail or stay inside.
    private static func attempts(_ path: WorkspacePath, in tree: Tree) -> [(String, () throws -> Void)] {
        func change(_ edit: WorkspaceEdit) throws { _ = try tree.apply(tree.plan(edit)) }
        let inside = WorkspacePath(trusted: ["docs", "a"])
        let new = WorkspacePath(trusted: ["docs", "new"])
        return [
            ("read", { _ = try tree.read(path, lines: nil) }), ("bytes", { _ = try tree.bytes(of: path) }),
            ("state", { _ = try tree.state(of: path) }), ("list", { _ = try tree.list(path, depth: 3, limit: 100) }),
            ("search", { _ = try tree.search(TextSearch("S", directory: path)) }),
            ("create", { try change(.create(path, text: "X")) }),
            ("overwrite", { try change(.overwrite(path, text: "X")) }),
            ("append", { try change(.append(path, text: "X")) }),
            ("edit", { try change(.edit(path, [TextReplacement(old: "S", new: "X")])) }),
            ("directory", { try change(.makeDirectory(path)) }),
            ("move away", { try change(.move(path, to: new, overwriting: true)) }),
            ("move onto", { try change(.move(inside, to: path, overwriting: true)) }),
            ("delete", { try change(.delete(path, recursive: true)) }),
        ]
    }

    @Test(arguments: HostilePaths.refused)
    func `is refused by its text`(text: String) {
        #expect(throws: WorkspaceError.self) { try WorkspacePath(text) }
    }

    @Test(arguments: HostilePaths.refused.filter { $0.utf8.last != UInt8(ascii: "/") })
    func `is refused as a directory too`(text: String) {
        #expect(throws: WorkspaceError.self) { try WorkspacePath(directory: text) }
    }

    @Test(arguments: ConfinedOpen.allCases)
    func `is closed by the system when the text passes`(beneath: ConfinedOpen) throws {
        let hostile = try HostileWorkspace()
        let tree = try Tree(root: hostile.root, beneath: beneath)
        let before = try hostile.outsideState()
        var escapes = 0
        var rows = HostilePaths.refused.count
        for name in HostilePaths.planted + ["fifo", "docs/fifo", "socket", "fifo/x", "socket/x"] {
            let path = try WorkspacePath(name)
            for (operation, attempt) in Self.attempts(path, in: tree) {
                // A link is never read, written, listed, moved or deleted; nor is a pipe or a socket.
                let isMove = operation == "move onto"
                #expect(throws: WorkspaceError.self, "\(operation) \(name)", performing: attempt)
                if isMove { #expect(hostile.contents(hostile.root + "/docs/a") == "inside\n") }
            }
            rows += 1
            if try hostile.outsideState() != before { escapes += 1 }
        }
        // The checks of paths left aside: what openat2 or each openat alone refuses.
        for text in HostilePaths.refused where !text.utf8.contains(0) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            for components in [parts, [text]] where !Self.isGit(components) {
                guard let opened = try? tree.beneath.open(components, from: tree.root, flags: O_RDONLY | O_NONBLOCK)
                else {
                    continue
                }
                let isInside = Self.path(of: opened).hasPrefix(hostile.root)
                if !isInside { escapes += 1 }
            }
        }
        for name in HostilePaths.names {
            let path = try WorkspacePath(name)
            for (_, attempt) in Self.attempts(path, in: tree) { try? attempt() }
            rows += 1
            if try hostile.outsideState() != before { escapes += 1 }
        }
        print("workspace, \(beneath): \(rows) hostile paths, \(escapes) escapes")
        #expect(rows >= 250)
        #expect(escapes == 0)
        #expect(try hostile.outsideState() == before)
    }

    private static func isGit(_ components: [String]) -> Bool { components.contains { ConfusableNames.isGit($0) } }

    private static func path(of descriptor: OpenFile) -> String {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/fd/\(descriptor.number)", &buffer, buffer.count)
        return String(decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @Test(arguments: ConfinedOpen.allCases)
    func `does not open while a directory is swapped for a link`(beneath: ConfinedOpen) throws {
        let hostile = try HostileWorkspace()
        let root = hostile.root
        let before = try hostile.outsideState()
        try hostile.directory.write("root/swap/secret", "mine\n")
        symlink("../outside", root + "/swaplink")
        let swapper = Swapper(root: root)
        let tree = try Tree(root: root, beneath: beneath)
        let path = try WorkspacePath("swap/secret")
        var writes = 0
        var refusals = 0
        var number = 0
        while number < 5_000, number < 300 || writes < 20 || refusals < 20 {
            number += 1
            if let text = try? tree.read(path, lines: nil).text { #expect(text != "SECRET\n") }
            let new = try WorkspacePath("swap/new\(number)")
            for edit: WorkspaceEdit in [
                .overwrite(path, text: "mine \(number)\n"), .create(new, text: "x"), .delete(new, recursive: false),
            ] {
                do {
                    _ = try tree.apply(tree.plan(edit))
                    writes += 1
                } catch {
                    refusals += 1
                }
            }
        }
        swapper.stop()
        print("workspace, \(beneath): \(writes) writes, \(refusals) refusals while swapped")
        #expect(try hostile.outsideState() == before)
    }

    @Test func `is no hard link: a write leaves the other name's content alone`() throws {
        let hostile = try HostileWorkspace()
        let tree = try Tree(root: hostile.root)
        let path = try WorkspacePath("hardlink")
        for edit: WorkspaceEdit in [
            .append(path, text: "X"), .overwrite(path, text: "Y"), .delete(path, recursive: false),
        ] {
            _ = try tree.apply(tree.plan(edit))
            #expect(hostile.contents(hostile.outside + "/secret") == "SECRET\n")
        }
    }

    @Test func `is no device, even one that is really there`() throws {
        let hostile = try HostileWorkspace()
        // Only root can make one.
        guard mknod(hostile.root + "/device", S_IFCHR | 0o666, 0x105) == 0 else { return }
        let tree = try Tree(root: hostile.root)
        for (operation, attempt) in Self.attempts(try WorkspacePath("device"), in: tree) where operation != "move onto"
        {
            #expect(throws: WorkspaceError.self, "\(operation)", performing: attempt)
        }
    }

    @Test func `is not in a listing or a search either`() async throws {
        let hostile = try HostileWorkspace()
        let workspace = try Workspace(root: hostile.root)
        let listing = try await workspace.list(depth: 64)
        #expect(
            !listing.entries.contains { $0.path.description.contains("secret") || $0.path.description.contains(".git") }
        )
        #expect(try await workspace.search(TextSearch("SECRET")).matches.map(\.path.description) == ["hardlink"])
    }

    @Test(arguments: [
        ".voceroconfig", ".VoceroConfig", "sub/.voceroconfig", ".voceroconfig ", ".voceroconfig.", "vocero~1",
        ".vocero\u{200b}config", ".voceroconfig/x",
    ])
    func `is not Vocero's own configuration`(name: String) throws {
        let hostile = try HostileWorkspace()
        let tree = try Tree(root: hostile.root)
        #expect(throws: WorkspaceError.self) { try tree.plan(.create(WorkspacePath(name), text: "x")) }
        #expect(throws: WorkspaceError.self) {
            try tree.plan(.move(WorkspacePath("docs/a"), to: WorkspacePath(name), overwriting: true))
        }
    }

    @Test func `is not the policy file, nor a directory that holds it`() throws {
        let hostile = try HostileWorkspace()
        try hostile.directory.write("root/ci/policy", "[allow]\n")
        let tree = try Tree(root: hostile.root, protected: [WorkspacePath("ci/policy")])
        let policy = try WorkspacePath("ci/policy")
        #expect(try tree.read(policy, lines: nil).text == "[allow]\n")
        let edits: [WorkspaceEdit] = [
            .append(policy, text: "x"), .delete(policy, recursive: false), .overwrite(policy, text: "x"),
            .overwrite(try WorkspacePath("CI/Policy"), text: "x"), .delete(try WorkspacePath("ci"), recursive: true),
            .move(try WorkspacePath("ci"), to: try WorkspacePath("cj"), overwriting: false),
            .move(try WorkspacePath("docs/a"), to: policy, overwriting: true), .makeDirectory(policy),
        ]
        for edit in edits { #expect(throws: WorkspaceError.self) { try tree.plan(edit) } }
    }
}

/// Swaps the directory `swap` for the link `swaplink` and back, on a thread of its own, until it is stopped.
private final class Swapper: Sendable {
    private let isStopped = Mutex(false)
    private let done = DispatchGroup()

    init(root: String) {
        DispatchQueue(label: "swapper").async(group: done) { [self] in
            while !isStopped.withLock({ $0 }) {
                rename(root + "/swap", root + "/held")
                rename(root + "/swaplink", root + "/swap")
                rename(root + "/swap", root + "/swaplink")
                rename(root + "/held", root + "/swap")
            }
        }
    }

    func stop() {
        isStopped.withLock { $0 = true }
        done.wait()
    }
}
