internal import CPostgres

extension Session {
    /// Opens the connection. The deadline is `connect_timeout`, or ten seconds; naming the host blocks until the
    /// resolver answers.
    func open(_ connectionString: String) throws(PostgresError) {
        try refuseUnreadable(connectionString)
        guard let opened = unsafe start(connectionString) else {
            throw PostgresError(.connection, message: "There is no memory for a connection to PostgreSQL.")
        }
        unsafe connection = opened
        // The server's notices are for no one here; libpq would print them to stderr.
        unsafe PQsetNoticeProcessor(opened, { _, _ in }, nil)
        // Puts the SQLSTATE into the text, the only place where libpq gives it for a refused connection.
        unsafe PQsetErrorVerbosity(opened, PQERRORS_VERBOSE)
        do throws(PostgresError) {
            beginWaiting()
            try poll(until: .now + connectTimeout)
            unsafe PQsetErrorVerbosity(opened, PQERRORS_DEFAULT)
            unsafe PQsetnonblocking(opened, 1)
            try getToKnow()
        } catch {
            close()
            throw error
        }
    }

    /// What stands before `dbname` is overridden by the connection string, what stands behind it overrides that.
    private func start(_ connectionString: String) -> OpaquePointer? {
        let options = [
            ("fallback_application_name", "vocero"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "30000"), ("dbname", connectionString),
            ("client_encoding", "UTF8"),
        ]
        return unsafe withCStrings(options.map(\.0)) { keywords in
            unsafe withCStrings(options.map(\.1)) { values in unsafe PQconnectStartParams(keywords, values, 1) }
        }
    }

    private func poll(until deadline: ContinuousClock.Instant) throws(PostgresError) {
        var state = PGRES_POLLING_WRITING
        while true {
            guard unsafe PQstatus(connection) != CONNECTION_BAD, state != PGRES_POLLING_FAILED else {
                throw refusal
            }
            if state == PGRES_POLLING_OK { return }
            sleep(for: state == PGRES_POLLING_READING ? .read : .write, until: sooner(deadline))
            saySilence()
            guard !interruption.isRaised else { throw .cancelled }
            guard deadline > .now else {
                throw PostgresError(
                    .connection,
                    message: "Cannot reach PostgreSQL\(place): no answer in \(connectTimeout). "
                        + "Check the host and the port, or set connect_timeout.")
            }
            state = unsafe PQconnectPoll(connection)
        }
    }
}

// MARK: - Words

extension Session {
    private var connectTimeout: Duration {
        guard let text = option("connect_timeout"), let seconds = Int(text), seconds > 0 else { return .seconds(10) }
        return .seconds(max(seconds, 2))
    }

    func option(_ keyword: String) -> String? {
        guard let options = unsafe PQconninfo(connection) else { return nil }
        defer { unsafe PQconninfoFree(options) }
        return unsafe value(of: keyword, in: options)
    }

    private func value(of keyword: String, in options: UnsafeMutablePointer<PQconninfoOption>) -> String? {
        var option = unsafe options
        while let name = unsafe option.pointee.keyword {
            if unsafe String(cString: name) == keyword {
                return unsafe option.pointee.val.map { unsafe String(cString: $0) }
            }
            unsafe option += 1
        }
        return nil
    }

    private var place: String {
        guard let host = unsafe PQhost(connection).map({ unsafe String(cString: $0) }), !host.isEmpty else { return "" }
        return " at \(host)"
    }

    /// libpq's words for a connection that was refused, with the SQLSTATE taken out of
    /// `FATAL:  28P01: password authentication failed …` and the source location dropped.
    private var refusal: PostgresError {
        let said = unsafe String(cString: PQerrorMessage(connection))
        let lines = said.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("LOCATION:") }
        var text = oneLine(lines.joined(separator: " "))
        let sqlState = takeSQLState(from: &text)
        if let password = option("password"), !password.isEmpty {
            text = text.replacing(password, with: "***")
        }
        return PostgresError(.connection, sqlState: sqlState, message: "Cannot connect to PostgreSQL: \(text)")
    }

    /// libpq's complaints about a connection string quote parts of it, and a password with special characters
    /// ends up in them: as another option, as the host or as the port.
    private func refuseUnreadable(_ connectionString: String) throws(PostgresError) {
        guard !connectionString.utf8.contains(0) else {
            throw PostgresError(.unreadable, message: "The connection string holds a NUL character.")
        }
        // Anything else is the name of a database, as psql takes it.
        guard connectionString.contains("=") || connectionString.contains("://") else { return }
        let options = unsafe PQconninfoParse(connectionString, nil)
        defer { unsafe PQconninfoFree(options) }
        // `postgresql://user:password/database` makes the password a port.
        let port = unsafe options.flatMap { unsafe value(of: "port", in: $0) } ?? ""
        guard unsafe options != nil, port.allSatisfy({ $0.isNumber || $0 == "," }),
            !hasUnescapedPassword(connectionString)
        else {
            if let reason = connectionString.reasonForUnreadableURL {
                throw PostgresError(.unreadable, message: "The connection string cannot be read: \(reason)")
            }
            throw PostgresError(
                .unreadable,
                message: "The connection string cannot be read. It is postgresql://user:password@host:port/database, "
                    + "with special characters in the parts written as %40 and so on, or host=… dbname=… user=…, with "
                    + "values that hold spaces in single quotes.")
        }
    }
}

/// Takes `28P01: ` out of `FATAL: 28P01: password authentication failed …`.
private func takeSQLState(from text: inout String) -> String? {
    let words = text.split(separator: " ")
    for (severity, word) in zip(words, words.dropFirst()) where severity.hasSuffix(":") && word.hasSuffix(":") {
        let state = word.dropLast()
        // Every state has a digit: `FATAL:` is none.
        guard state.utf8.count == 5, state.contains(where: \.isNumber),
            state.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isUppercase) })
        else { continue }
        defer { text = words.filter { $0.startIndex != word.startIndex }.joined(separator: " ") }
        return String(state)
    }
    return nil
}

/// Whether a URI's user part holds what ends it: `@`, `/`, `?` or `#`.
private func hasUnescapedPassword(_ uri: String) -> Bool {
    guard uri.hasPrefix("postgres://") || uri.hasPrefix("postgresql://"), let scheme = uri.firstRange(of: "://"),
        let end = uri.lastIndex(of: "@")
    else { return false }
    guard let query = uri.firstIndex(of: "?"), query < end else {
        return uri[scheme.upperBound..<end].contains { "@/#".contains($0) }
    }
    // `?user=me@example.org` is fine, `u:p?ss@host` is not.
    return !uri[query..<end].contains("=")
}

/// Lends an array of C strings that ends in a null.
func withCStrings<Value>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
) -> Value {
    var bytes: [CChar] = []
    let offsets = strings.map { string in
        defer { bytes.append(contentsOf: string.utf8CString) }
        return bytes.count
    }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
        var pointers: [UnsafePointer<CChar>?] = unsafe offsets.map { offset in
            unsafe buffer.baseAddress.map { unsafe $0 + offset }
        }
        unsafe pointers.append(nil)
        return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
    }
}
