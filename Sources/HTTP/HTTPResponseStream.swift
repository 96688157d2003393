/// An answer whose body is read piece by piece; the transfer pauses while nobody reads. Letting go of the
/// stream stops the transfer.
package final class HTTPResponseStream: Sendable {
    package let head: HTTPResponseHead
    private let reader: TransferReader

    init(head: HTTPResponseHead, reader: TransferReader) {
        self.head = head
        self.reader = reader
    }

    /// The next piece of the body; nil at its true end. Throws `truncated` when it broke off. Cancelling the
    /// task stops the transfer.
    package func next() async throws(HTTPError) -> [UInt8]? {
        do throws(HTTPError) {
            return try await reader.next()
        } catch {
            var error = error
            error.attempts = head.attempts
            throw error
        }
    }
}
