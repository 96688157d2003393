import Git
import Postgres
import Services
import Settings
import Speech
import Store
import Testing
import Workspace

@testable import Assistant
@testable import Application

struct `An error as a failure` {
    struct Case: Sendable, CustomTestStringConvertible {
        let error: any Error & Sendable
        let kind: Failure.Kind
        var testDescription: String { "\(error)" }

        init(_ error: any Error & Sendable, _ kind: Failure.Kind) {
            self.error = error
            self.kind = kind
        }
    }

    private static func engine(_ kind: EngineError.Kind) -> EngineError { EngineError(kind, "why") }
    private static func speech(_ kind: SpeechError.Kind) -> SpeechError { SpeechError(kind, "why") }

    static let engines: [Case] = [
        Case(engine(.unavailable), .endpointUnavailable), Case(engine(.timedOut), .endpointUnavailable),
        Case(engine(.malformed), .endpointUnavailable), Case(engine(.rateLimited), .endpointUnavailable),
        Case(engine(.configuration), .configuration), Case(engine(.quota), .limitReached),
        Case(engine(.refused), .badInput), Case(engine(.cancelled), .interrupted),
        Case(speech(.engine(engine(.configuration))), .configuration), Case(speech(.noInput), .noInput),
        Case(speech(.notAudio), .badInput), Case(speech(.truncated), .badInput), Case(speech(.tooShort), .badInput),
        Case(speech(.tooLong), .badInput), Case(speech(.codec), .badInput), Case(speech(.silent), .noSpeech),
        Case(speech(.cancelled), .interrupted), Case(speech(.diskFull), .failed), Case(speech(.storage), .failed),
    ]

    static let store: [Case] = [
        Case(JournalError(.unavailable, "why"), .storeUnavailable),
        Case(StoreError(.unavailable, "why"), .storeUnavailable), Case(StoreError(.failed, "why"), .failed),
        Case(StoreError(.configuration, "why"), .configuration), Case(StoreError(.notFound, "why"), .noInput),
        Case(StoreError(.fenced, "why"), .failed), Case(StoreError(.cancelled, "why"), .interrupted),
        Case(JournalError(.configuration, "why"), .configuration), Case(JournalError(.notFound, "why"), .noInput),
        Case(JournalError(.fenced, "why"), .failed), Case(JournalError(.failed, "why"), .failed),
        Case(JournalError(.cancelled, "why"), .interrupted),
        Case(PostgresError(.connection, message: "why"), .storeUnavailable),
        Case(PostgresError(.poolClosed, message: "why"), .storeUnavailable),
        Case(PostgresError(.server, sqlState: "23505", message: "why"), .failed),
        Case(PostgresError(.cancelled, message: "why"), .interrupted),
        Case(ServicesError(.notInstalled, "why"), .configuration),
        Case(ServicesError(.wrongVersion, "why"), .configuration),
        Case(ServicesError(.notACluster, "why"), .configuration),
        Case(ServicesError(.permission, "why"), .configuration),
        Case(ServicesError(.diskFull, "why"), .storeUnavailable),
        Case(ServicesError(.startTimedOut, "why"), .storeUnavailable),
        Case(ServicesError(.cancelled, "why"), .interrupted),
    ]

    static let places: [Case] = [
        Case(GitError(.notARepository, "why"), .noInput), Case(GitError(.notFound, "why"), .noInput),
        Case(GitError(.ownedBySomeoneElse, "why"), .configuration), Case(GitError(.outside, "why"), .configuration),
        Case(GitError(.identityMissing, "why"), .configuration), Case(GitError(.cancelled, "why"), .interrupted),
        Case(GitError(.conflict, "why"), .failed), Case(GitError(.unsupported(feature: "x"), "why"), .failed),
        Case(WorkspaceError(.notFound, "why"), .noInput), Case(WorkspaceError(.cancelled, "why"), .interrupted),
        Case(WorkspaceError(.noSpace, "why"), .failed), Case(WorkspaceError(.outside, "why"), .failed),
        Case(PolicyFileError(message: "why"), .configuration),
    ]

    static let runs: [Case] = [
        Case(RunFailure.engine(engine(.quota)), .limitReached),
        Case(RunFailure.journal(JournalError(.unavailable, "why")), .storeUnavailable),
        Case(RunFailure.limit("20 steps"), .limitReached), Case(RunFailure.toolErrors("why"), .failed),
        Case(RunFailure.outcomeUnknown("why"), .outcomeUnknown),
        Case(RunFailure.unknownAgent("x", known: ["y"]), .usage), Case(RunFailure.interrupted, .interrupted),
        Case(CancellationError(), .interrupted), Case(Failure(.noSpeech, "why"), .noSpeech),
    ]

    @Test(arguments: engines + store + places + runs)
    func `is of the kind that the design names`(example: Case) {
        #expect(Failure(any: example.error).kind == example.kind)
    }

    @Test func `comes with the request id and the causes for -v`() {
        let failure = Failure(EngineError(.refused, "why", requestID: "req_1", causes: ["deeper"]))
        #expect(failure.message == "why" && failure.causes == ["request id req_1", "deeper"])
    }

    @Test func `comes with the SQLSTATE for -v`() {
        let failure = Failure(PostgresError(.server, sqlState: "53100", message: "why", detail: "disk"))
        #expect(failure.causes == ["SQLSTATE 53100", "disk"])
    }
}
