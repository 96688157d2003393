package import Assistant
internal import Concurrency
internal import Files

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
        FileSystem.names(in: directory).filter { $0.hasSuffix("." + SpoolHeader.suffix) }.sorted()
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
                    case .unavailable, .configuration, .cancelled: throw error
                    case .fenced, .notFound, .failed: fault = error.message
                    }
                }
            }
            if let fault {
                report.setAside.append(try setAside(name, because: fault))
            } else {
                do {
                    try FileSystem.remove(reader.path)
                } catch {
                    throw .spool("removing", error)
                }
            }
        }
        return report
    }

    private func setAside(_ name: String, because fault: String) throws(JournalError) -> String {
        let path = "\(directory)/\(name)"
        var target = path + ".broken"
        var number = 1
        while FileSystem.exists(target) {
            number += 1
            target = "\(path).broken-\(number)"
        }
        do {
            try FileSystem.rename(path, to: target)
        } catch {
            throw .spool("renaming", error, path)
        }
        do {
            try FileSystem.synchronizeDirectory(of: target)
        } catch {
            throw .spool("writing to", error)
        }
        let reason = fault.hasSuffix(".") ? fault : fault + "."
        return "A spooled run could not be restored whole and is kept in \(target): \(reason)"
    }
}
