internal import Files
internal import FoundationEssentials
internal import Glibc
package import HookInstall
internal import JSON
internal import Synchronization

/// What waits to be done in the background for one repository: a file a job, worked off by one process at a time.
///
/// A job's file goes when the job is done; a process that is killed leaves it for the next one.
package struct HookQueue: Sendable {
    /// Of the repository: the queue, its lock, and the latest digest.
    package let directory: String
    private static let mostAttempts = 3
    private static let count = Mutex(0)

    package init(directory: String) { self.directory = directory }

    package func add(_ job: HookJob) throws(HookError) {
        do {
            try FileSystem.makeDirectories(directory)
            let milliseconds = Int(Date.now.timeIntervalSince1970 * 1000)
            let number = Self.count.withLock { count in
                count += 1
                return count
            }
            // Of one length, so that names sort as numbers do.
            let name = "\(milliseconds)-\(1_000_000 + number)-\(getpid()).job0"
            try NewFile.write(
                Array(job.json.description.utf8), to: "\(directory)/\(name)", passing: .random(prefix: ".new-"),
                isDurable: false)
        } catch {
            throw HookError(.failed, "the background work could not be written to \(directory): \(error)")
        }
    }

    /// Works off what is there and what comes meanwhile. Returns at once when another process is at it. A job that
    /// `carryOut` could not do stays for the next process, three times at the most.
    package func work(_ carryOut: (HookJob) async -> Bool) async {
        var tried: Set<Substring> = []
        while !Task.isCancelled {
            guard let lock = try? FileLock.attempt("\(directory)/lock") else { return }
            var isIdle = true
            while let (job, path) = next(after: tried), !Task.isCancelled {
                isIdle = false
                tried.insert(Self.base(path.split(separator: "/").last ?? ""))
                let isDone = await carryOut(job)
                // Cut off in the middle, it is done again.
                if isDone, !Task.isCancelled { try? FileSystem.remove(path) }
            }
            lock.release()
            // A job that came between the last look and the release found the lock taken.
            if isIdle || names.allSatisfy({ tried.contains(Self.base($0[...])) }) { return }
        }
    }

    /// In the order of their time.
    private var names: [String] {
        FileSystem.names(in: directory).filter { $0.contains(".job") }.sorted()
    }

    /// Without the count of attempts.
    private static func base(_ name: Substring) -> Substring { name.prefix { $0 != "." } }

    /// The oldest job that was not tried, its attempt counted in its name. What is no job, or has failed too often, is
    /// taken away; what cannot be read now stays.
    private func next(after tried: Set<Substring>) -> (HookJob, path: String)? {
        for name in names where !tried.contains(Self.base(name[...])) {
            let path = "\(directory)/\(name)"
            let attempt = name.last?.wholeNumberValue ?? Self.mostAttempts
            guard let bytes = try? FileSystem.contents(of: path, limit: .max) else { continue }
            guard attempt < Self.mostAttempts, let json = try? JSON(parsing: String(decoding: bytes, as: UTF8.self)),
                let job = HookJob(json)
            else {
                try? FileSystem.remove(path)
                continue
            }
            let counted = "\(directory)/\(name.dropLast())\(attempt + 1)"
            guard (try? FileSystem.rename(path, to: counted)) != nil else { continue }
            return (job, counted)
        }
        return nil
    }
}
