/// One attempt, as it is handed to the event thread.
struct TransferPlan: Sendable {
    var request: HTTPRequest
    var address: HTTPAddress
    var userAgent: String
    var certificateBundle: String?
    /// Which attempt this is, from 1.
    var attempt: Int
    let exchange: Exchange

    /// Whether the request may be sent again without asking, when a kept connection turns out to be dead.
    ///
    /// Everything else may have had its effect before the connection broke: the retry policy decides.
    var isReplayable: Bool {
        guard case .empty = request.body else { return false }
        return ["GET", "HEAD", "OPTIONS"].contains(request.method)
    }
}
