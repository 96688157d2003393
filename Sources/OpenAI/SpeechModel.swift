internal import Assistant

/// What is known of a speech model by its name. A name that is not OpenAI's is taken for a model like Whisper.
enum SpeechModel: Hashable {
    case whisper, gpt4o, gptTranscribe, diarizing, compatible

    init(named name: String) {
        // Gateways put the maker's name in front.
        let own = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
        if own == "whisper-1" {
            self = .whisper
        } else if own.hasPrefix("gpt-"), own.contains("diarize") {
            self = .diarizing
        } else if own.hasPrefix("gpt-transcribe") {
            self = .gptTranscribe
        } else if own.hasPrefix("gpt-"), own.contains("transcribe") {
            self = .gpt4o
        } else {
            self = .compatible
        }
    }

    /// OpenAI takes 26,214,400 bytes a request, framing and all, and some of its models about 1,400 seconds.
    var limits: TranscriberLimits {
        TranscriberLimits(
            maxBytes: 24 << 20, maxSeconds: 1390,
            extensions: ["flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm"],
            givesTimestamps: timedFormat != nil, takesPrompt: self != .diarizing)
    }

    /// The `response_format` with timed segments, where there is one.
    var timedFormat: String? {
        switch self {
        case .whisper, .compatible: "verbose_json"
        case .diarizing: "diarized_json"
        case .gpt4o, .gptTranscribe: nil
        }
    }

    /// The form fields, beside those that all models take.
    func fields(hint: String?, isTimed: Bool) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        if isTimed, timedFormat == "verbose_json" { fields.append(("timestamp_granularities[]", "segment")) }
        // Required for more than thirty seconds of sound.
        if self == .diarizing { fields.append(("chunking_strategy", "auto")) }
        guard let hint, !hint.isEmpty else { return fields }
        switch self {
        case .whisper, .gpt4o, .compatible: fields.append(("prompt", Self.shortened(hint)))
        case .gptTranscribe: fields += Self.keywords(in: hint).map { ("keywords[]", $0) }
        case .diarizing: break
        }
        return fields
    }

    /// Whisper reads the last 224 tokens only, and the beginning of a hint matters most.
    private static func shortened(_ hint: String) -> String {
        String(TokenEstimate.prefix(of: hint, tokens: 224))
    }

    private static func keywords(in hint: String) -> [String] {
        let words = hint.split { ",;:.\n".contains($0) }.map { piece in
            piece.split(separator: " ").joined(separator: " ")
        }
        var seen: Set<String> = []
        return words.filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(100).map(\.self)
    }
}
