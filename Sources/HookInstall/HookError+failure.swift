package import Application

extension HookError: FailureConvertible {
    package var failure: Failure {
        let kind: Failure.Kind =
            switch self.kind {
            case .notFound: .noInput
            case .badInput: .badInput
            case .refused, .failed: .failed
            case .cancelled: .interrupted
            }
        return Failure(kind, message)
    }
}
