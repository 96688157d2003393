internal import Concurrency
internal import Files
internal import SystemPackage

/// Goes through a folder, depth first, in the order of the paths' bytes, and gives out one file at a time. Holds the
/// names of the directories it is in, and nothing of those it has left.
struct FolderWalk {
    enum Step {
        case file(path: String, kind: PromptKind, file: OpenFile)
        case problem(PromptProblem)
    }

    private struct Level {
        /// Below the folder, with a slash behind it; empty for the folder itself.
        let path: String
        let directory: OpenFile
        let identity: FileStatus.Identity
        let names: FolderNames
        var next = 0
    }

    static let deepest = 100

    private let root: String
    private let selection: PromptSelection
    private let skipped: [String]
    private let stop: StopFlag
    private var levels: [Level] = []
    /// Directories that were entered through a link: a second link to the same is not followed, or links to and fro
    /// between a few directories would have no end in sight.
    private var linked: Set<FileStatus.Identity> = []

    /// The root is an absolute path, all links followed.
    init(root: String, selection: PromptSelection, skipping skipped: [String], stop: StopFlag) throws(BatchInputError) {
        self.root = root
        self.selection = selection
        self.skipped = skipped
        self.stop = stop
        let directory: OpenFile
        do {
            directory = try OpenFile(root, [.directory])
        } catch {
            throw .folderUnreadable(root, reason: error.reason)
        }
        guard let status = try? directory.status() else {
            throw .folderUnreadable(root, reason: "it cannot be looked at")
        }
        if isSkipped(status.identity) { throw .outputIsFolder(root) }
        do {
            levels.append(try level(directory, status.identity, path: ""))
        } catch {
            throw .folderUnreadable(root, reason: error.reason)
        }
    }

    /// Nil at the end, or when it is to stop.
    mutating func next() -> Step? {
        while let level = levels.last, !stop.isSet {
            guard level.next < level.names.count else {
                levels.removeLast()
                continue
            }
            let name = level.names[level.next]
            levels[levels.count - 1].next += 1
            do throws(PromptProblem) {
                if let step = try visit(name, in: level) { return step }
            } catch {
                return .problem(error)
            }
        }
        return nil
    }

    private mutating func visit(_ name: FolderNames.Name, in level: Level) throws(PromptProblem) -> Step? {
        guard let text = String(validating: name.bytes, as: UTF8.self) else {
            throw PromptProblem(
                name: level.path + String(decoding: name.bytes, as: UTF8.self),
                message: "the name is not UTF-8; rename it")
        }
        let path = level.path + text
        func problem(_ message: String) -> PromptProblem { PromptProblem(name: path, message: message) }
        switch name.sort {
        case .directory, .linkedDirectory:
            try enter(path, text, isLink: name.sort.isLink, in: level)
            return nil
        case .loopingLink: throw problem("the symbolic link goes round in a circle")
        case .brokenLink: throw problem("the symbolic link leads to nothing")
        case .other: throw problem("it is not a regular file")
        case .file, .linkedFile:
            guard let kind = selection.kind(ofFile: path, named: text) else { return nil }
            let file: OpenFile
            do {
                file = try OpenFile(
                    text, in: level.directory, name.sort.isLink ? [.nonBlocking] : [.nonBlocking, .noFollow])
            } catch {
                throw problem(Self.unopened(error))
            }
            if name.sort.isLink { try beneath(file, path) }
            return .file(path: path, kind: kind, file: file)
        }
    }

    private mutating func enter(
        _ path: String, _ name: String, isLink: Bool, in level: Level
    ) throws(PromptProblem) {
        func problem(_ message: String) -> PromptProblem { PromptProblem(name: path, message: message) }
        let directory: OpenFile
        do {
            directory = try OpenFile(
                name, in: level.directory, isLink ? [.directory, .nonBlocking] : [.directory, .nonBlocking, .noFollow])
        } catch {
            throw problem(Self.unopened(error))
        }
        guard let status = try? directory.status() else { throw problem("the directory cannot be looked at") }
        let identity = status.identity
        if isSkipped(identity) { return }
        if isLink { try beneath(directory, path) }
        if (try? directory.status(of: ResultFiles.markName)) != nil { return }
        if levels.contains(where: { $0.identity == identity }) {
            throw problem("the symbolic link leads back to a directory it is in")
        }
        guard levels.count < Self.deepest else {
            throw problem("the directory is deeper than \(Self.deepest) levels and was not read")
        }
        if isLink, !linked.insert(identity).inserted {
            throw problem("the symbolic link leads to a directory that was read through another link")
        }
        do {
            levels.append(try self.level(directory, identity, path: path + "/"))
        } catch {
            throw problem("the directory could not be listed: \(error.reason)")
        }
    }

    private func level(_ directory: OpenFile, _ identity: FileStatus.Identity, path: String) throws(FileError) -> Level
    {
        let names = try FolderNames(of: directory) { name in
            switch name.sort {
            case .loopingLink: return true
            case .directory, .linkedDirectory:
                let text = String(decoding: name.bytes, as: UTF8.self)
                return !selection.excludes(directory: path + text, named: text)
            case .file, .linkedFile, .brokenLink, .other:
                let text = String(decoding: name.bytes, as: UTF8.self)
                return selection.kind(ofFile: path + text, named: text) != nil
            }
        }
        return Level(path: path, directory: directory, identity: identity, names: names)
    }

    /// Asked anew each time: the output directory may be made while the folder is read.
    private func isSkipped(_ identity: FileStatus.Identity) -> Bool {
        skipped.contains { path in
            (try? FileStatus(of: path))?.identity == identity
        }
    }

    /// What is open is where a link led; looked at afterwards, so that nothing can be put in its way.
    private func beneath(_ file: OpenFile, _ path: String) throws(PromptProblem) {
        let prefix = root == "/" ? root : root + "/"
        guard let real = file.realPath, real == root || real.hasPrefix(prefix) else {
            throw PromptProblem(name: path, message: "the symbolic link leads out of the folder and was not followed")
        }
    }

    private static func unopened(_ error: FileError) -> String {
        switch error.code {
        case .noSuchFileOrDirectory: "it was removed while the folder was read"
        case .tooManySymbolicLinkLevels, .notDirectory: "it was replaced while the folder was read"
        case .noSuchAddressOrDevice: "it is not a regular file"
        default: "it could not be opened: \(error.reason)"
        }
    }
}
