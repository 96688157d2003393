package import Assistant
package import Git
package import Postgres
package import Services
package import Settings
package import Speech
package import Store
package import Workspace

// The one place where the modules' errors become a kind of failure and a sentence.

extension Failure {
    package init(_ error: EngineError) {
        let kind: Kind =
            switch error.kind {
            case .unavailable, .timedOut, .malformed, .rateLimited: .endpointUnavailable
            case .configuration: .configuration
            case .quota: .limitReached
            case .refused: .badInput
            case .cancelled: .interrupted
            }
        self.init(kind, error.message, causes: (error.requestID.map { ["request id \($0)"] } ?? []) + error.causes)
    }

    package init(_ error: JournalError) {
        let kind: Kind =
            switch error.kind {
            case .unavailable: .storeUnavailable
            case .configuration: .configuration
            case .notFound: .noInput
            case .fenced, .failed: .failed
            case .cancelled: .interrupted
            }
        self.init(kind, error.message, causes: error.causes)
    }

    package init(_ error: StoreError) {
        let kind: Kind =
            switch error.kind {
            case .unavailable: .storeUnavailable
            case .configuration: .configuration
            case .notFound: .noInput
            case .fenced, .failed: .failed
            case .cancelled: .interrupted
            }
        self.init(kind, error.message, causes: error.causes)
    }

    package init(_ error: SpeechError) {
        switch error.kind {
        case .engine(let engine): self.init(engine)
        case .noInput: self.init(.noInput, error.message)
        case .notAudio, .truncated, .tooShort, .tooLong, .codec: self.init(.badInput, error.message)
        case .silent: self.init(.noSpeech, error.message)
        case .cancelled: self.init(.interrupted, error.message)
        case .diskFull, .storage: self.init(.failed, error.message)
        }
    }

    package init(_ error: ServicesError) {
        let kind: Kind =
            switch error.code {
            case .notInstalled, .wrongVersion, .notACluster, .permission: .configuration
            case .cancelled: .interrupted
            default: .storeUnavailable
            }
        self.init(kind, error.message)
    }

    package init(_ error: GitError) {
        let kind: Kind =
            switch error.kind {
            case .notARepository, .notFound: .noInput
            case .ownedBySomeoneElse, .outside, .identityMissing, .untrusted: .configuration
            case .cancelled: .interrupted
            default: .failed
            }
        self.init(kind, error.message)
    }

    package init(_ error: WorkspaceError) {
        self.init(error.kind == .notFound ? .noInput : error.kind == .cancelled ? .interrupted : .failed, error.message)
    }

    package init(_ error: SettingsError) { self.init(.configuration, error.message) }

    package init(_ error: PostgresError) {
        let kind: Kind =
            switch error.kind {
            case .cancelled: .interrupted
            case .connection, .poolClosed: .storeUnavailable
            default: .failed
            }
        self.init(
            kind, error.message, causes: [error.sqlState.map { "SQLSTATE \($0)" }, error.detail].compactMap(\.self))
    }

    package init(_ failure: RunFailure) {
        switch failure {
        case .engine(let error): self.init(error)
        case .journal(let error): self.init(error)
        case .limit: self.init(.limitReached, failure.words + "; the run can be looked at with `vocero show`")
        case .toolErrors, .notDone: self.init(.failed, failure.words)
        case .notUnderstood: self.init(.notUnderstood, failure.words)
        case .outcomeUnknown: self.init(.outcomeUnknown, failure.words)
        case .unknownAgent: self.init(.usage, failure.words)
        case .interrupted: self.init(.interrupted, failure.words)
        }
    }

    /// Any error that reaches the top.
    package init(any error: any Error) {
        switch error {
        case let error as Failure: self = error
        case let error as any FailureConvertible: self = error.failure
        case let error as EngineError: self.init(error)
        case let error as JournalError: self.init(error)
        case let error as StoreError: self.init(error)
        case let error as SpeechError: self.init(error)
        case let error as ServicesError: self.init(error)
        case let error as GitError: self.init(error)
        case let error as WorkspaceError: self.init(error)
        case let error as SettingsError: self.init(error)
        case let error as PostgresError: self.init(error)
        case let error as RunFailure: self.init(error)
        case let error as PolicyFileError: self.init(.configuration, error.message)
        case is CancellationError: self.init(.interrupted, "interrupted")
        default: self.init(.failed, "\(error)")
        }
    }
}
