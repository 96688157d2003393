import FoundationEssentials
import Hashing
import JSON
import TestSupport
import Testing

@testable import Assistant
@testable import Batch
@testable import BatchQueue
@testable import Git
@testable import Hooks
@testable import Memory
@testable import Postgres
@testable import Speech
@testable import Workspace

struct `No number that was stored` {
    @Test func `as JSON, in the database or in a file, ends the program`() throws {
        let limits: JSON = [
            "max_steps": 1, "max_tool_calls": 2, "max_tokens": 3, "max_cost_usd": 4, "max_wall_time_ms": 5,
            "max_context_tokens": 6, "max_output_tokens": 7,
        ]
        let plan: JSON = [
            "concurrency": 1, "rpm": 2, "tpm": 3, "attempts": 4, "deadline": 5, "output_tokens": 6, "lease": 7,
        ]
        let piece: JSON = ["version": 1, "text": "a", "segments": [[0, 1, "b"]], "usage": [1, 2, 3]]
        let usage: JSON = ["input": 1, "cached": 2, "output": 3]
        let link: JSON = ["after": 0, "messages": [], "max_output_tokens": 2]
        var count = 0
        for text in ExtremeNumbers.variants(of: limits) {
            if let limits = RunLimits(json: try JSON(parsing: text)) {
                let budget = RunBudget(limits: limits)
                _ = (budget.reachedLimit(), budget.remainingWallTime(), limits.json)
                #expect(ContinuousClock.now + limits.maxWallTime >= .now - .seconds(1))
            }
            count += 1
        }
        for text in ExtremeNumbers.variants(of: plan) {
            let plan = BatchPlan(json: try JSON(parsing: text))
            let deadline = Duration.seconds(plan.deadline) + .seconds(86_400)
            var pace = AIMDLimiter(bound: plan.bounds.concurrency)
            pace.succeeded()
            var tokens = TokenBucket(perMinute: plan.bounds.tokensPerMinute.map(Double.init), at: .now)
            tokens.settle(Double(Usage.most))
            _ = (pace.limit, tokens.time(of: 1, after: .now), ContinuousClock.now + deadline, plan.json)
            count += 1
        }
        for text in ExtremeNumbers.variants(of: piece) {
            if let piece = TranscriptionPiece(kept: try JSON(parsing: text)) {
                #expect((piece.usage + piece.usage).totalTokens >= 0)
            }
            count += 1
        }
        for text in ExtremeNumbers.variants(of: usage) {
            let usage = Usage(json: try JSON(parsing: text))
            #expect((usage + usage).totalTokens >= 0)
            count += 1
        }
        for text in ExtremeNumbers.variants(of: link) {
            _ = RequestChain.requests(of: [try JSON(parsing: text)])
            count += 1
        }
        print("hostile numbers: \(count) stored values, crashes 0")
    }

    @Test func `by a database in its binary form does`() {
        let lengths: [[UInt8]] = [
            [0xff, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0x7f, 0xff, 0xff, 0xff], [0, 0, 0, 0], [0, 0, 0, 1],
            [0xff, 0xff], [0x80, 0], [0x7f, 0xff], [0, 1], [],
        ]
        let codecs: [TypeCodec] = [
            .bool, .int2, .int4, .int8, .oid, .float4, .float8, .text, .json, .bytea, .uuid, .timestamp, .jsonb, .bit,
            .vector, .halfvec, .textArray, .int2Array, .int4Array, .int8Array, .uuidArray, .void, .numeric, .other,
        ]
        var count = 0
        for codec in codecs {
            for first in lengths {
                for second in lengths {
                    for third in lengths {
                        let field = first + second + [0, 0, 0, 25] + third + [0, 0, 0, 1]
                        for bytes in [field, first + second + third, third + second + first] {
                            bytes.withUnsafeBytes { bytes in
                                _ = decode(ByteReader(bytes), typeOID: 1, as: codec)
                            }
                            count += 1
                        }
                    }
                }
            }
        }
        print("hostile numbers: \(count) fields of a database, crashes 0")
    }

    @Test(arguments: [-1e300, -9.3e18, -1, 0, 1.8e16, 9.2e18, 1.8e19, 1e300])
    func `as the time of a commit does`(time: Double) async throws {
        let signature = Signature(
            name: "n", email: "e", date: Date(timeIntervalSince1970: time), offsetInMinutes: .max)
        let commit = Commit(
            id: try #require(ObjectID(hex: String(repeating: "a", count: 40))), shortID: "a", author: signature,
            committer: signature, subject: "s", body: "", parents: [], changes: nil)
        let change = ChangeSet(files: [], moreFiles: 0, patches: [], identity: ContentHash(ofText: ""))
        let record = CommitRecord(commit: commit, branch: nil, change: change)
        _ = try await record.keep(in: NullJournal(), repositoryName: "r")
    }
}
