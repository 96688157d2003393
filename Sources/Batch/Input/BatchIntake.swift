internal import Store
internal import BatchQueue
internal import Application
internal import Assistant
internal import FoundationEssentials
internal import Hashing

/// Takes what is found in the input to the queue, in groups; what is no prompt is said and counted.
actor BatchIntake {
    private let plan: BatchPlan
    private let store: BatchStore
    private let batch: UUID
    private let estimate: ItemEstimate
    private let areLines: Bool
    /// Recordings go to an endpoint that a person has configured, whose price by the minute nobody knows.
    private let mayPayForSpeech: Bool
    private let report: @Sendable (PromptProblem) async -> Void
    private let reading = UUID()
    private var group: [NewBatchItem] = []
    private var groupBytes = 0
    private var groupBegun: ContinuousClock.Instant?
    private(set) var problems = 0

    private static let groupSize = 100
    private static let mostGroupBytes = 4 << 20
    /// Who reads slowly is answered while he reads.
    private static let longestGroup = Duration.milliseconds(250)

    init(
        plan: BatchPlan, store: BatchStore, batch: UUID, estimate: ItemEstimate, areLines: Bool,
        mayPayForSpeech: Bool, report: @escaping @Sendable (PromptProblem) async -> Void
    ) {
        self.plan = plan
        self.store = store
        self.batch = batch
        self.estimate = estimate
        self.areLines = areLines
        self.mayPayForSpeech = mayPayForSpeech
        self.report = report
    }

    func take(_ found: FoundPrompt) async throws {
        switch found {
        case .problem(let problem): await note(problem)
        case .prompt(let prompt):
            do throws(PromptProblem) {
                group.append(try item(of: prompt))
            } catch {
                return await note(error)
            }
            groupBytes += prompt.text.utf8.count
            let begun = groupBegun ?? .now
            groupBegun = begun
            if group.count >= Self.groupSize || groupBytes >= Self.mostGroupBytes || .now - begun > Self.longestGroup {
                try await flush()
            }
        }
    }

    /// Sends what has come. Only whoever reads calls this: groups go one after the other, in the order of the input.
    func flush() async throws {
        guard !group.isEmpty else { return }
        let items = group
        // Only lines have names that their writer chose; those in a folder's files have the file's name and a #.
        let mayRepeat = areLines || items.contains { $0.name.utf8.contains(UInt8(ascii: "#")) }
        let (store, batch, reading) = (store, batch, reading)
        let added = try await waitingForStore { (before) async throws(StoreError) in
            var added = try await store.add(items, to: batch, reading: reading, mayRepeatNames: mayRepeat)
            // What was added without our hearing of it looks as if it came twice.
            if before > 0 { added.duplicates = [] }
            return added
        }
        group = []
        groupBytes = 0
        groupBegun = nil
        for name in added.duplicates {
            await note(PromptProblem(name: name, message: "the name comes twice in the input; the first counts"))
        }
    }

    private func note(_ problem: PromptProblem) async {
        problems += 1
        await report(problem)
    }

    private func item(of prompt: BatchPrompt) throws(PromptProblem) -> NewBatchItem {
        let options = prompt.options
        do throws(Failure) {
            _ = try plan.policy(options.policy)
        } catch {
            throw PromptProblem(name: prompt.name, message: error.message)
        }
        let roster = AgentRoster.standard
        if let agent = options.agent ?? plan.agent, roster.agent(named: agent) == nil {
            let known = roster.all.map(\.name).joined(separator: ", ")
            throw PromptProblem(name: prompt.name, message: "there is no agent \(agent); there are \(known)")
        }
        if options.recording != nil, plan.limitsMoney, mayPayForSpeech {
            throw PromptProblem(
                name: prompt.name,
                message: "what transcribing costs is not counted, so --max-cost cannot hold; make a text of it with "
                    + "`vocero transcribe`, or leave it to a batch without --max-cost")
        }
        return NewBatchItem(
            name: prompt.name, hash: prompt.hash.bytes, prompt: prompt.text,
            options: options,
            estimate: options.recording == nil ? estimate.most(prompt.text, options.agent, options.model) : 0)
    }
}
