internal import Assistant
internal import Files
internal import FoundationEssentials
internal import JSON
internal import SystemPackage

/// A file of the spool that is being emptied, locked against its writer and other drains.
struct SpoolReader: ~Copyable {
    let path: String
    private let file: OpenFile

    private init(path: String, file: OpenFile) {
        self.path = path
        self.file = file
    }

    /// Nil when the file is gone or someone else has it.
    static func lock(path: String) throws(FileError) -> SpoolReader? {
        // Locked and then looked for again: another drain may have removed it between the two.
        let file: OpenFile
        do throws(FileError) {
            file = try OpenFile(path, [.noFollow])
        } catch {
            guard error.code == .noSuchFileOrDirectory else { throw error }
            return nil
        }
        guard try file.lock(), FileSystem.exists(path) else { return nil }
        return SpoolReader(path: path, file: file)
    }

    // A child that was just forked still has the descriptor, and with it the lock.
    deinit { file.unlock() }

    struct Content {
        var header: SpoolHeader?
        var records: [JournalRecord] = []
        /// What is wrong with the first line that cannot be read; the others are there all the same.
        var fault: String?
    }

    borrowing func read() throws(FileError) -> Content {
        let bytes = try file.read(atMost: .max, expecting: file.status().size)
        var content = Content()
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where !line.isEmpty {
            // The last line ends with a newline too; one without was cut off while it was written, if only by its newline.
            let isTail = number == lines.count - 1
            let isHeader = content.header == nil
            guard let fault = content.take(line: Array(line), number: number + 1) else {
                if isTail, isHeader { content.fault = "line \(number + 1) was cut off" }
                continue
            }
            content.fault = content.fault ?? (isTail ? "line \(number + 1) was cut off" : fault)
            // Whose run it is nobody knows then.
            if content.header == nil { return content }
        }
        if content.header == nil { content.fault = content.fault ?? "it is empty" }
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
