internal import Assistant
package import FoundationEssentials
internal import Memory

extension OpenStore {
    /// Messages, the newest last: of one repository, of the session with a key, since a moment, the latest `limit`. An
    /// unknown key is `notFound`.
    package func history(
        repository: String? = nil, session: String? = nil, since: Date? = nil, limit: Int
    ) async throws -> [MessageView] {
        let filter = HistoryFilter(repository: repository, session: session, since: since, limit: limit)
        return try await memory.history(filter).map(MessageView.init)
    }

    /// The messages that answer a question best, by meaning and by words, best first.
    package func search(
        _ query: String, limit: Int, repository: String? = nil, session: String? = nil
    ) async throws -> [FoundMessageView] {
        try await memory.search(query, limit: limit, repository: repository, session: session)
            .map(FoundMessageView.init)
    }

    /// Sessions, the one used last first.
    package func sessions(repository: String? = nil, limit: Int) async throws -> [SessionView] {
        try await memory.sessions(repository: repository, limit: limit).map(SessionView.init)
    }

    /// One run, by its id or the beginning of it. An unknown or ambiguous beginning is `notFound`.
    package func show(run prefix: String) async throws -> RunView { RunView(try await memory.show(run: prefix)) }
}
