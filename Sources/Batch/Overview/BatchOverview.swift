internal import Application
internal import FoundationEssentials
package import JSON
internal import BatchQueue

/// A batch as a person or a client is shown it.
package struct BatchOverview: Sendable {
    private let status: BatchStatus

    init(_ status: BatchStatus) { self.status = status }

    package var id: String { status.id.uuidString.lowercased() }
    /// As much of the id as tells batches apart.
    package var shortID: String { String(id.prefix(13)) }
    package var name: String { status.name }
    /// Where results are written; nil when they stay in the database.
    package var output: String? { status.output }
    /// Why it is paused.
    package var reason: String? { status.reason }
    package var inputTokens: Int { status.inputTokens }
    package var outputTokens: Int { status.outputTokens }

    // MARK: Money, in US dollars

    package var maxCost: Double? { status.maxCost }
    package var spent: Double { status.spent }
    /// What the items in flight may still cost.
    package var reserved: Double { status.reserved }
    /// What calls may have cost that gave no answer.
    package var unsettled: Double { status.unsettled }

    // MARK: Items

    package var total: Int { status.total }
    /// That wait or are being worked on.
    package var left: Int { pending + running }
    package var pending: Int { status[.pending] }
    package var running: Int { status[.running] }
    package var done: Int { status[.done] }
    package var failed: Int { status[.failed] }
    /// That need an approval.
    package var parked: Int { status[.parked] }
    /// That were left out when the batch was cancelled.
    package var skipped: Int { status[.skipped] }

    // MARK: In words

    package var stateText: String {
        switch status.state {
        case .paused: "paused"
        case .cancelled: "cancelled"
        case .open:
            status.isReading
                ? "reading" : status.isFinished ? "finished" : status[.running] > 0 ? "working" : "waiting"
        }
    }

    package var countsText: String {
        let states: [BatchItemState] = [.pending, .running, .failed, .parked, .skipped]
        let others = states.filter { status[$0] > 0 }.map { ", \(Figures.grouped(status[$0])) \($0.rawValue)" }
        return "\(Figures.grouped(done)) of \(Figures.grouped(total)) done" + others.joined()
    }

    /// - `id`, `name`, `state` (`open`, `paused`, `cancelled`), `reason`, `output`, `reading`
    /// - `counts`: items by state; `total`
    /// - `max_cost`, `spent`, `reserved`, `unsettled`: US dollars
    /// - `input_tokens`, `output_tokens`, `created_at`, `changed_at`
    package var json: JSON {
        var counts: [String: JSON] = [:]
        for (state, count) in status.counts { counts[state.rawValue] = .integer(count) }
        return [
            "id": .string(id), "name": .string(name), "state": .string(status.state.rawValue),
            "reason": .optional(reason), "output": .optional(output),
            "reading": .bool(status.isReading), "counts": .object(counts), "total": .integer(total),
            "max_cost_usd": .optional(maxCost), "spent_usd": .number(spent), "reserved_usd": .number(reserved),
            "unsettled_usd": .number(unsettled), "input_tokens": .integer(inputTokens),
            "output_tokens": .integer(outputTokens), "created_at": .time(status.createdAt),
            "changed_at": .time(status.changedAt),
        ]
    }
}
