internal import Assistant
internal import Files
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
            guard
                let bytes = try? FileSystem.contents(of: path(name), limit: Self.maxEntryBytes, followingLink: false),
                let piece = try? TranscriptionPiece(kept: JSON(parsing: bytes))
            else { continue }
            return piece
        }
        return nil
    }

    /// Writes a transcript so that it survives a crash from the moment this returns.
    ///
    /// - Throws: `diskFull` or `storage`.
    func keep(_ piece: TranscriptionPiece, as name: Name) throws(SpeechError) {
        try Self.makeDirectory(directory)
        let target = path(name.wantsSegments ? name.timed : name.plain)
        do {
            try NewFile.write(
                Array(piece.kept.description.utf8), to: target, passing: .random(prefix: "new-"), isDurable: true)
        } catch {
            throw .writing(target, error)
        }
    }

    /// Makes a directory that only its owner may enter, and those above it.
    static func makeDirectory(_ path: String) throws(SpeechError) {
        do {
            try FileSystem.makeDirectories(path)
        } catch {
            throw .writing(error.path, error)
        }
    }

    /// Forgets what is old, what is too much, and what killed commands left behind.
    func prune(now: Int = time(nil)) {
        var entries: [(name: String, age: Int)] = []
        for name in FileSystem.names(in: directory) {
            guard let status = try? FileStatus(of: "\(directory)/\(name)", followingLink: false) else { continue }
            let age = now - status.modified.seconds
            if name.hasPrefix("work-") && status.isDirectory {
                if age > Self.leftoverLifetime { FileSystem.removeWork("\(directory)/\(name)") }
            } else if name.hasPrefix("new-") {
                if age > Self.leftoverLifetime { try? FileSystem.remove("\(directory)/\(name)") }
            } else if name.hasSuffix(".json") {
                entries.append((name, age))
            }
        }
        entries.sort { $0.age < $1.age }
        for (position, entry) in entries.enumerated() where position >= Self.maxEntries || entry.age > Self.lifetime {
            // What cannot be removed is tried again by the next command.
            try? FileSystem.remove("\(directory)/\(entry.name)")
        }
    }

    private func path(_ name: String) -> String { "\(directory)/\(name).json" }
}

extension KeptPieces.Name {
    /// Reads the piece to know it again.
    ///
    /// - Throws: `noInput` when it cannot be read any more.
    init(of request: TranscriptionRequest, model: String) throws(SpeechError) {
        let file: OpenFile
        do {
            file = try OpenFile(request.path, [.nonBlocking])
        } catch {
            throw SpeechError(.noInput, "\(request.path) cannot be opened: \(error.reasonInSentence).")
        }
        // A chain of blocks: the hash of a large file without the file in memory.
        var chain: [UInt8] = []
        var offset = 0
        while true {
            let block: [UInt8]
            do {
                block = try file.read(1024 * 1024, at: offset)
            } catch {
                throw SpeechError(.noInput, "\(request.path) cannot be read: \(error.reasonInSentence).")
            }
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
