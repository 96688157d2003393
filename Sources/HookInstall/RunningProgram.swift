internal import Application
internal import Files

/// The program that runs, by the path that others should call it by.
package enum RunningProgram {
    /// The path in PATH that leads to it, so that an upgrade behind a link goes on working; else its own.
    package static func path(inPath list: String?) throws -> String {
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
