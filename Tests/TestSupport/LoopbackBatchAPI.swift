package import JSON
internal import Synchronization

/// A server on loopback with a Batch API: files and batches, whose course a test plans.
package final class LoopbackBatchAPI: Sendable {
    /// One request of a batch, as it was uploaded.
    package struct Line: Sendable {
        package let id: String
        package let body: JSON
        /// Its last message.
        package var prompt: String { body["messages"]?.array?.last?["content"]?.string ?? "" }
    }

    package enum LineOutcome: Sendable {
        case answer(String)
        /// A line of the error file with the server's status and an error object.
        case refused(Int, code: String)
        /// A line of the error file that was never tried.
        case untried(code: String)
        case missing
        /// Word for word, in the output file.
        case raw(String)
    }

    /// The course of one batch.
    package struct Plan: Sendable {
        package var status: String
        /// So often it is not at its end yet when it is asked for.
        package var polls: Int
        /// `errors.data`, with `failed`.
        package var problems: [JSON]
        package var outcome: @Sendable (_ index: Int, Line) -> LineOutcome

        package init(
            _ status: String = "completed", polls: Int = 1, problems: [JSON] = [],
            outcome: @escaping @Sendable (_ index: Int, Line) -> LineOutcome = { .answer("Answer to \($1.prompt)") }
        ) {
            self.status = status
            self.polls = polls
            self.problems = problems
            self.outcome = outcome
        }
    }

    /// What goes wrong with one request.
    package enum Fault: Sendable {
        /// In place of the effect.
        case instead(LoopbackReply)
        /// After the effect: the client never learns of it.
        case after(LoopbackReply)
        /// A body comes a piece at a time, with this wait before each.
        case slowly(Duration)
    }

    private let desk: Desk
    private let server: LoopbackServer

    /// `plan` says what becomes of the batch of that number (from 0) with these lines.
    package init(
        pageSize: Int = 100, plan: @escaping @Sendable (_ number: Int, [Line]) -> Plan = { _, _ in Plan() }
    ) throws {
        let desk = Desk(pageSize: pageSize, plan: plan)
        self.desk = desk
        server = try LoopbackServer { desk.reply(to: $0) }
    }

    /// With `/v1`.
    package var baseURL: String { server.url + "/v1" }

    /// `POST /files` and the like, in order.
    package var calls: [String] { server.requests.map { "\($0.method) \($0.path.dropFirst(3))" } }

    package func count(_ call: String) -> Int { calls.count { $0 == call } }

    /// Waits until a call has come in; false when it takes longer than a test should.
    package func wait(for call: String, count: Int = 1) async -> Bool {
        for _ in 0..<2000 where self.count(call) < count {
            do { try await Task.sleep(for: .milliseconds(10)) } catch { return false }
        }
        return self.count(call) >= count
    }

    /// Makes the next `times` calls fail, such as `POST /batches`; a call may end in `*`.
    package func fail(_ call: String, _ fault: Fault, times: Int = 1) {
        desk.state.withLock { $0.faults += Array(repeating: (call, fault), count: times) }
    }

    /// The lines of each batch that was ever made.
    package var batches: [[Line]] { desk.state.withLock { state in state.batches.map(\.lines) } }
    package var fileNames: [String] { desk.state.withLock { $0.files.map(\.name) } }
    /// How often each prompt was answered, and thus paid.
    package var answered: [String: Int] { desk.state.withLock { $0.answered } }

    /// Ends all batches, as time would.
    package func endAll() { desk.state.withLock { state in for index in state.batches.indices { state.end(index) } } }
}

/// What the server's threads share.
private final class Desk: Sendable {
    let state = Mutex(DeskState())
    let pageSize: Int
    let plan: @Sendable (Int, [LoopbackBatchAPI.Line]) -> LoopbackBatchAPI.Plan

    init(pageSize: Int, plan: @escaping @Sendable (Int, [LoopbackBatchAPI.Line]) -> LoopbackBatchAPI.Plan) {
        self.pageSize = pageSize
        self.plan = plan
    }

    func reply(to request: LoopbackRequest) -> LoopbackReply {
        let path = String(request.path.dropFirst(3))
        return state.withLock { state in
            let call = "\(request.method) \(path)"
            let index = state.faults.firstIndex {
                $0.call == call || $0.call.hasSuffix("*") && call.hasPrefix($0.call.dropLast())
            }
            let fault = index.map { state.faults.remove(at: $0).fault }
            if case .instead(let reply) = fault { return reply }
            let reply = answer(request, path.split(separator: "/").map(String.init), &state)
            switch fault {
            case .after(let lost): return lost
            case .slowly(let wait): return reply.slowed(wait)
            case .instead, nil: return reply
            }
        }
    }

    private func answer(_ request: LoopbackRequest, _ path: [String], _ state: inout DeskState) -> LoopbackReply {
        switch (request.method, path.first, path.count) {
        case ("POST", "files", 1): upload(request, &state)
        case ("GET", "files", 1): page(state.files.reversed().map(\.json), request)
        case ("GET", "files", 3):
            state.files.first { $0.id == path[1] }.map { .response(body: $0.bytes) } ?? Self.unknown
        case ("DELETE", "files", 2): delete(path[1], &state)
        case ("POST", "batches", 1): create(request, &state)
        case ("GET", "batches", 1): page(state.batches.reversed().map(\.json), request)
        case ("GET", "batches", 2): batch(path[1], &state) { $1.poll($0) }
        case ("POST", "batches", 3):
            batch(path[1], &state) { index, state in
                guard !state.batches[index].isEnded else { return }
                state.batches[index].status = "cancelling"
                state.batches[index].plan.status = "cancelled"
                state.batches[index].plan.polls = 1
            }
        default: Self.unknown
        }
    }

    private static let unknown = LoopbackOpenAI.error(404, "no such thing")

    private func upload(_ request: LoopbackRequest, _ state: inout DeskState) -> LoopbackReply {
        guard request.part("purpose")?.text == "batch", let part = request.part("file"), let name = part.filename else {
            return LoopbackOpenAI.error(400, "no file for a batch")
        }
        let file = StoredFile(id: "file-\(state.files.count)", name: name, bytes: part.body)
        state.files.append(file)
        return .json(file.json)
    }

    private func delete(_ id: String, _ state: inout DeskState) -> LoopbackReply {
        // Its place stays, so that ids do not come twice.
        guard let index = state.files.firstIndex(where: { $0.id == id }) else { return Self.unknown }
        state.files[index].id = ""
        state.files[index].name = ""
        return .json(["id": .string(id), "deleted": true])
    }

    private func create(_ request: LoopbackRequest, _ state: inout DeskState) -> LoopbackReply {
        guard let json = request.json, json["endpoint"] == "/v1/chat/completions", json["completion_window"] == "24h",
            let file = state.files.first(where: { .string($0.id) == json["input_file_id"] })
        else { return LoopbackOpenAI.error(400, "no such file, or not its endpoint or window") }
        let lines = file.bytes.split(separator: 10).compactMap { bytes -> LoopbackBatchAPI.Line? in
            guard let line = try? JSON(parsing: Array(bytes)), line["method"] == "POST",
                line["url"] == "/v1/chat/completions", let id = line["custom_id"]?.string, let body = line["body"]
            else { return nil }
            return LoopbackBatchAPI.Line(id: id, body: body)
        }
        let batch = StoredBatch(
            id: "batch_\(state.batches.count)", lines: lines, metadata: json["metadata"] ?? [:],
            plan: plan(state.batches.count, lines))
        state.batches.append(batch)
        return .json(batch.json)
    }

    private func batch(
        _ id: String, _ state: inout DeskState, _ change: (Int, inout DeskState) -> Void
    ) -> LoopbackReply {
        guard let index = state.batches.firstIndex(where: { $0.id == id }) else { return Self.unknown }
        change(index, &state)
        return .json(state.batches[index].json)
    }

    private func page(_ entries: [JSON], _ request: LoopbackRequest) -> LoopbackReply {
        let after = request.query["after"].flatMap { id in entries.firstIndex { $0["id"] == .string(id) } }
        let rest = entries[(after.map { $0 + 1 } ?? 0)...]
        return .json(["data": .array(Array(rest.prefix(pageSize))), "has_more": .bool(rest.count > pageSize)])
    }
}
