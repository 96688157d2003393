internal import CPostgres
internal import Glibc
internal import Synchronization

/// One `PGconn` with what cancels it.
///
/// `@unchecked Sendable`: made on one thread and handed to the one actor that uses it from then on; libpq lets a
/// connection be used by one thread at a time (libpq manual, "Behavior in Threaded Programs").
@safe final class ServerLink: @unchecked Sendable {
    let handle: OpaquePointer
    let canceller: Canceller

    private init(handle: OpaquePointer) {
        unsafe self.handle = handle
        canceller = unsafe Canceller(PQgetCancel(handle))
    }

    deinit { unsafe PQfinish(handle) }

    var isBroken: Bool { unsafe PQstatus(handle) != CONNECTION_OK }

    var error: PostgresError {
        let message = unsafe String(cString: PQerrorMessage(handle)).trimmed()
        return PostgresError(
            isBroken ? .connection : .server, message: message.isEmpty ? "the connection was lost" : message)
    }

    /// Connects, waiting in slices so that `isCancelled` is seen. The string's own settings go before ours.
    static func connect(to connectionString: String, isCancelled: () -> Bool) throws(PostgresError) -> ServerLink {
        let names = ["fallback_application_name", "connect_timeout", "dbname", "client_encoding"]
        let values = ["vocero", "10", connectionString, "UTF8"]
        let handle = unsafe withCStrings(names) { names in
            unsafe withCStrings(values) { values in unsafe PQconnectStartParams(names, values, 1) }
        }
        guard let handle = unsafe handle else { throw PostgresError(.connection, message: "out of memory") }
        unsafe vocero_drop_notices(handle)
        do throws(PostgresError) {
            try unsafe finishConnecting(handle, isCancelled: isCancelled)
        } catch {
            unsafe PQfinish(handle)
            throw error
        }
        return unsafe ServerLink(handle: handle)
    }

    private static func finishConnecting(_ handle: OpaquePointer, isCancelled: () -> Bool) throws(PostgresError) {
        let deadline = unsafe ContinuousClock.now + connectTimeout(handle)
        var state = PGRES_POLLING_WRITING
        while unsafe PQstatus(handle) != CONNECTION_BAD && state != PGRES_POLLING_OK {
            if isCancelled() { throw PostgresError(.cancelled, message: "cancelled while connecting") }
            if ContinuousClock.now > deadline {
                throw PostgresError(.connection, sqlState: "08001", message: "the server did not answer in time")
            }
            let events = Int16(state == PGRES_POLLING_READING ? POLLIN : POLLOUT)
            var slot = unsafe pollfd(fd: PQsocket(handle), events: events, revents: 0)
            if unsafe poll(&slot, 1, 50) > 0 { state = unsafe PQconnectPoll(handle) }
            if state == PGRES_POLLING_FAILED { break }
        }
        guard unsafe PQstatus(handle) == CONNECTION_OK else {
            let message = unsafe String(cString: PQerrorMessage(handle)).trimmed()
            throw PostgresError(.connection, sqlState: sqlState(in: message), message: message)
        }
    }

    /// libpq keeps no SQLSTATE for a refused connection; the cases that callers tell apart are read off its words.
    private static func sqlState(in message: String) -> String? {
        if message.contains("does not exist") && message.contains("database \"") { return "3D000" }
        if message.contains("starting up") || message.contains("shutting down") { return "57P03" }
        if message.contains("too many clients") || message.contains("remaining connection slots") { return "53300" }
        if message.contains("password authentication failed") { return "28P01" }
        return nil
    }

    private static func connectTimeout(_ handle: OpaquePointer) -> Duration {
        guard let options = unsafe PQconninfo(handle) else { return .seconds(10) }
        defer { unsafe PQconninfoFree(options) }
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            if unsafe String(cString: keyword) == "connect_timeout", let value = unsafe option.pointee.val {
                let seconds = unsafe Int(String(cString: value)) ?? 10
                return seconds <= 0 ? .seconds(86_400) : .seconds(max(2, seconds))
            }
            unsafe option += 1
        }
        return .seconds(10)
    }
}

/// Stops the statement that runs on a connection, from any thread.
///
/// `@unchecked Sendable`: `PQcancel` may be called from any thread on its own `PGcancel` (libpq manual, "Canceling
/// Queries in Progress"); the pointer never changes and is freed when nobody holds this any more.
@safe final class Canceller: @unchecked Sendable {
    private let handle: OpaquePointer?
    private let isRunning = Mutex(false)

    init(_ handle: OpaquePointer?) { unsafe self.handle = handle }

    deinit { unsafe PQfreeCancel(handle) }

    func begin() { isRunning.withLock { $0 = true } }
    func end() { isRunning.withLock { $0 = false } }

    /// Asks the server to stop, if a statement runs. Waits for the server to have taken the request.
    func cancel() {
        isRunning.withLock { running in
            guard running else { return }
            var message = [CChar](repeating: 0, count: 256)
            unsafe PQcancel(handle, &message, 256)
        }
    }
}

/// A null-terminated array of C strings for the time of a call.
func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
    var pointers: [UnsafePointer<CChar>?] = unsafe strings.map { text in unsafe UnsafePointer(strdup(text)) }
    unsafe pointers.append(nil)
    defer { for index in strings.indices { unsafe free(UnsafeMutablePointer(mutating: pointers[index])) } }
    return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
}
