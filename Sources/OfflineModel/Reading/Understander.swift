internal import FoundationEssentials
internal import Settings
internal import Synchronization

/// Reads requests about one repository. What it has looked up and read it keeps: an agent that gets the request on reads
/// the same again.
final class Understander: Sendable {
    private struct Kept {
        var names = KnownNames()
        var last: (request: String, understanding: Understanding)?
    }

    private let source: any NameSource
    private let kept = Mutex(Kept())

    init(_ source: any NameSource) { self.source = source }

    func understand(_ request: String) async -> Understanding {
        let (known, last) = kept.withLock { ($0.names, $0.last) }
        if let last, last.request == request { return last.understanding }
        var names = known
        let understanding = await RequestReader().read(request, names: source, known: &names)
        let found = names
        kept.withLock {
            $0.names = found
            $0.last = (request, understanding)
        }
        return understanding
    }

    /// The names of all kinds, looked up where they have not been.
    func names() async -> KnownNames {
        var names = kept.withLock { $0.names }
        for kind in NameKind.allCases where !names.has(kind) { await names.load(kind, from: source) }
        let found = names
        kept.withLock { $0.names = found }
        return found
    }
}
