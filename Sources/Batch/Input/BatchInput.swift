internal import Application
internal import Files

/// Where the prompts of a batch come from.
enum BatchInput: Sendable {
    case folder(PromptFolder)
    case lines(PromptLines)

    /// What a person gave: a folder, a file of lines, or `-`.
    struct Place: Sendable {
        /// What the batch is called when no name is given: an absolute path.
        let name: String
        /// Where its results go when nothing else is said.
        let output: String
        /// What must not be overwritten; nil for standard input.
        let path: String?
        let isFolder: Bool
    }

    /// `directory` is the working directory, absolute; `name` what a person calls the batch.
    static func place(of given: String, called name: String?, in directory: String) throws(Failure) -> Place {
        if given == "-" {
            let last = name?.split(separator: "/").last.map { String($0) } ?? "batch"
            return Place(name: directory + "/-", output: "\(directory)/\(last)-results", path: nil, isFolder: false)
        }
        let path = given.hasPrefix("/") ? given : directory + "/" + given
        let real: String
        do {
            real = try FileSystem.realPath(path)
        } catch {
            throw Failure(
                .noInput,
                "\(given): \(error.reason); give a folder of prompts, a file of JSON lines, or - for standard input")
        }
        let isFolder = (try? FileStatus(of: real))?.isDirectory == true
        // It may have come with a clone, and what it leads to would be sent.
        if isFolder, isLink(path) {
            throw Failure(.badInput, "\(given) is a symbolic link; give the folder that it leads to, \(real)")
        }
        var stem = real
        if !isFolder {
            if PromptFolder.isPrompt(fileName: real) {
                throw Failure(
                    .badInput,
                    "\(given) is one prompt: give the folder that it is in, with --include for this one alone, or "
                        + "ask it with `vocero ask`")
            }
            for ending in [".jsonl", ".ndjson", ".json"] where stem.hasSuffix(ending) {
                stem = String(stem.dropLast(ending.count))
                break
            }
        }
        return Place(name: real, output: (stem == "/" ? "" : stem) + "-results", path: real, isFolder: isFolder)
    }

    private static func isLink(_ path: String) -> Bool {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return (try? FileStatus(of: path, followingLink: false))?.isLink == true
    }

    /// `whenDry`: whenever a pipe lets one wait.
    func read(_ each: (FoundPrompt) async throws -> Void, whenDry: () async throws -> Void = {}) async throws {
        switch self {
        case .folder(let folder): try await folder.read(each)
        case .lines(let lines): try await lines.read(each, whenDry: whenDry)
        }
    }

    /// What was read once cannot be read again.
    var isPipe: Bool { if case .lines(let lines) = self { lines.isDescriptor } else { false } }
}

extension BatchInput {
    /// The input of a plan; standard input without one.
    init(_ input: BatchPlan.Input?, skipping directory: String?) {
        guard let input else {
            self = .lines(PromptLines(descriptor: OpenFile.standardInput.number, name: "standard input"))
            return
        }
        self =
            input.isFolder
            ? .folder(
                PromptFolder(
                    path: input.path, include: input.include, exclude: input.exclude,
                    skipping: directory.map { [$0] } ?? []))
            : .lines(PromptLines(path: input.path))
    }
}
