package import Services
internal import Settings

/// The services that Vocero starts when it needs them.
package enum ServiceName: String, CaseIterable, Sendable {
    case database, speech, embeddings
}

extension Context {
    package func engine(_ name: ServiceName) -> LocalEngine {
        name == .speech ? .speech(home: settings.places.home) : .embeddings(home: settings.places.home)
    }

    package func status(of name: ServiceName) -> ServiceStatus {
        name == .database ? cluster.status() : engine(name).status()
    }
}
