internal import BatchQueue
internal import Hashing

extension BatchPrompt {
    /// A text and what it says of itself.
    init(name: String, text: String, options: ItemOptions) {
        var content = HashedFields(kind: "text")
        content.add(Array(text.utf8))
        content.add(options)
        self.init(name: name, text: text, options: options, hash: ContentHash(of: content.bytes))
    }

    /// A recording, by its path and the hash of its bytes.
    init(name: String, recording path: String, content hash: ContentHash, options: ItemOptions = ItemOptions()) {
        var content = HashedFields(kind: "recording")
        content.add(hash.bytes)
        content.add(options)
        var options = options
        options.recording = path
        self.init(name: name, text: "", options: options, hash: ContentHash(of: content.bytes))
    }
}

/// The bytes of which a prompt's hash is made: each field behind its length, what is not given told from what is
/// empty, so that no two prompts have the same bytes. Changing this makes every item of every batch a changed one.
private struct HashedFields {
    private(set) var bytes: [UInt8] = []

    init(kind: String) {
        add(Array("vocero batch prompt 1".utf8))
        add(Array(kind.utf8))
    }

    mutating func add(_ field: [UInt8]?) {
        guard let field else {
            bytes.append(0)
            return
        }
        bytes.append(1)
        add(UInt64(field.count))
        bytes += field
    }

    /// But for the recording, of which the content counts and not the place.
    mutating func add(_ options: ItemOptions) {
        for text in [options.agent, options.session, options.repository, options.model, options.policy] {
            add(text.map { Array($0.utf8) })
        }
        let numbers = [
            options.maxSteps.map { UInt64(bitPattern: Int64($0)) },
            options.maxTokens.map { UInt64(bitPattern: Int64($0)) },
            options.maxCost.map(\.bitPattern), options.maxSeconds.map { UInt64(bitPattern: Int64($0)) },
        ]
        for number in numbers {
            bytes.append(number == nil ? 0 : 1)
            add(number ?? 0)
        }
    }

    private mutating func add(_ number: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}
