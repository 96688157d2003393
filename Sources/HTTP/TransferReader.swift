/// The reading end of one attempt. Whoever lets go of it, or cancels a task that waits in it, stops the transfer.
final class TransferReader: Sendable {
    private let exchange: Exchange
    private let loop: TransferLoop?

    init(starting plan: TransferPlan, on loop: TransferLoop) throws(HTTPError) {
        exchange = plan.exchange
        self.loop = loop
        try loop.start(plan)
    }

    /// Reads an answer that is whole already.
    init(replaying response: HTTPResponse) {
        exchange = Exchange(isStreamed: true)
        loop = nil
        unsafe response.body.withUnsafeBytes { _ = unsafe exchange.receive($0) }
        exchange.finish(.success(()))
    }

    deinit {
        if !exchange.isFinished { loop?.cancel(exchange) }
    }

    func head() async throws(HTTPError) -> HTTPResponseHead {
        try await stoppable { await Result { () async throws(HTTPError) in try await self.exchange.head() } }
    }

    /// The whole body.
    func body() async throws(HTTPError) -> [UInt8] {
        try await stoppable { await Result { () async throws(HTTPError) in try await self.exchange.body() } }
    }

    /// The next piece; nil at the end.
    func next() async throws(HTTPError) -> [UInt8]? {
        let piece = try await stoppable {
            await Result { () async throws(HTTPError) in try await self.exchange.next() }
        }
        guard case .bytes(let bytes, let resumes) = piece else { return nil }
        if resumes { loop?.resume(exchange) }
        return bytes
    }

    private func stoppable<Value: Sendable>(
        _ operation: () async -> Result<Value, HTTPError>
    ) async throws(HTTPError) -> Value {
        let result = await withTaskCancellationHandler {
            await operation()
        } onCancel: { [loop, exchange] in
            loop?.cancel(exchange)
        }
        return try result.get()
    }
}

extension Result {
    /// Typed throws do not pass through a cancellation handler; a result does.
    fileprivate init(_ body: () async throws(Failure) -> Success) async {
        do throws(Failure) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
