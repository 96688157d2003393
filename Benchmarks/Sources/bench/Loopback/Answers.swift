/// What the loopback server says in place of a chat, an embedding and a speech model.
struct Answers: Sendable {
    let corpus: Corpus

    func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
        if request.path.hasSuffix("/embeddings") { return json(embeddings(of: request.body)) }
        if request.path.hasSuffix("/audio/transcriptions") {
            return json(#"{"text":"these are the words of a piece"}"#)
        }
        return LoopbackServer.Reply(contentType: "text/event-stream", body: Array(Self.chat.utf8))
    }

    /// A chat's answer to who did not ask for a stream.
    static let whole = LoopbackServer.Reply(
        contentType: "application/json",
        body: Array(
            (#"{"id":"c","model":"bench","choices":[{"index":0,"finish_reason":"stop","message":"#
                + #"{"role":"assistant","content":"The parser fails because the file is empty."}}],"#
                + #""usage":{"prompt_tokens":900,"completion_tokens":12}}"#).utf8))

    private func json(_ text: String) -> LoopbackServer.Reply {
        LoopbackServer.Reply(contentType: "application/json", body: Array(text.utf8))
    }

    private static let chat =
        event(#"{"role":"assistant","content":"The parser fails because the file is empty."}"#, "null")
        + event("{}", #""stop""#)
        + #"data: {"id":"c","model":"bench","choices":[],"usage":{"prompt_tokens":900,"completion_tokens":12}}"#
        + "\n\ndata: [DONE]\n\n"

    private static func event(_ delta: String, _ reason: String) -> String {
        #"data: {"id":"c","model":"bench","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(reason)}]}"#
            + "\n\n"
    }

    private func embeddings(of body: [UInt8]) -> String {
        let entries = Self.inputs(String(decoding: body, as: UTF8.self)).enumerated().map { index, text in
            #"{"object":"embedding","index":\#(index),"embedding":"\#(Self.base64(corpus.vector(of: text)))"}"#
        }
        return #"{"object":"list","model":"\#(Corpus.model)","data":[\#(entries.joined(separator: ","))]}"#
    }

    /// The strings of `"input":[…]`, escapes left as they are: they only have to be told apart.
    private static func inputs(_ body: String) -> [String] {
        guard let start = body.firstRange(of: #""input":["#)?.upperBound else { return [] }
        var texts: [String] = []
        var text: String?
        var isEscaped = false
        for character in body[start...] {
            guard var open = text else {
                if character == "]" { break }
                if character == "\"" { text = "" }
                continue
            }
            if character == "\"" && !isEscaped {
                texts.append(open)
                text = nil
                continue
            }
            isEscaped = character == "\\" && !isEscaped
            open.append(character)
            text = open
        }
        return texts
    }

    /// Little-endian 32-bit floats.
    private static func base64(_ numbers: [Float]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let bytes = numbers.flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) } }
        // 1536 numbers are a multiple of three bytes: there is nothing to pad.
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let word = Int(bytes[start]) << 16 | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])
            for shift in [18, 12, 6, 0] { text.append(digits[word >> shift & 63]) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
