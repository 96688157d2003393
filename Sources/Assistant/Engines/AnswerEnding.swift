/// How an answer ended, by the word that its endpoint gives for it.
///
/// Only endings that an endpoint is known to mean so are whole: what breaks off with any other word is no answer, and a
/// call in it is not carried out.
package enum AnswerEnding: Sendable, Hashable {
    case whole
    /// Cut off at the most tokens, of the answer or of the conversation.
    case length
    /// A content filter held it back.
    case filtered
    /// The endpoint broke it off, and says so: another try may do better.
    case broken
    /// The word is on no list.
    case unknown

    /// `MAX_TOKENS`, `max-tokens` and `maxTokens` are one word.
    package init(word: String) {
        let letters = word.lowercased().filter { $0.isLetter || $0.isNumber }
        let plain = letters.hasPrefix("finishreason") ? String(letters.dropFirst(12)) : letters
        self = Self.words[plain] ?? .unknown
    }

    private static let words: [String: AnswerEnding] = {
        var words: [String: AnswerEnding] = [:]
        for (ending, list) in lists { for word in list { words[word] = ending } }
        return words
    }()

    private static let lists: [(AnswerEnding, [String])] = [
        // OpenAI; Anthropic's words through gateways; TGI and Together; Cohere; AI21; Baidu; LM Studio.
        (
            .whole,
            [
                "stop", "toolcalls", "functioncall", "endturn", "stopsequence", "tooluse", "eos", "eostoken",
                "complete", "endoftext", "normal", "eosfound", "stopstringfound", "toolcall",
            ]
        ),
        (
            .length,
            [
                "length", "maxtokens", "modellength", "maxlength", "maxoutputtokens", "maxnewtokens",
                "maxcompletiontokens", "tokenlimit", "contextlength", "contextlengthexceeded", "contextlengthreached",
                "modelcontextwindowexceeded", "maxpredictedtokensreached", "limit",
            ]
        ),
        (
            .filtered,
            [
                "contentfilter", "contentfiltered", "safety", "recitation", "blocklist", "prohibitedcontent", "spii",
                "imagesafety", "language", "sensitive", "guardrailintervened", "refusal", "errortoxic",
                "modelarmor", "imageprohibitedcontent",
            ]
        ),
        (
            .broken,
            [
                "error", "errorlimit", "networkerror", "servererror", "internalerror", "insufficientsystemresource",
                "abort", "aborted", "cancel", "cancelled", "canceled", "timeout", "timelimit", "failed", "other",
                "malformedfunctioncall", "unexpectedtoolcall", "toomanytoolcalls", "overloaded", "load", "unload",
                "modelunloaded",
                "userstopped", "notfinished", "repetition", "interrupted",
            ]
        ),
    ]
}
