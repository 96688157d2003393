/// Messages of a hundred repositories, numbered from 0: each question with its answer, ten of them a session.
struct Corpus {
    static let repositories = 100
    static let user = "bench"
    static let model = "bench-1536"

    let vectors = Vectors()

    static func repository(ofRun run: Int) -> Int { run % repositories }
    static func session(ofRun run: Int) -> Int { run % repositories + repositories * (run / (repositories * 10)) }
    static func repositoryName(_ number: Int) -> String { "repository-\(number)" }

    func vector(ofMessage number: Int) -> [Float] {
        vectors.vector(topic: number / 200, seed: 10_000 + UInt64(number))
    }

    /// A question that nobody has asked yet.
    static func question(_ number: Int) -> String {
        (["question\(number)"] + Words.text(4, rarerThan: 100, seed: 50_000 + UInt64(number))).joined(separator: " ")
    }

    /// What the embeddings endpoint answers: for the same text the same.
    func vector(of text: String) -> [Float] {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return vectors.vector(topic: Int(hash >> 40), seed: hash)
    }

    // MARK: Rows

    static let columns =
        "id, chat_session_id, run_id, user_id, repository, role, content, created_at, tokens, embedding, "
        + "embedding_model, search"

    /// Messages as PostgreSQL's COPY takes them in binary.
    func copy(_ numbers: Range<Int>, _ send: ([UInt8]) throws -> Void) throws {
        var block = CopyBlock()
        block.header()
        for number in numbers {
            append(number, to: &block)
            if block.bytes.count > 1 << 20 {
                try send(block.bytes)
                block.bytes.removeAll(keepingCapacity: true)
            }
        }
        block.trailer()
        try send(block.bytes)
    }

    private func append(_ number: Int, to block: inout CopyBlock) {
        let run = number / 2
        let words = Words.text(24, seed: 20_000_000 + UInt64(number))
        block.row(columns: 12)
        block.uuid(kind: 3, number)
        block.uuid(kind: 1, Self.session(ofRun: run))
        block.uuid(kind: 2, run)
        block.text(Self.user)
        block.text(Self.repositoryName(Self.repository(ofRun: run)))
        block.text(number % 2 == 0 ? "user" : "assistant")
        block.text(words.joined(separator: " "))
        // A minute apart, from 2025 on; PostgreSQL counts microseconds from 2000.
        block.int64(788_918_400_000_000 + Int64(number) * 60_000_000)
        block.int32(40)
        block.vector(vector(ofMessage: number))
        block.text(Self.model)
        block.words(words)
    }
}
