import Assistant
import TestSupport

extension Deviation {
    /// How answers end.
    static let endings: [Deviation] = [
        ending("genkit-ai/genkit/pull/6259", "error", .failure(.unavailable)),
        ending("crewAIInc/crewAI/pull/7110", "max_tokens", .limited("Half an")),
        ending("QwenLM/qwen-code/issues/9882", "MAX_TOKENS", .limited("Half an")),
        ending("crewAIInc/crewAI/pull/7110", "model_length", .limited("Half an")),
        ending(
            "https://api-docs.deepseek.com/api/create-chat-completion", "insufficient_system_resource",
            .failure(.unavailable)),
        ending("vllm-project/vllm/issues/57082", "abort", .failure(.unavailable)),
        ending("promptfoo/promptfoo/pull/9905", "network_error", .failure(.unavailable)),
        ending("langgenius/dify/issues/7559", "sensitive", .failure(.refused)),
        ending("metabase/metabase/pull/80959", "SAFETY", .failure(.refused)),
        ending("BerriAI/litellm/pull/24373", "MALFORMED_FUNCTION_CALL", .failure(.unavailable)),
        ending("https://docs.cohere.com/reference/chat", "ERROR_TOXIC", .failure(.refused)),
        ending("https://lmstudio.ai/docs", "maxPredictedTokensReached", .limited("Half an")),
        ending("https://lmstudio.ai/docs", "modelUnloaded", .failure(.unavailable)),
        ending("mozilla-ai/any-llm/issues/1200", "model_context_window_exceeded", .limited("Half an")),
        ending("https://docs.anthropic.com/en/api/messages", "pause_turn", .failure(.malformed)),
        ending("earendil-works/pi/issues/8473", "a_word_of_tomorrow", .failure(.malformed)),
        ending("langgenius/dify/issues/8550", "FinishReason.MAX_TOKENS", .limited("Half an")),
        ending("metabase/metabase/pull/80959", "MODEL_ARMOR", .failure(.refused)),
        Deviation(
            "QwenLM/qwen-code/pull/9884", "no content at the limit", message: #"{"role":"assistant"}"#,
            finish: #""MAX_TOKENS""#, .limited(nil)),
        Deviation(
            "protocol", "an ending that is no word", message: #"{"content":"Half an"}"#,
            finish: "7", .failure(.malformed)),
        whole("https://docs.cohere.com/reference/chat", "COMPLETE"),
        whole("dstackai/dstack/pull/2229", "eos_token"),
        whole("https://docs.together.ai/reference/chat-completions", "eos"),
        whole("https://docs.anthropic.com/en/api/messages", "end_turn"),
        whole("QwenLM/qwen-code/issues/9882", "STOP"),
        whole("https://cloud.baidu.com/doc/WENXINWORKSHOP", "normal"),
        whole("https://lmstudio.ai/docs", "eosFound"),
        Deviation(
            "dstackai/dstack/pull/2229", "an empty word", message: #"{"content":"Done."}"#, finish: #""""#,
            .answer("Done.")),
        Deviation(
            "damianvtran/local-operator/pull/223", "an error beside half a text",
            stream: .events([
                #"{"choices":[{"delta":{"content":"Half an"}}]}"#,
                #"{"error":{"code":502,"message":"Provider disconnected"},"choices":[{"delta":{"content":""},"finish_reason":"error"}]}"#,
                "[DONE]",
            ]),
            whole: .text(
                #"{"choices":[{"message":{"content":"Half an"},"finish_reason":"error","error":{"code":502,"message":"Provider disconnected"}}]}"#,
                contentType: "application/json"), .failure(.unavailable)),
        Deviation(
            "genkit-ai/genkit/pull/6079", "an error in the choice, with a good ending",
            stream: .events([
                #"{"choices":[{"delta":{"content":"Half an"}}]}"#,
                #"{"choices":[{"delta":{},"finish_reason":"stop","error":{"code":400,"message":"no such tool"}}]}"#,
                "[DONE]",
            ]),
            whole: .text(
                #"{"choices":[{"message":{"content":"Half an"},"finish_reason":"stop","error":{"code":400,"message":"no such tool"}}]}"#,
                contentType: "application/json"), .failure(.refused)),
        Deviation(
            "diegosouzapw/OmniRoute/pull/8210", "an error with no choices and status 200",
            stream: .events([
                #"{"object":"chat.completion.chunk","choices":[],"error":{"code":502,"message":"Worker limit reached"}}"#
            ]),
            whole: .text(
                #"{"choices":[],"error":{"code":502,"message":"Worker limit reached"}}"#,
                contentType: "application/json"), .failure(.unavailable)),
        Deviation(
            "open-octo/octo-agent/pull/910", "an error behind words, and no end",
            stream: .events([
                #"{"choices":[{"delta":{"content":"Half an"}}]}"#,
                #"{"error":{"type":"server_error","message":"lost"}}"#,
            ]),
            whole: .text(
                #"{"error":{"type":"server_error","message":"lost"}}"#, contentType: "application/json"),
            .failure(.unavailable)),
        Deviation(
            "protocol", "a call in an answer that broke off",
            message:
                #"{"content":null,"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"git_log","arguments":"{}"}}]}"#,
            finish: #""error""#, .failure(.unavailable)),
        Deviation(
            "earendil-works/pi/issues/5964", "a call in an answer that was cut off",
            message:
                #"{"content":"Half an","tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"git_log","arguments":"{}"}}]}"#,
            finish: #""length""#, .limited("Half an")),
    ]

    private static func ending(_ source: String, _ word: String, _ outcome: Outcome) -> Deviation {
        Deviation(source, "ends with \(word)", message: #"{"content":"Half an"}"#, finish: "\"\(word)\"", outcome)
    }

    private static func whole(_ source: String, _ word: String) -> Deviation {
        Deviation(
            source, "ends with \(word)", message: #"{"content":"Done."}"#, finish: "\"\(word)\"", .answer("Done."))
    }
}
