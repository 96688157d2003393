internal import JSON

/// A file of a ``LoopbackBatchAPI``.
struct StoredFile: Sendable {
    var id: String
    var name: String
    var bytes: [UInt8]

    var json: JSON {
        [
            "id": .string(id), "object": "file", "filename": .string(name), "bytes": .integer(bytes.count),
            "purpose": "batch",
        ]
    }
}

/// A batch of a ``LoopbackBatchAPI``.
struct StoredBatch: Sendable {
    var id: String
    var lines: [LoopbackBatchAPI.Line]
    var metadata: JSON
    var plan: LoopbackBatchAPI.Plan
    var status = "validating"
    var outputFile: String?
    var errorFile: String?
    var isEnded = false

    var json: JSON {
        [
            "id": .string(id), "object": "batch", "status": .string(status), "metadata": metadata,
            "output_file_id": outputFile.map { .string($0) } ?? .null,
            "error_file_id": errorFile.map { .string($0) } ?? .null,
            "errors": status == "failed" ? ["object": "list", "data": .array(plan.problems)] : nil,
            "request_counts": ["total": .integer(lines.count), "completed": 0, "failed": 0],
        ]
    }
}

/// All that a ``LoopbackBatchAPI`` keeps, and what time does to it.
struct DeskState: Sendable {
    var files: [StoredFile] = []
    var batches: [StoredBatch] = []
    var faults: [(call: String, fault: LoopbackBatchAPI.Fault)] = []
    var answered: [String: Int] = [:]

    mutating func poll(_ index: Int) {
        if batches[index].plan.polls > 0 {
            batches[index].plan.polls -= 1
            if batches[index].status == "validating" { batches[index].status = "in_progress" }
        } else {
            end(index)
        }
    }

    mutating func end(_ index: Int) {
        guard !batches[index].isEnded else { return }
        var batch = batches[index]
        batch.isEnded = true
        batch.status = batch.plan.status
        var output: [String] = []
        var errors: [String] = []
        if batch.status != "failed" {
            for (number, line) in batch.lines.enumerated() {
                switch batch.plan.outcome(number, line) {
                case .answer(let text):
                    answered[line.prompt, default: 0] += 1
                    output.append(Self.answer(line, text))
                case .refused(let status, let code):
                    let error: JSON = ["error": ["message": .string("refused: \(code)"), "code": .string(code)]]
                    errors.append(
                        Self.line(line, response: ["status_code": .integer(status), "request_id": "r", "body": error]))
                case .untried(let code):
                    errors.append(Self.line(line, error: ["code": .string(code), "message": "not executed"]))
                case .missing: break
                case .raw(let text): output.append(text)
                }
            }
        }
        // No server keeps the order.
        if !output.isEmpty { batch.outputFile = keep(output.reversed(), "output.jsonl") }
        if !errors.isEmpty { batch.errorFile = keep(errors.reversed(), "errors.jsonl") }
        batches[index] = batch
    }

    private mutating func keep(_ lines: [String], _ name: String) -> String {
        let id = "file-\(files.count)"
        files.append(StoredFile(id: id, name: name, bytes: Array((lines.joined(separator: "\n") + "\n").utf8)))
        return id
    }

    private static func line(_ line: LoopbackBatchAPI.Line, response: JSON = nil, error: JSON = nil) -> String {
        JSON.object(["id": "b", "custom_id": .string(line.id), "response": response, "error": error]).description
    }

    private static func answer(_ line: LoopbackBatchAPI.Line, _ text: String) -> String {
        let body: JSON = [
            "id": "c", "model": line.body["model"] ?? .null,
            "choices": [
                ["index": 0, "message": ["role": "assistant", "content": .string(text)], "finish_reason": "stop"]
            ],
            "usage": ["prompt_tokens": 100, "completion_tokens": 50],
        ]
        return Self.line(line, response: ["status_code": 200, "request_id": "r", "body": body])
    }
}

extension LoopbackReply {
    func slowed(_ wait: Duration) -> LoopbackReply {
        guard case .response(let status, let headers, let body) = self else { return self }
        let size = 16 << 10
        let pieces = stride(from: 0, to: body.count, by: size).map { start in
            Piece(Array(body[start..<min(start + size, body.count)]), after: wait)
        }
        return .stream(status, headers: headers, pieces: pieces)
    }
}
