/// A command's failure as a person sees it: one sentence that says what, where and what to do next.
struct CommandFailure: Error, Sendable, Hashable {
    var status: ExitStatus
    var message: String
    /// Shown with `-v`: request ids and deeper causes, nearest first.
    var causes: [String]

    init(_ status: ExitStatus, _ message: String, causes: [String] = []) {
        self.status = status
        self.message = message
        self.causes = causes
    }
}
