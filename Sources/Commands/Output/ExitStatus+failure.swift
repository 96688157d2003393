internal import Application

extension ExitStatus {
    /// What a command ends with that failed so.
    init(_ kind: Failure.Kind) {
        self =
            switch kind {
            case .failed: .failed
            case .approvalNeeded: .approvalNeeded
            case .outcomeUnknown: .outcomeUnknown
            case .storeUnavailable: .storeUnavailable
            case .limitReached: .limitReached
            case .noSpeech: .noSpeech
            case .notUnderstood: .notUnderstood
            case .usage: .usage
            case .badInput: .badInput
            case .noInput: .noInput
            case .endpointUnavailable: .endpointUnavailable
            case .configuration: .configuration
            case .interrupted: .interrupted
            }
    }
}

extension Failure {
    var status: ExitStatus { ExitStatus(kind) }
}
