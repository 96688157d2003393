internal import Application
internal import ArgumentParser
internal import Files
internal import HookInstall
internal import Settings

/// What the commands that install, remove and show hooks have in common.
struct HookInstallation: Sendable {
    let context: Context
    let installer: HookInstaller

    static func make(_ options: GlobalOptions) async throws -> HookInstallation {
        // A repository that libgit2 cannot open has hooks too: only git is asked.
        let context = try await Context.make(options, needsRepository: false)
        let program = try RunningProgram.path(inPath: Context.environment["PATH"])
        let scripts = context.settings.places.home + "/hooks/scripts"
        return HookInstallation(
            context: context,
            installer: HookInstaller(directory: context.directory, program: program, scriptDirectory: scripts))
    }

    /// The names that a person typed, as a usage error where one is unknown.
    static func names(_ words: [String], default fallback: [HookName]) throws -> [HookName] {
        do throws(HookError) {
            return try HookName.named(words, default: fallback)
        } catch {
            throw ValidationError(error.message)
        }
    }

    /// What was done goes to stdout, a line a hook; what a person should know besides to stderr.
    func show(_ report: HookReport, quiet: Set<HookChange.Result> = []) throws {
        for change in report.changes where change.result != .refused && !quiet.contains(change.result) {
            let sentence = change.sentence.map { ": \($0)" } ?? ""
            try context.console.writeLine("\(change.name.rawValue): \(change.result.rawValue)\(sentence)")
        }
        for change in report.changes where change.result == .refused {
            context.console.notice("\(change.name.rawValue): \(change.sentence ?? "refused")")
        }
        for note in report.notes { context.console.trace("\n" + note) }
        if !report.isComplete { throw Ended(status: .failed) }
    }
}

/// The program that runs, by the path that others should call it by.
enum RunningProgram {
    /// The path in PATH that leads to it, so that an upgrade behind a link goes on working; else its own.
    static func path(inPath list: String?) throws -> String {
        let program: String
        do {
            program = try FileSystem.realPath("/proc/self/exe")
        } catch {
            throw Failure(.failed, "cannot tell where the program is: \(error.reason)")
        }
        for directory in (list ?? "").split(separator: ":") where directory.hasPrefix("/") {
            let path = (directory.last == "/" ? directory.dropLast() : directory) + "/vocero"
            if (try? FileSystem.realPath(String(path))) == program { return String(path) }
        }
        return program
    }
}
