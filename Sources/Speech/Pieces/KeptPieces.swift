internal import Assistant
internal import Glibc
internal import Hashing
internal import JSON

/// Transcripts of finished pieces on disk, one small JSON file each, readable by their owner only.
///
/// A file is named by everything that decides its content: the sound, the model, the language and the hint. It appears
/// whole or not at all, for several commands may share the directory, and any of them may be killed.
struct KeptPieces: Sendable {
    /// What decides the words of a piece, as a hash.
    struct Name: Sendable, Hashable {
        let plain: String
        let timed: String
        /// Timed segments were asked for.
        let wantsSegments: Bool
    }

    let directory: String

    /// Seconds after which a transcript is forgotten: thirty days.
    private static let lifetime = 30 * 24 * 3_600
    /// Seconds after which what a killed command left is removed: one day.
    private static let leftoverLifetime = 24 * 3_600
    private static let maxEntries = 5_000
    private static let maxEntryBytes = 16 * 1024 * 1024

    /// What was kept under that name; nil also when it cannot be read, for it can be asked for again.
    func find(_ name: Name) -> TranscriptionPiece? {
        // Words with times serve a request without.
        let names = name.wantsSegments ? [name.timed] : [name.plain, name.timed]
        for name in names {
            guard let file = FileDescriptor(opening: path(name), flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK),
                let size = file.status()?.st_size, size > 0, size <= Self.maxEntryBytes,
                let piece = try? TranscriptionPiece(kept: JSON(parsing: file.read(Int(size), at: 0)))
            else { continue }
            return piece
        }
        return nil
    }

    /// Writes a transcript so that it survives a crash from the moment this returns.
    ///
    /// - Throws: `diskFull` or `storage`.
    func keep(_ piece: TranscriptionPiece, as name: Name) throws(SpeechError) {
        try makeDirectory(directory)
        let target = path(name.wantsSegments ? name.timed : name.plain)
        let temporary = "\(directory)/new-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        guard let file = FileDescriptor(opening: temporary, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o600) else {
            throw .writing(temporary, errno: errno)
        }
        var code = file.write(Array(piece.kept.description.utf8))
        if code == 0 && fsync(file.raw) != 0 { code = errno }
        if code == 0, unsafe rename(temporary, target) != 0 { code = errno }
        guard code == 0 else {
            unsafe unlink(temporary)
            throw .writing(target, errno: code)
        }
        // Without this the new name may be gone after a power cut.
        if let parent = FileDescriptor(opening: directory, flags: O_RDONLY | O_DIRECTORY) { fsync(parent.raw) }
    }

    /// Forgets what is old, what is too much, and what killed commands left behind.
    func prune(now: Int = time(nil)) {
        var entries: [(name: String, age: Int)] = []
        for name in directoryEntries(directory) {
            var status = stat()
            guard unsafe lstat("\(directory)/\(name)", &status) == 0 else { continue }
            let age = now - status.st_mtim.tv_sec
            if name.hasPrefix("work-") && status.st_mode & S_IFMT == S_IFDIR {
                if age > Self.leftoverLifetime { removeDirectory("\(directory)/\(name)") }
            } else if name.hasPrefix("new-") {
                if age > Self.leftoverLifetime { unsafe unlink("\(directory)/\(name)") }
            } else if name.hasSuffix(".json") {
                entries.append((name, age))
            }
        }
        entries.sort { $0.age < $1.age }
        for (position, entry) in entries.enumerated() where position >= Self.maxEntries || entry.age > Self.lifetime {
            unsafe unlink("\(directory)/\(entry.name)")
        }
    }

    private func path(_ name: String) -> String { "\(directory)/\(name).json" }
}

extension KeptPieces.Name {
    /// Reads the piece to know it again.
    ///
    /// - Throws: `noInput` when it cannot be read any more.
    init(of request: TranscriptionRequest, model: String) throws(SpeechError) {
        guard let file = FileDescriptor(opening: request.path, flags: O_RDONLY | O_NONBLOCK) else {
            throw SpeechError(.noInput, "\(request.path) cannot be opened: \(systemMessage(errno)).")
        }
        // A chain of blocks: the hash of a large file without the file in memory.
        var chain: [UInt8] = []
        var offset = 0
        while true {
            let block = file.read(1024 * 1024, at: offset)
            if block.isEmpty { break }
            chain = ContentHash(of: chain, block).bytes
            offset += block.count
        }
        // Each part with its length, so that no two requests are written alike.
        let parts = [model, request.language ?? "", request.hint ?? ""].map { "\($0.utf8.count):\($0)" }
        let name = { (timed: String) in
            ContentHash(of: chain, Array(([timed] + parts).joined(separator: "\n").utf8)).description
        }
        plain = name("plain")
        timed = name("timed")
        wantsSegments = request.wantsSegments
    }
}
