internal import Hashing

/// The script of one hook, as `hooks/NAME` has it, and as it is installed: with the program's absolute path and a seal
/// by which a later run knows that nobody changed it.
package struct HookScript: Sendable, Hashable {
    package let name: HookName
    /// What an installed script runs.
    package let program: String
    /// How many directories were made to hold it; they go with it.
    package let directoriesMade: Int

    /// Counts up whenever an installed script of an earlier program must be replaced.
    package static let version = 1

    package init(_ name: HookName, program: String, directoriesMade: Int = 0) {
        self.name = name
        self.program = program
        self.directoriesMade = directoriesMade
    }

    /// The file `hooks/NAME`: it looks for `vocero` in PATH.
    package static func source(of name: HookName) -> [UInt8] {
        switch name {
        case .prepareCommitMessage: PackageResources.prepare_commit_msg
        case .commitMessage: PackageResources.commit_msg
        case .postCommit: PackageResources.post_commit
        case .prePush: PackageResources.pre_push
        case .postMerge: PackageResources.post_merge
        case .postRewrite: PackageResources.post_rewrite
        case .postCheckout: PackageResources.post_checkout
        }
    }

    /// The file `hooks/before`, which a script reads where another hook was there before it.
    package static let runner = PackageResources.before

    /// What is written into a hooks directory.
    package var bytes: [UInt8] {
        Self.sealed(Self.source(of: name), program: program, directoriesMade: directoriesMade)
    }

    /// A delivered script, of any version, as an installation writes it.
    package static func sealed(_ source: [UInt8], program: String, directoriesMade: Int) -> [UInt8] {
        guard let parts = HookScriptParts(source) else { return source }
        let assignment = "\(HookScriptParts.variable)\(ShellWord.quoted(program))"
        return parts.sealed(assignment: assignment, directoriesMade: directoriesMade)
    }
}

/// What a file in the place of a hook is to us.
package enum HookScriptIdentity: Sendable, Hashable {
    /// Not ours.
    case foreign
    /// Written by an installation and not changed since.
    case installed(version: Int, program: String, directoriesMade: Int)
    /// `hooks/NAME` as it was delivered, put there by hand.
    case copied(version: Int)
    /// Ours once, and changed since.
    case edited(version: Int)

    package init(of bytes: [UInt8]) {
        guard let parts = HookScriptParts(bytes) else {
            self = .foreign
            return
        }
        switch parts.seal {
        case nil where parts.word == "vocero": self = .copied(version: parts.version)
        case nil: self = .edited(version: parts.version)
        case let seal?:
            self =
                parts.isIntact(seal)
                ? .installed(version: parts.version, program: parts.word, directoriesMade: seal.directoriesMade)
                : .edited(version: parts.version)
        }
    }
}

/// A script around its one line that an installation replaces.
struct HookScriptParts {
    struct Seal: Hashable {
        var hash: String
        var directoriesMade: Int
    }

    static let variable = "vocero="
    private static let marker = "# vocero-hook "
    private static let sealStart = " # installed "

    let version: Int
    let before: [UInt8]
    /// What the line assigns, read as the shell reads it.
    let word: String
    /// As it stands, `vocero='…'`.
    private let assignment: [UInt8]
    let seal: Seal?
    let after: [UInt8]

    /// Nil for what has no marker of ours among its first lines, or no assignment.
    init?(_ bytes: [UInt8]) {
        let newline = UInt8(ascii: "\n")
        var start = bytes.startIndex
        var version: Int?
        for _ in 0..<6 {
            let end = bytes[start...].firstIndex(of: newline) ?? bytes.endIndex
            let line = String(decoding: bytes[start..<end].prefix(200), as: UTF8.self)
            if line.hasPrefix(Self.marker) { version = Int(line.dropFirst(Self.marker.count)) }
            if line.hasPrefix(Self.variable) { break }
            guard end < bytes.endIndex else { return nil }
            start = end + 1
        }
        guard let version, bytes[start...].starts(with: Self.variable.utf8),
            let (word, wordEnd) = ShellWord.read(bytes[(start + Self.variable.utf8.count)...])
        else { return nil }
        let lineEnd = bytes[wordEnd...].firstIndex(of: newline) ?? bytes.endIndex
        let rest = String(decoding: bytes[wordEnd..<lineEnd], as: UTF8.self)
        self.version = version
        self.word = word
        before = Array(bytes[..<start])
        assignment = Array(bytes[start..<wordEnd])
        after = Array(bytes[lineEnd...])
        guard !rest.isEmpty else {
            seal = nil
            return
        }
        let words = rest.dropFirst(Self.sealStart.count).split(separator: " ", omittingEmptySubsequences: false)
        guard rest.hasPrefix(Self.sealStart), words.count == 2, let made = Int(words[1]), (0...99).contains(made) else {
            // Something else was written there: a seal that fits nothing.
            seal = Seal(hash: "", directoriesMade: 0)
            return
        }
        seal = Seal(hash: String(words[0]), directoriesMade: made)
    }

    func sealed(assignment: String, directoriesMade: Int) -> [UInt8] {
        let assigned = Array(assignment.utf8)
        let hash = hash(assigned, directoriesMade)
        return before + assigned + Array("\(Self.sealStart)\(hash) \(directoriesMade)".utf8) + after
    }

    func isIntact(_ seal: Seal) -> Bool { seal.hash == hash(assignment, seal.directoriesMade) }

    private func hash(_ assignment: [UInt8], _ directoriesMade: Int) -> String {
        String(ContentHash(of: before, assignment, Array(" \(directoriesMade)".utf8), after).description.prefix(16))
    }
}
