import Assistant
import BatchQueue
import FoundationEssentials
import Store
import Testing

@testable import Batch

struct `What comes of an item` {
    private func words(failures: Int = 0, options: ItemOptions = ItemOptions(), isPriced: Bool = true) -> BatchOutcome {
        BatchOutcome(
            plan: BatchPlan(),
            item: ClaimedItem(
                position: 3, name: "a", attempt: 5, prompt: "x", options: options, reserved: 0, failures: failures),
            model: "m", isPriced: isPriced)
    }

    private func answer(
        _ failure: RunFailure? = nil, text: String? = nil, state: RunState = .failed, tokens: Int = 0,
        parked: [ParkedCall] = []
    ) -> Answer {
        Answer(
            run: .make(), sessionKey: "s", state: state, text: text, tools: [],
            usage: Usage(inputTokens: tokens, outputTokens: tokens), costInUSD: Double(tokens) * 0.001,
            timings: RunTimings(), failure: failure, parked: parked)
    }

    @Test func `is done with its answer, usage and cost`() {
        let outcome = words().ending(of: answer(text: "yes", state: .done, tokens: 4)).outcome
        #expect(outcome.state == .done)
        #expect(outcome.answer == "yes")
        #expect((outcome.inputTokens, outcome.outputTokens, outcome.cost) == (4, 4, 0.004))
        #expect(!outcome.mayHaveCost)
    }

    @Test func `counts what was reserved when the server does not say what it used`() {
        let outcome = words().ending(of: answer(text: "yes", state: .done)).outcome
        #expect(outcome.cost == nil)
        #expect(outcome.mayHaveCost)
        #expect(words(isPriced: false).ending(of: answer(text: "yes", state: .done)).outcome.cost == 0)
    }

    @Test func `is parked with what needs an approval`() {
        let call = ParkedCall(tool: "file_create", preview: nil, reason: "file_create needs an approval")
        let outcome = words().ending(of: answer(text: "later", state: .parked, parked: [call])).outcome
        #expect(outcome.state == .parked)
        #expect(outcome.error == "file_create needs an approval")
    }

    @Test(arguments: [EngineError.Kind.unavailable, .timedOut, .malformed])
    func `is tried again when the endpoint fails, a bounded number of times`(kind: EngineError.Kind) {
        let failure = RunFailure.engine(EngineError(kind, "It broke."))
        let first = words().ending(of: answer(failure)).outcome
        #expect(first.state == .pending && first.isFailure)
        #expect(first.wait == .milliseconds(500))
        #expect(words(failures: 2).ending(of: answer(failure)).outcome.wait == .seconds(2))
        let last = words(failures: 3).ending(of: answer(failure)).outcome
        #expect(last.state == .failed)
        #expect(last.error == "It broke. (tried 4 times)")
    }

    @Test(arguments: [EngineError.Kind.timedOut, .malformed])
    func `keeps its money counted when a call gave no answer`(kind: EngineError.Kind) {
        #expect(words().ending(of: answer(.engine(EngineError(kind, "x")))).outcome.mayHaveCost)
        #expect(words().ending(of: answer(.interrupted)).outcome.mayHaveCost)
    }

    @Test(arguments: [
        RunFailure.limit("the model's longest answer"), .limit("5 model calls"), .toolErrors("stuck"),
        .outcomeUnknown("push"), .engine(EngineError(.refused, "Too large.")),
    ])
    func `fails at once with what another try would not change`(failure: RunFailure) {
        let outcome = words().ending(of: answer(failure, text: "half an ans", state: .limited, tokens: 5)).outcome
        #expect(outcome.state == .failed)
        #expect(outcome.error?.isEmpty == false)
        // Half an answer is not written as a whole one.
        #expect(outcome.answer == nil)
    }

    @Test func `goes back and slows all down when the server refuses for its limits`() {
        let error = EngineError(.rateLimited, "Slow down.", retryAfter: .seconds(7))
        guard case .refused(let outcome, let trouble) = words(failures: 3).ending(of: answer(.engine(error))) else {
            Issue.record("it was not taken for a refusal")
            return
        }
        #expect(outcome.state == .pending && !outcome.isFailure)
        #expect(trouble.wait == .seconds(7) && trouble.kind == .limit)
    }

    @Test(arguments: [EngineError.Kind.unavailable, .timedOut])
    func `goes back, without fault of its own, when nobody was there`(kind: EngineError.Kind) {
        var error = EngineError(kind, "Nobody is there.")
        error.wasNotReached = true
        guard case .refused(let outcome, let trouble) = words(failures: 3).ending(of: answer(.engine(error))) else {
            Issue.record("it was not taken for an outage")
            return
        }
        #expect(outcome.state == .pending && !outcome.isFailure && !outcome.mayHaveCost)
        #expect(trouble.kind == .unreached)
    }

    @Test func `slows all down when the server fails, and not when an answer makes no sense`() {
        let failed = words().ending(of: answer(.engine(EngineError(.unavailable, "It broke."))))
        guard case .troubled(_, let trouble) = failed, trouble.kind == .failure else {
            Issue.record("the failure was not told")
            return
        }
        guard case .ended = words().ending(of: answer(.engine(EngineError(.malformed, "What?")))) else {
            Issue.record("an answer was taken for an outage")
            return
        }
    }

    @Test func `is not tried again by itself when it has changed something`() {
        var changed = words()
        changed.hasChanged = true
        let outcome = changed.ending(of: answer(.engine(EngineError(.unavailable, "It broke.")))).outcome
        #expect(outcome.state == .failed && outcome.error?.contains("changed something") == true)
    }

    @Test(arguments: [EngineError.Kind.quota, .configuration])
    func `pauses the batch when waiting does not help`(kind: EngineError.Kind) {
        guard
            case .blocked(let outcome, let reason) = words().ending(of: answer(.engine(EngineError(kind, "No money."))))
        else {
            Issue.record("the batch was not paused")
            return
        }
        #expect(outcome.state == .pending)
        #expect(reason == "No money.")
    }

    @Test func `pauses the batch when the server asks to wait for very long`() {
        let error = EngineError(.rateLimited, "Slow down.", retryAfter: .seconds(3600))
        guard case .blocked(_, let reason) = words().ending(of: answer(.engine(error))) else {
            Issue.record("the batch was not paused")
            return
        }
        #expect(reason.contains("60 minutes"))
    }

    @Test func `fails alone when the model of its own is none`() {
        let error = EngineError(.configuration, "There is no model x.")
        guard case .ended(let outcome) = words(options: ItemOptions(model: "x")).ending(of: answer(.engine(error)))
        else {
            Issue.record("the batch was paused")
            return
        }
        #expect(outcome.state == .failed)
    }

    @Test func `goes back as if nothing had been when it never came to a call`() {
        let shared = RunFailure.limit(RunFailure.sharedMoney)
        for failure in [shared, .interrupted, .engine(EngineError(.cancelled, "x"))] {
            var words = words(failures: 3)
            words.hasCalled = false
            let outcome = words.ending(of: answer(failure, state: .limited)).outcome
            #expect(outcome.state == .pending && !outcome.isFailure && !outcome.mayHaveCost)
        }
        var hopeless = words()
        (hopeless.hasCalled, hopeless.isHopeless) = (false, true)
        #expect(hopeless.ending(of: answer(shared, state: .limited)).outcome.state == .failed)
    }

    @Test func `goes back when the store is away`() {
        let failure = RunFailure.journal(JournalError(.unavailable, "Away."))
        #expect(words().ending(of: answer(failure)).outcome.state == .pending)
    }
}
