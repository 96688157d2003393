import Assistant
import TestSupport

extension Deviation {
    private static let words = #"{"choices":[{"delta":{"content":"Done."},"finish_reason":null}]}"#
    private static let stop = #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#

    /// How streams are written.
    static let streams: [Deviation] = [
        Deviation("anomalyco/opencode/issues/50871", "keeps alive by data", noise: "data: : keepalive\n\n"),
        Deviation(
            "mnfst/llm-gateway/issues/2053", "keeps alive by a comment in data",
            noise: "data: : OPENROUTER PROCESSING\n\n"),
        Deviation("ggml-org/llama.cpp/pull/24013", "keeps alive by colons", noise: ":\n\n"),
        Deviation(
            "mckinsey/agents-at-scale-ark/pull/2519", "keeps alive by comments", noise: ": ping - 2026-06-17\n\n"),
        Deviation("caozhiyuan/copilot-api/pull/88", "pings with empty data", noise: "event: ping\ndata: \n\n"),
        Deviation(
            "caozhiyuan/copilot-api/pull/88", "pings with an object",
            noise: "event: ping\ndata: {\"type\":\"ping\"}\n\n"),
        Deviation("Menci/Floway/issues/498", "pings with a word", noise: "data: ping\n\n"),
        Deviation("theopenco/llmgateway/pull/2334", "numbers its events and says nothing", noise: "id: 7\n\n"),
        Deviation("protocol", "sends events of another type", noise: "event: metrics\ndata: tokens=12 speed=3\n\n"),
        Deviation("protocol", "sends an empty list of choices", noise: "data: {\"choices\":[]}\n\n"),
        Deviation(
            "jakobdylanc/llmcord/issues/84", "never says how it ended, but that it did",
            stream: .events([words, "[DONE]"]), whole: body(#"{"content":"Done."}"#, "null", ""), .answer("Done.")),
        Deviation(
            "can1357/oh-my-pi/issues/9433", "says how it ended, and no more", stream: .events([words, stop]),
            whole: body(#"{"content":"Done."}"#, #""stop""#, ""), .answer("Done.")),
        Deviation(
            "jakobdylanc/llmcord/issues/84", "says how it ended in its own spelling",
            stream: .events([words, #"{"choices":[{"delta":{},"finish_reason":null,"finishReason":"STOP"}]}"#]),
            whole: .text(
                #"{"choices":[{"message":{"content":"Done."},"finishReason":"STOP"}]}"#, contentType: "application/json"
            ),
            .answer("Done.")),
        Deviation(
            "anomalyco/opencode/issues/43882", "ends without either", stream: .events([words]), whole: nil,
            .failure(.malformed)),
        Deviation(
            "ranxianglei/billion-context-omp/issues/105", "breaks off", stream: .events([words], ending: .cut),
            whole: .text(#"{"choi"#, contentType: "application/json"),
            .failure(.malformed)),
        Deviation(
            "open-webui/open-webui/issues/16377", "says with every piece that it has ended",
            stream: .events([
                #"{"choices":[{"delta":{"content":"Do"},"finish_reason":"stop"}]}"#,
                #"{"choices":[{"delta":{"content":"ne."},"finish_reason":"stop"}]}"#, "[DONE]",
            ]), whole: nil, .answer("Done.")),
        Deviation(
            "protocol", "sends the whole message at the end of a stream",
            stream: .events([
                #"{"choices":[{"index":0,"message":{"content":"Done."},"finish_reason":"stop"}]}"#, "[DONE]",
            ]), whole: nil, .answer("Done.")),
        Deviation(
            "protocol", "repeats the whole message at the end of a stream",
            stream: .events([
                words, #"{"choices":[{"index":0,"message":{"content":"Done."},"finish_reason":"stop"}]}"#, "[DONE]",
            ]), whole: nil, .answer("Done.")),
        Deviation(
            "PowerShell/AIShell/issues/350", "answers whole where a stream was asked for",
            stream: body(#"{"content":"Done."}"#, #""stop""#, ""), whole: body(#"{"content":"Done."}"#, #""stop""#, ""),
            .answer("Done.")),
        Deviation(
            "elie222/rakazo/issues/416", "cuts a character in two",
            stream: .events([
                #"{"choices":[{"delta":{"content":"Done \ud83d"}}]}"#,
                #"{"choices":[{"delta":{"content":"\ude00."}}]}"#,
                stop, "[DONE]",
            ]), whole: body(#"{"content":"Done \ud83d\ude00."}"#, #""stop""#, ""), .answer("Done 😀.")),
        Deviation(
            "elizaOS/eliza/issues/30904", "cuts a character and never sends its other half",
            stream: .events([#"{"choices":[{"delta":{"content":"Done.\ud83d"}}]}"#, stop, "[DONE]"]),
            whole: body(#"{"content":"Done.\ud83d"}"#, #""stop""#, ""), .answer("Done.\u{fffd}")),
        Deviation(
            "protocol", "writes its text as parts",
            message:
                #"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"Done."}]}"#,
            .answer("Done.")),
        Deviation(
            "alfredapp/openai-workflow/pull/52", "tells its usage with every piece, and nothing of an end",
            stream: .events([
                #"{"choices":[{"index":0,"delta":{"content":"Do"}}],"usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10}}"#,
                #"{"choices":[{"index":0,"delta":{"content":"ne."}}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}"#,
                "[DONE]",
            ]), whole: nil, .answer("Done."), usage: .init(inputTokens: 9, outputTokens: 2)),
        Deviation(
            "protocol", "ends its lines as Windows does",
            stream: .stream(pieces: [.init("data:\(words)\r\n\r\ndata:\(stop)\r\n\r\ndata:[DONE]")]), whole: nil,
            .answer("Done.")),
        Deviation(
            "su-kaka/gcli2api/pull/406", "says nothing at all and calls it an answer", message: #"{"content":""}"#,
            .failure(.malformed)),
    ]
}
