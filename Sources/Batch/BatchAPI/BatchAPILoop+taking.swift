internal import Store
internal import Assistant
internal import BatchQueue
internal import Concurrency
internal import OpenAI

extension BatchAPILoop {
    /// Lines that are settled together.
    private static let groupSize = 64
    private static let mostGroupBytes = 4 << 20
    private static let turnsAtOnce = 8

    // MARK: Looking

    mutating func look(_ index: Int) async throws {
        let remote = watched[index].remote
        guard let batch = try await work.client.batch(remote.remoteID ?? "") else {
            throw EngineError(
                .configuration,
                "\(remote.endpoint) does not know its batch \(remote.remoteID ?? "") any more: resume with the key that it was made with, or give it up by `vocero batch cancel`."
            )
        }
        try await endTwins(index)
        guard batch.status.isFinal else {
            if remote.remoteStatus != batch.status.rawValue {
                try await move(index, to: .submitted) { $0.remoteStatus = batch.status.rawValue }
            }
            let words =
                "\(batch.id) is \(batch.status.rawValue): \(batch.completed + batch.failed) of \(remote.lines) prompts"
            if words != watched[index].lastWords { work.tell(.progress(words)) }
            watched[index].lastWords = words
            return later(index)
        }
        try await take(index, batch)
    }

    /// Takes what has come of a batch that has ended, and closes it.
    private mutating func take(_ index: Int, _ batch: RemoteBatch) async throws {
        watched[index].remote.remoteStatus = batch.status.rawValue
        let remote = watched[index].remote
        // Whatever comes of it, its reservations end.
        isOutOfMoney = false
        var areAllThere = true
        for file in [batch.outputFile, batch.errorFile].compactMap(\.self) {
            guard let content = try await work.client.content(of: file) else {
                areAllThere = false
                work.tell(.said("the answers of \(batch.id) are gone from \(remote.endpoint) (\(file))"))
                continue
            }
            guard try await takeLines(of: content, remote) else { return }
        }
        if isCancelling {
            return try await close(index, .skipped, reason: "the batch was cancelled", mayHaveCost: !areAllThere)
        }
        guard areAllThere else {
            return try await close(
                index, .failed, reason: "its answer is gone from \(remote.endpoint); retry sends it again",
                mayHaveCost: true)
        }
        try await closeEnded(index, batch)
    }

    /// What became of items without a line depends on how the batch has ended.
    private mutating func closeEnded(_ index: Int, _ batch: RemoteBatch) async throws {
        let again = work.turns.leftovers(isFailure: true)
        switch batch.status {
        case .expired: try await close(index, again, reason: "\(batch.id) expired before it was answered")
        case .cancelled: try await close(index, again, reason: "\(batch.id) was cancelled at the endpoint")
        case .failed: try await closeRefused(index, batch)
        default:
            try await close(index, again, reason: "\(batch.id) has ended without a line for it", mayHaveCost: true)
        }
    }

    /// The endpoint took nothing of the file: what is to blame fails, the rest goes back.
    private mutating func closeRefused(_ index: Int, _ batch: RemoteBatch) async throws {
        let remote = watched[index].remote
        let said = batch.problems.first?.message ?? "no reason given"
        let reason = "\(remote.endpoint) refused the file: \(said)"
        let kinds = batch.problems.map(\.kind)
        if kinds.contains(.quota) {
            try await close(index, work.turns.leftovers(isFailure: false), reason: reason)
            return try await pause(EngineError(.quota, reason))
        }
        if kinds.contains(.crowded) {
            let isAlone = watched.count { $0.remote.state == .submitted } == 1
            // Others of the same account may have filled it: smaller, later, and in the end not at all.
            try await close(index, work.turns.leftovers(isFailure: isAlone && remote.lines == 1), reason: reason)
            isCrowded = true
            if isAlone { mostLines = max(1, min(mostLines, remote.lines) / 8) }
            nextFilling = .now + watched[index].wait
            work.tell(.said("\(reason); it is given \(mostLines) prompts at a time"))
            return
        }
        var lines: [Int: String] = [:]
        for problem in batch.problems {
            if case .line(let line) = problem.kind {
                lines[line] = "\(remote.endpoint) refused its line: \(problem.message)"
            }
        }
        if lines.isEmpty || kinds.contains(.whole) { return try await close(index, .failed, reason: reason) }
        await work.observe(.stored(try await driver.fail(lines, in: remote.id)))
        try await close(index, work.turns.leftovers(isFailure: true), reason: reason)
    }

    // MARK: Lines

    /// Takes lines in groups, each stored before the next is read; what was taken before is passed over. False when a
    /// person wants to stop: the rest is taken later.
    private mutating func takeLines(of content: RemoteContent, _ remote: StoredAPIBatch) async throws -> Bool {
        var group: [ChatBatchResult] = []
        var bytes = 0
        while let line = try await content.nextLine() {
            guard let result = work.client.batchResult(of: line, model: remote.model) else { continue }
            group.append(result)
            bytes += line.count
            guard group.count >= Self.groupSize || bytes >= Self.mostGroupBytes else { continue }
            try await settle(group, remote)
            (group, bytes) = ([], 0)
            if work.stop.isMade || Task.isCancelled { return false }
            let report = try await work.worker.beat()
            await work.observe(.status(report.status, workers: report.workers))
        }
        try await settle(group, remote)
        return true
    }

    private mutating func settle(_ group: [ChatBatchResult], _ remote: StoredAPIBatch) async throws {
        var results: [Int: (attempt: Int, result: ChatBatchResult)] = [:]
        for result in group {
            guard let place = BatchAPITurns.place(ofID: result.id), results[place.position] == nil else { continue }
            results[place.position] = (place.attempt, result)
        }
        var positions = results.keys.sorted()
        while !positions.isEmpty {
            let found = try await driver.items(in: remote.id, at: positions)
            guard let last = found.map(\.item.position).max() else { return }
            positions.removeAll { $0 <= last }
            let deliveries = found.compactMap { entry in
                results[entry.item.position].flatMap {
                    $0.attempt == entry.item.attempt ? (entry.item, $0.result) : nil
                }
            }
            try await deliver(deliveries, remote)
        }
    }

    private mutating func deliver(
        _ deliveries: [(item: ClaimedItem, result: ChatBatchResult)], _ remote: StoredAPIBatch
    ) async throws {
        guard !deliveries.isEmpty else { return }
        let (turns, batch, driver) = (work.turns, driver.batch, driver)
        // A driver that died in the middle has left turns without outcomes.
        try await turns.forget(deliveries.map(\.item), of: batch)
        var outcomes: [ItemOutcome] = []
        var refusal: EngineError?
        await withTaskGroup(of: (outcome: ItemOutcome, blocked: EngineError?).self) { group in
            for (number, delivery) in deliveries.enumerated() {
                if number >= Self.turnsAtOnce, let ended = await group.next() {
                    outcomes.append(ended.outcome)
                    refusal = refusal ?? ended.blocked
                }
                group.addTask {
                    await turns.deliver(delivery.result, to: delivery.item, of: batch, in: remote)
                }
            }
            for await ended in group {
                outcomes.append(ended.outcome)
                refusal = refusal ?? ended.blocked
            }
        }
        if isCancelling {
            for index in outcomes.indices where outcomes[index].state == .pending {
                (outcomes[index].state, outcomes[index].error) = (.skipped, "the batch was cancelled")
            }
        }
        let settled = outcomes.filter { $0.state != .running }
        let refused = try await shielded { () async throws(StoreError) in
            try await driver.complete(settled, in: remote.id)
        }
        await work.observe(.stored(settled.filter { !refused.contains($0.position) }))
        if !refused.isEmpty { await work.observe(.refused(refused)) }
        if let unstored = outcomes.first(where: { $0.state == .running }) {
            throw StoreError(.unavailable, unstored.error ?? "The turn was not stored.")
        }
        // What is paid for is taken first.
        if let refusal, block == nil { try await pause(refusal) }
    }

    // MARK: Cancelling

    /// Ends what is on its way or at the endpoint; what it has finished is taken.
    mutating func stepToCancel(_ index: Int) async throws {
        let remote = watched[index].remote
        switch remote.state {
        case .uploading:
            watched[index].remote.file = try await findFile(index)?.id
            try await close(index, .skipped, reason: "the batch was cancelled")
        case .filling, .filled, .uploaded:
            try await close(index, .skipped, reason: "the batch was cancelled")
        case .creating:
            if let made = try await findBatch(index) {
                return try await move(index, to: .submitted) { $0.remoteID = made.id }
            }
            try await close(index, .skipped, reason: "the batch was cancelled")
        case .submitted:
            if !watched[index].isCancelled {
                guard try await work.client.cancelBatch(remote.remoteID ?? "") != nil else {
                    return try await close(index, .skipped, reason: "the batch was cancelled", mayHaveCost: true)
                }
                watched[index].isCancelled = true
                watched[index].wait = work.options.firstWait
            }
            try await look(index)
        case .closed: break
        }
    }
}
