internal import Assistant
internal import Batch
internal import Git
internal import HookInstall
internal import Postgres
internal import Services
internal import Settings
internal import Speech
internal import Workspace

// The one place where the modules' errors become an exit status and a sentence.

extension CommandFailure {
    init(_ error: EngineError) {
        let status: ExitStatus =
            switch error.kind {
            case .unavailable, .timedOut, .malformed, .rateLimited: .endpointUnavailable
            case .configuration: .configuration
            case .quota: .limitReached
            case .refused: .badInput
            case .cancelled: .interrupted
            }
        self.init(status, error.message, causes: (error.requestID.map { ["request id \($0)"] } ?? []) + error.causes)
    }

    init(_ error: JournalError) {
        let status: ExitStatus =
            switch error.kind {
            case .unavailable: .storeUnavailable
            case .schemaVersion: .configuration
            case .notFound: .noInput
            case .fenced, .failed: .failed
            case .cancelled: .interrupted
            }
        self.init(status, error.message, causes: error.causes)
    }

    init(_ error: SpeechError) {
        switch error.kind {
        case .engine(let engine): self.init(engine)
        case .noInput: self.init(.noInput, error.message)
        case .notAudio, .truncated, .tooShort, .tooLong, .codec: self.init(.badInput, error.message)
        case .silent: self.init(.noSpeech, error.message)
        case .cancelled: self.init(.interrupted, error.message)
        case .diskFull, .storage: self.init(.failed, error.message)
        }
    }

    init(_ error: ServicesError) {
        let status: ExitStatus =
            switch error.code {
            case .notInstalled, .wrongVersion, .notACluster, .permission: .configuration
            case .cancelled: .interrupted
            default: .storeUnavailable
            }
        self.init(status, error.message)
    }

    init(_ error: GitError) {
        let status: ExitStatus =
            switch error.kind {
            case .notARepository, .notFound: .noInput
            case .ownedBySomeoneElse, .outside, .identityMissing: .configuration
            case .cancelled: .interrupted
            default: .failed
            }
        self.init(status, error.message)
    }

    init(_ error: HookError) {
        let status: ExitStatus =
            switch error.kind {
            case .notFound: .noInput
            case .badInput: .badInput
            case .refused, .failed: .failed
            case .cancelled: .interrupted
            }
        self.init(status, error.message)
    }

    init(_ error: WorkspaceError) {
        self.init(error.kind == .notFound ? .noInput : error.kind == .cancelled ? .interrupted : .failed, error.message)
    }

    init(_ error: SettingsError) { self.init(.configuration, error.message) }

    init(_ error: PostgresError) {
        let status: ExitStatus =
            switch error.kind {
            case .cancelled: .interrupted
            case .connection, .poolClosed: .storeUnavailable
            default: .failed
            }
        self.init(
            status, error.message, causes: [error.sqlState.map { "SQLSTATE \($0)" }, error.detail].compactMap(\.self))
    }

    init(_ error: BatchInputError) {
        let status: ExitStatus =
            switch error {
            case .folderMissing, .folderEmpty, .linesEmpty: .noInput
            case .notAFolder, .outputIsFolder: .usage
            case .folderUnreadable, .linesUnreadable: .noInput
            case .interrupted: .interrupted
            }
        self.init(status, error.description)
    }

    init(_ error: ResultError) {
        self.init(error.kind == .isInput ? .usage : .failed, error.description)
    }

    init(_ failure: RunFailure) {
        switch failure {
        case .engine(let error): self.init(error)
        case .journal(let error): self.init(error)
        case .limit: self.init(.limitReached, failure.words + "; the run can be looked at with `vocero show`")
        case .toolErrors: self.init(.failed, failure.words)
        case .outcomeUnknown: self.init(.outcomeUnknown, failure.words)
        case .unknownAgent: self.init(.usage, failure.words)
        case .interrupted: self.init(.interrupted, failure.words)
        }
    }

    /// Any error that reaches the top.
    init(any error: any Error) {
        switch error {
        case let error as CommandFailure: self = error
        case let error as EngineError: self.init(error)
        case let error as JournalError: self.init(error)
        case let error as SpeechError: self.init(error)
        case let error as ServicesError: self.init(error)
        case let error as GitError: self.init(error)
        case let error as HookError: self.init(error)
        case let error as WorkspaceError: self.init(error)
        case let error as SettingsError: self.init(error)
        case let error as PostgresError: self.init(error)
        case let error as RunFailure: self.init(error)
        case let error as BatchInputError: self.init(error)
        case let error as ResultError: self.init(error)
        case let error as PolicyFileError: self.init(.configuration, error.message)
        case is CancellationError: self.init(.interrupted, "interrupted")
        default: self.init(.failed, "\(error)")
        }
    }
}
