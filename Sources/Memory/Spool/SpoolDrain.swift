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
        /// One sentence a file that was moved aside, or is in the way: what is wrong with it and where it is.
        package var setAside: [String] = []
        /// Files of another store or user, which wait for it.
        package var foreign = 0

        package init(restored: [RunID] = [], setAside: [String] = [], foreign: Int = 0) {
            self.restored = restored
            self.setAside = setAside
            self.foreign = foreign
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

    /// Restores every run whose file nobody else holds and that belongs in this store, oldest first. Throws `unavailable` when the store is away;
    /// what is left then waits on.
    package func run() async throws(JournalError) -> Report {
        var report = Report()
        for name in Self.names(in: directory) {
            guard let reader = lock(name, &report) else { continue }
            guard let content = Self.content(of: reader, &report) else { continue }
            var fault = content.fault
            if let header = content.header {
                guard store.place.takes(header.place) else {
                    report.foreign += 1
                    continue
                }
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
            do throws(FileError) {
                if let fault {
                    report.setAside.append(try setAside(name, because: fault))
                } else {
                    try FileSystem.remove(reader.path)
                }
            } catch {
                report.setAside.append(Self.words("is in the store and could not be taken away", error))
            }
        }
        return report
    }

    /// What the disk does not give is its trouble, not the store's: it is said, and whoever asked goes on.
    private func lock(_ name: String, _ report: inout Report) -> SpoolReader? {
        do throws(FileError) {
            return try SpoolReader.lock(path: "\(directory)/\(name)")
        } catch {
            report.setAside.append(Self.words("could not be read", error))
            return nil
        }
    }

    private static func content(of reader: borrowing SpoolReader, _ report: inout Report) -> SpoolReader.Content? {
        do throws(FileError) {
            return try reader.read()
        } catch {
            report.setAside.append(words("could not be read", error))
            return nil
        }
    }

    private static func words(_ what: String, _ error: FileError) -> String {
        "A spooled run \(what): \(error.path): \(error.reason). It is tried again at the next start."
    }

    private func setAside(_ name: String, because fault: String) throws(FileError) -> String {
        let path = "\(directory)/\(name)"
        var target = path + ".broken"
        var number = 1
        while FileSystem.exists(target) {
            number += 1
            target = "\(path).broken-\(number)"
        }
        try FileSystem.rename(path, to: target)
        try FileSystem.synchronizeDirectory(of: target)
        let reason = fault.hasSuffix(".") ? fault : fault + "."
        return "A spooled run could not be restored whole and is kept in \(target): \(reason)"
    }
}
