internal import Store
internal import Assistant
internal import BatchQueue
internal import Concurrency
internal import FoundationEssentials
internal import OpenAI

/// One stretch of work at the wheel: looks after what is at the endpoint, and sends what waits.
struct BatchAPILoop {
    /// A remote batch that is looked after.
    struct Watched {
        var remote: StoredAPIBatch
        /// Nothing is done about it before.
        var nextLook: ContinuousClock.Instant = .now
        var wait: Duration
        var failingSince: ContinuousClock.Instant?
        /// It was begun by a process that died: it is filled when all there is to read was read.
        var wasLeft = false
        /// It was looked whether the endpoint has made it twice.
        var isOnlyOne = false
        /// The endpoint was asked to end it.
        var isCancelled = false
        var lastWords = ""
    }

    let work: BatchAPIWorker
    let driver: BatchAPIDriver
    var watched: [Watched] = []
    /// The endpoint has had too much at once: files are smaller from then on, and wait for those that are there.
    var mostLines: Int
    var isCrowded = false
    var nextFilling: ContinuousClock.Instant = .now
    var isOutOfMoney = false
    /// The batch is being cancelled.
    var isCancelling = false
    /// Why nothing more is to be sent.
    var block: String?

    init(work: BatchAPIWorker, driver: BatchAPIDriver) {
        self.work = work
        self.driver = driver
        mostLines = work.options.mostLines
    }

    mutating func run() async throws -> BatchEngine.Ending {
        watched = try await driver.takeOver().map { Watched(remote: $0, wait: work.options.firstWait, wasLeft: true) }
        for left in watched { LineFile.remove(directory: work.directory, name: Self.fileName(left.remote)) }
        try checkEndpoint()
        while true {
            if Task.isCancelled || work.stop.isMade { return .stopped }
            let report = try await work.worker.beat()
            await work.observe(.status(report.status, workers: report.workers))
            try await driver.check()
            if let reason = block { return .paused(reason) }
            if report.status.state == .paused { return .paused(report.status.reason ?? "") }
            noteCancelling(report.status.state == .cancelled)
            for index in watched.indices where watched[index].nextLook <= .now {
                try await attend(index)
                if Task.isCancelled || work.stop.isMade { return .stopped }
            }
            watched.removeAll { $0.remote.state == .closed }
            if block == nil, !isCancelling, mayFill(report.status), try await fill() { continue }
            if block == nil, let ending = try await ending() { return ending }
            await work.worker.rest(atMost: restingTime)
        }
    }

    /// What is at another endpoint cannot be asked for here.
    private mutating func checkEndpoint() throws(EngineError) {
        let here = work.client.endpoint.host
        for index in watched.indices where watched[index].remote.endpoint != here {
            switch watched[index].remote.state {
            case .filling, .filled: watched[index].remote.endpoint = here
            default:
                throw EngineError(
                    .configuration,
                    "The prompts of this batch are at \(watched[index].remote.endpoint), not at \(here); set OPENAI_BASE_URL to it and resume."
                )
            }
        }
    }

    private mutating func noteCancelling(_ isIt: Bool) {
        if isIt, !isCancelling { for index in watched.indices { watched[index].nextLook = .now } }
        isCancelling = isIt
    }

    /// Files are as large as they can be: while more comes, only a full one is begun.
    private func mayFill(_ status: BatchStatus) -> Bool {
        guard work.options.sends, nextFilling <= .now, status[.pending] > 0, !isOutOfMoney,
            !(isCrowded && !watched.isEmpty)
        else {
            return false
        }
        return status[.pending] >= mostLines || !(work.moreComes() || status.isReading)
    }

    private func ending() async throws(StoreError) -> BatchEngine.Ending? {
        guard watched.isEmpty else { return nil }
        if !work.options.sends, !isCancelling { return .finished }
        guard let status = try await work.store.status(driver.batch) else {
            throw StoreError(.notFound, "The batch is gone; somebody has removed it.")
        }
        await work.observe(.status(status, workers: 1))
        if status.state == .cancelled { return .cancelled }
        if status.isFinished, !work.moreComes() { return .finished }
        guard status[.running] == 0, !status.isReading, !work.moreComes() else { return nil }
        if isOutOfMoney { return .outOfMoney }
        // Recordings whose words only somebody else can find.
        return try await work.store.waitsForWordsOnly(driver.batch) ? .finished : nil
    }

    private var restingTime: Duration {
        let next = (watched.map(\.nextLook) + [nextFilling]).filter { $0 > .now }.min()
        return max(.milliseconds(1), min(.seconds(1), next.map { $0 - .now } ?? .milliseconds(200)))
    }

    // MARK: One remote batch

    /// Does what is next for a remote batch. What the endpoint refuses pauses the batch; what passes is tried again.
    private mutating func attend(_ index: Int) async throws {
        do {
            repeat {
                try await (isCancelling ? stepToCancel(index) : step(index))
                watched[index].failingSince = nil
            } while watched[index].remote.state != .closed && watched[index].nextLook <= .now
                && !work.stop.isMade
        } catch let error as EngineError {
            try await note(error, index)
        }
    }

    private mutating func note(_ error: EngineError, _ index: Int) async throws {
        switch error.kind {
        case .cancelled: throw error
        case .quota, .configuration, .refused: try await pause(error)
        case .unavailable, .timedOut, .rateLimited, .malformed:
            let since = watched[index].failingSince ?? .now
            guard .now - since < work.options.patience else { throw error }
            if watched[index].failingSince == nil { work.tell(.said("\(error.message) It is tried again.")) }
            watched[index].failingSince = since
            if let asked = error.retryAfter { watched[index].wait = max(watched[index].wait, asked) }
            later(index)
        }
    }

    mutating func pause(_ error: EngineError) async throws(StoreError) {
        work.blocked(error)
        block = error.message
        try await work.store.pause(driver.batch, reason: error.message)
    }

    /// Looks again after a while that grows.
    mutating func later(_ index: Int) {
        watched[index].nextLook = .now + watched[index].wait
        watched[index].wait = min(work.options.longestWait, watched[index].wait * 1.5)
    }

    /// Stores a step of a remote batch before the next is made.
    mutating func move(
        _ index: Int, to state: StoredAPIBatch.State, _ change: (inout StoredAPIBatch) -> Void = { _ in }
    ) async throws(StoreError) {
        var remote = watched[index].remote
        let before = remote.state
        remote.state = state
        change(&remote)
        let (driver, stored) = (driver, remote)
        // What the endpoint has done is kept, also when the work is being stopped.
        try await shielded { () async throws(StoreError) in try await driver.store(stored, after: before) }
        watched[index].remote = remote
    }

    mutating func close(
        _ index: Int, _ leftovers: BatchAPILeftovers, reason: String, mayHaveCost: Bool = false
    ) async throws(StoreError) {
        let (driver, remote) = (driver, watched[index].remote)
        let ended = try await shielded { () async throws(StoreError) in
            try await driver.close(remote, leftovers, reason: reason, mayHaveCost: mayHaveCost)
        }
        watched[index].remote.state = .closed
        for start in stride(from: 0, to: ended.count, by: 200) {
            await work.observe(.stored(Array(ended[start..<min(start + 200, ended.count)])))
        }
        await removeFile(remote)
    }

    /// The prompts do not stay at the endpoint. That it does not work is no failure: nothing depends on it.
    private func removeFile(_ remote: StoredAPIBatch) async {
        guard let file = remote.file else { return }
        try? await work.client.deleteFile(file)
    }
}
