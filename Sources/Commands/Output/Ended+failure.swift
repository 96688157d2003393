internal import Application

extension Ended {
    /// Ends the command with the status of what is not as it should be, if there is something.
    static func unlessDone(_ failure: Failure.Kind?) throws {
        if let failure { throw Ended(status: ExitStatus(failure)) }
    }
}
