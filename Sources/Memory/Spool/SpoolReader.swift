internal import Assistant
internal import Files
internal import FoundationEssentials
internal import JSON

/// A file of the spool that is being emptied, locked against its writer and other drains.
struct SpoolReader: ~Copyable {
    let path: String
    private let file: OpenFile

    private init(path: String, file: OpenFile) {
        self.path = path
        self.file = file
    }

    /// Nil when the file is gone or someone else has it.
    static func lock(path: String) -> SpoolReader? {
        // Locked and then looked for again: another drain may have removed it between the two.
        guard let file = try? OpenFile(path, [.noFollow]), (try? file.lock()) == true, FileSystem.exists(path) else {
            return nil
        }
        return SpoolReader(path: path, file: file)
    }

    // A child that was just forked still has the descriptor, and with it the lock.
    deinit { file.unlock() }

    struct Content {
        var header: SpoolHeader?
        var records: [JournalRecord] = []
        /// What is wrong with the first line that cannot be read; nothing after it is looked at.
        var fault: String?
    }

    borrowing func read() throws(JournalError) -> Content {
        let bytes: [UInt8]
        do {
            bytes = try file.read(atMost: .max, expecting: file.status().size)
        } catch {
            throw .spool("reading", error)
        }
        var content = Content()
        // The last line ends with a newline too; what stands behind it was cut off while it was written.
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        let tail = lines.popLast() ?? []
        for (number, line) in lines.enumerated() {
            if let fault = content.take(line: Array(line), number: number + 1) {
                content.fault = fault
                return content
            }
        }
        if !tail.isEmpty { content.fault = "line \(lines.count + 1) was cut off" }
        if content.header == nil, content.fault == nil { content.fault = "it is empty" }
        return content
    }
}

extension SpoolReader.Content {
    fileprivate mutating func take(line: [UInt8], number: Int) -> String? {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: line)
        } catch {
            return "line \(number) is not JSON (\(error.description))"
        }
        if header == nil {
            header = SpoolHeader(json: json)
            return header == nil ? "line \(number) does not say whose run it is" : nil
        }
        guard let record = JournalRecord(json: json) else { return "line \(number) is not a record" }
        records.append(record)
        return nil
    }
}

extension RunID {
    init?(text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.init(uuid)
    }
}
