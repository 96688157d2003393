internal import Files
internal import Subprocess
internal import SystemPackage

/// Starts programs with the rights of a server's user, with a clean environment: no key of ours reaches them.
struct Launcher {
    let user: ServiceUser
    var environment: [String: String] = [:]

    struct Ended {
        var succeeded: Bool
        /// What it printed, errors included.
        var output: String
    }

    /// Runs a program to its end, with text on its standard input.
    func run(_ command: [String], input: String = "") async throws(ServicesError) -> Ended {
        try await shell("exec 2>&1; exec \"$@\"", asUser(command), input: .string(input))
    }

    /// Starts a server that outlives us: in a session of its own, so that neither Ctrl-C nor the end of the
    /// terminal reaches it, and with nothing of ours open but its log, to which it appends, and a file that it inherits
    /// under a number of its own.
    func startDetached(
        _ command: [String], log: String, inheriting file: OpenFile? = nil
    ) async throws(ServicesError) -> Int32 {
        // A program in the background gets another standard input, so the file is put aside first.
        let script = "exec 9<&0; log=$1; shift; \"$@\" >>\"$log\" 2>&1 </dev/null & echo $!"
        let nothing: OpenFile
        do {
            nothing = try OpenFile("/dev/null")
        } catch {
            throw ServicesError(error)
        }
        let input = FileDescriptor(rawValue: (file ?? nothing).number)
        let ended = try await shell(
            script, [log] + asUser(command), input: .fileDescriptor(input, closeAfterSpawningProcess: false))
        withExtendedLifetime((file, nothing)) {}
        let text = ended.output.split(separator: "\n").first ?? ""
        guard ended.succeeded, let processID = Int32(text) else {
            throw ServicesError(
                .startFailed, "Cannot start \(command[0]): \(text.isEmpty ? "the shell failed" : String(text)).")
        }
        return processID
    }

    private func shell(
        _ script: String, _ command: [String], input: some InputProtocol
    ) async throws(ServicesError) -> Ended {
        var options = PlatformOptions()
        options.createSession = true
        do {
            let result = try await Subprocess.run(
                .path("/bin/sh"), arguments: Arguments(["-c", script, "vocero"] + command),
                environment: .custom(variables), workingDirectory: "/", platformOptions: options,
                input: input, output: .string(limit: 1 << 20), error: .discarded)
            return Ended(succeeded: result.terminationStatus.isSuccess, output: result.standardOutput)
        } catch {
            if Task.isCancelled { throw .cancelled }
            throw ServicesError(.startFailed, "Cannot start \(command.first ?? "a program"): \(error).")
        }
    }

    /// The command as the server's user. Subprocess's own `userID` is not used: it calls `setgroups` after a raw
    /// clone, where the C library may wait for threads that do not exist in the child (seen with 1.0.2).
    private func asUser(_ command: [String]) -> [String] {
        guard user.isOther else { return command }
        return ["setpriv", "--reuid=\(user.userID)", "--regid=\(user.groupID)", "--clear-groups", "--"] + command
    }

    private var variables: [Environment.Key: String] {
        var all: [Environment.Key: String] = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/",
        ]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { all[key] = value }
        }
        return all
    }
}
