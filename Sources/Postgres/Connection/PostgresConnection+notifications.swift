internal import CPostgres

extension PostgresConnection {
    /// Waits until the server sends a notification (`LISTEN` was run on this connection), at most so long. All that
    /// have come are taken. True when there was one.
    ///
    /// Errors: `connection` when the server is gone, `cancelled`.
    package func waitForNotification(atMost limit: Duration) async throws(PostgresError) -> Bool {
        try await using { session throws(PostgresError) in try session.waitForNotification(until: .now + limit) }
    }
}

extension Session {
    fileprivate func waitForNotification(until deadline: ContinuousClock.Instant) throws(PostgresError) -> Bool {
        while true {
            guard unsafe PQconsumeInput(connection) == 1 else {
                let complaint = complaint
                close()
                throw complaint
            }
            if takeNotifications() { return true }
            guard deadline > .now else { return false }
            sleep(for: .read, until: deadline)
            interruption.lower()
            if interruption.isRaised { throw .cancelled }
        }
    }

    private func takeNotifications() -> Bool {
        var hasAny = false
        while let notification = unsafe PQnotifies(connection) {
            unsafe PQfreemem(notification)
            hasAny = true
        }
        return hasAny
    }
}
