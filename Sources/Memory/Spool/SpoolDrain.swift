package import Assistant
internal import Concurrency
internal import FoundationEssentials
internal import Glibc

/// Brings what waits in the spool into the store, at the next start. Safe in several processes at once; a file goes
/// when all of it is committed, and one that cannot be used is moved aside, never deleted.
///
/// An actor with a queue of its own, because it reads and removes files.
package actor SpoolDrain {
    package struct Report: Sendable, Hashable {
        package var restored: [RunID] = []
        /// One sentence a file that was moved aside: what is wrong with it and where it is now.
        package var setAside: [String] = []

        package init(restored: [RunID] = [], setAside: [String] = []) {
            self.restored = restored
            self.setAside = setAside
        }
    }

    private let directory: String
    private let store: any ReplayableJournal
    private let executor = BlockingExecutor(label: "vocero.spool.drain")

    package init(directory: String, into store: any ReplayableJournal) {
        self.directory = directory
        self.store = store
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Whether anything waits: cheap, for every start.
    package static func isNeeded(directory: String) -> Bool { !names(in: directory).isEmpty }

    private static func names(in directory: String) -> [String] {
        // No directory, no spool.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasSuffix("." + SpoolHeader.suffix) }.sorted()
    }

    /// Restores every run whose file nobody else holds, oldest first. Throws `unavailable` when the store is away;
    /// what is left then waits on.
    package func run() async throws(JournalError) -> Report {
        var report = Report()
        for name in Self.names(in: directory) {
            guard let reader = SpoolReader.lock(path: "\(directory)/\(name)") else { continue }
            let content = try reader.read()
            var fault = content.fault
            if let header = content.header {
                do throws(JournalError) {
                    try await store.replay(content.records, of: header.run, lease: header.lease)
                    report.restored.append(header.run)
                } catch {
                    switch error.kind {
                    case .unavailable, .schemaVersion, .cancelled: throw error
                    case .fenced, .notFound, .failed: fault = error.message
                    }
                }
            }
            if let fault {
                report.setAside.append(try setAside(name, because: fault))
            } else {
                guard unlink(reader.path) == 0 else { throw .spool("removing", reader.path) }
            }
        }
        return report
    }

    private func setAside(_ name: String, because fault: String) throws(JournalError) -> String {
        let path = "\(directory)/\(name)"
        var target = path + ".broken"
        var number = 1
        while access(target, F_OK) == 0 {
            number += 1
            target = "\(path).broken-\(number)"
        }
        guard rename(path, target) == 0 else { throw .spool("renaming", path) }
        try SpoolFile.synchronize(directory: directory)
        let reason = fault.hasSuffix(".") ? fault : fault + "."
        return "A spooled run could not be restored whole and is kept in \(target): \(reason)"
    }
}
