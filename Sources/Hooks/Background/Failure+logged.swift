internal import Application
internal import Redaction

extension Failure {
    /// As it may go into a log, or between git's own lines: on one line, without secrets.
    func logged(by redactor: SecretRedactor) -> Failure {
        var failure = onOneLine
        failure.message = redactor.redacted(failure.message)
        return failure
    }
}
