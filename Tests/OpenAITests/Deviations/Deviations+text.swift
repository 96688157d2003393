import Assistant
import JSON

extension Deviation {
    /// Calls that stand in the text.
    static let written: [Deviation] = [
        Deviation(
            "ollama/ollama/issues/12174", "a call as bare JSON",
            text: #"{"name": "git_log", "arguments": {"limit": 1}}"#,
            .written(#"git_log {"limit":1}"#)),
        Deviation(
            "selfagency/opilot/issues/149", "a call as JSON over several lines",
            text: "{\n\"name\": \"git_log\",\n\"arguments\": {\n\"limit\": 1\n}\n}", .written(#"git_log {"limit":1}"#)),
        Deviation(
            "jundot/omlx/issues/2565", "a call in a fence",
            text: "```json\n{\"name\": \"git_log\", \"arguments\": {\"limit\": 1}}\n```",
            .written(#"git_log {"limit":1}"#)),
        Deviation(
            "ollama/ollama/issues/12174", "a call in its tags",
            text: "<tool_call>\n{\"name\": \"git_log\", \"arguments\": {\"limit\": 1}}\n</tool_call>",
            .written(#"git_log {"limit":1}"#)),
        Deviation(
            "anomalyco/opencode/issues/26162", "a call in tags of functions",
            text: "<tool_call>\n<function=git_log>\n<parameter=limit>\n1\n</parameter>\n</function>\n</tool_call>",
            .written(#"git_log {"limit":1}"#)),
        Deviation(
            "ollama/ollama-vscode/pull/20", "a call with parameters",
            text: #"{"name": "git_log", "parameters": {"limit": 1}}"#, .written(#"git_log {"limit":1}"#)),
        Deviation(
            "ml-explore/mlx-lm/issues/1374", "a call behind its mark",
            text: #"[TOOL_CALLS] [{"name": "git_log", "arguments": {"limit": 1}}]"#, .written(#"git_log {"limit":1}"#)),
        Deviation(
            "ml-explore/mlx-lm/issues/1374", "a call behind its mark, by its name",
            text: #"[TOOL_CALLS]git_log[ARGS]{"limit": 1}"#, .written(#"git_log {"limit":1}"#)),
        Deviation(
            "vllm-project/vllm/issues/16214", "a call between tags of a language",
            text: #"<|python_start|>{"name": "git_log", "parameters": {"limit": 1}}<|python_end|>"#,
            .written(#"git_log {"limit":1}"#)),
        Deviation(
            "vllm-project/vllm/issues/46863", "a call with its type",
            text: #"{"type": "function", "name": "git_log", "parameters": {"limit": 1}}"#,
            .written(#"git_log {"limit":1}"#)),
        Deviation(
            "vllm-project/vllm/pull/5649", "a call whose tag is not closed",
            text: "<tool_call>\n{\"arguments\": {\"limit\": 1}, \"name\": \"git_log\"}\n",
            .written(#"git_log {"limit":1}"#)),
        Deviation(
            "vllm-project/vllm/issues/46863", "a call behind a tag that has no end",
            text: #"<|python_tag|>{"name": "git_log", "parameters": {"limit": 1}}"#, .written(#"git_log {"limit":1}"#)),
        Deviation(
            "thClaws/thClaws/issues/50", "a call of a tool that is not there",
            text: #"{ "name": "Skill", "arguments": { "name": "none" } }"#, .corrected),
        Deviation(
            "selfagency/opilot/issues/149", "two calls, one a line",
            text: #"{"name": "git_log", "arguments": {}}"# + "\n"
                + #"{"name": "file_read", "arguments": {"path": "a"}}"#,
            .corrected),
        Deviation(
            "Gitlawb/openclaude/issues/433", "a call behind words",
            text: "The request looks like this:\n\n```json\n{\"name\": \"git_log\", \"arguments\": {}}\n```", .corrected
        ),
        Deviation(
            "vllm-project/vllm/issues/15549", "a call that is no JSON",
            text: "<tool_call>\n{\"name\": \"git_log\", \"arguments\": {\n</tool_call>", .corrected),
        Deviation(
            "protocol", "an answer in JSON", text: #"{"name": "Ana", "age": 3}"#, .answer(#"{"name": "Ana", "age": 3}"#)
        ),
        Deviation(
            "protocol", "an answer that speaks of tags", text: "Write `<tool_call>` before it.",
            .answer("Write `<tool_call>` before it.")),
    ]

    /// What a model thinks aloud.
    static let thoughts: [Deviation] = [
        Deviation(
            "bytedance/deer-flow/pull/3218", "thinks in tags", text: "<think>\nhm\n</think>\n\nDone.", .answer("Done.")),
        Deviation(
            "QwenLM/qwen-code/issues/10791", "thinks in longer tags", text: "<thinking>hm</thinking>Done.",
            .answer("Done.")),
        Deviation(
            "bytedance/deer-flow/pull/3218", "thinks in pieces",
            deltas: ["<th", "ink>h", "m</thi", "nk>\n", "Done."].map {
                (["content": .string($0)] as JSON).description
            }, message: #"{"content":"<think>hm</think>\nDone."}"#, .answer("Done.")),
        Deviation(
            "QwenLM/qwen-code/pull/6033", "thinks from before its answer", text: "hm\n</think>\n\nDone.",
            .answer("Done.")),
        Deviation(
            "openclaw/openclaw/pull/46205", "thinks and never answers", text: "<think>hm, Done.", .failure(.malformed)),
        Deviation(
            "nbramia/LifeOS/pull/568", "thinks beside its answer",
            message: #"{"content":"Done.","reasoning_content":"hm"}"#,
            .answer("Done.")),
        Deviation(
            "ollama/ollama/pull/18288", "thinks in another channel",
            text: "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Done.",
            .answer("Done.")),
        Deviation(
            "nbramia/LifeOS/pull/568", "writes about thinking", text: "Use `<think>draft</think>` there.",
            .answer("Use `<think>draft</think>` there.")),
        Deviation(
            "ollama/ollama/issues/12174", "thinks, and then writes a call",
            text: "<think>hm</think>\n{\"name\": \"git_log\", \"arguments\": {}}", .written("git_log {}")),
    ]

    /// What is paid for.
    static let usages: [Deviation] = [
        paid(
            "Wei-Shaw/sub2api/issues/5771", "thoughts beside the completion",
            #"{"prompt_tokens":10120,"completion_tokens":1499,"total_tokens":14428,"prompt_tokens_details":{"cached_tokens":128},"completion_tokens_details":{"reasoning_tokens":2809}}"#,
            Usage(inputTokens: 10120, cachedInputTokens: 128, outputTokens: 4308)),
        paid(
            "router-for-me/CLIProxyAPI/issues/5733", "thoughts in place of the completion",
            #"{"completion_tokens":0,"total_tokens":81,"prompt_tokens":21,"completion_tokens_details":{"reasoning_tokens":60}}"#,
            Usage(inputTokens: 21, outputTokens: 60)),
        paid(
            "promptfoo/promptfoo/pull/9507", "thoughts within the completion",
            #"{"prompt_tokens":500,"completion_tokens":500,"total_tokens":1000,"completion_tokens_details":{"reasoning_tokens":200}}"#,
            Usage(inputTokens: 500, outputTokens: 500)),
        paid(
            "vercel/ai/pull/12425", "more thoughts than completion, and no total",
            #"{"prompt_tokens":12,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":317}}"#,
            Usage(inputTokens: 12, outputTokens: 319)),
        paid(
            "vercel/ai/pull/6738", "a total that is more than its parts",
            #"{"prompt_tokens":10,"completion_tokens":5,"total_tokens":40}"#, Usage(inputTokens: 10, outputTokens: 30)),
        paid(
            "protocol", "a total that is less than its parts",
            #"{"prompt_tokens":10,"completion_tokens":5,"total_tokens":3}"#, Usage(inputTokens: 10, outputTokens: 5)),
        paid(
            "HybridAIOne/hybridclaw/issues/1516", "what was written to a cache",
            #"{"prompt_tokens":100,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":20,"cache_write_tokens":70}}"#,
            Usage(inputTokens: 100, cachedInputTokens: 20, cacheWriteTokens: 70, outputTokens: 5)),
        paid(
            "infiniflow/ragflow/pull/17629", "a cache in other words",
            #"{"prompt_tokens":100,"completion_tokens":5,"prompt_cache_hit_tokens":64}"#,
            Usage(inputTokens: 100, cachedInputTokens: 64, outputTokens: 5)),
        paid(
            "langchain-ai/langchainjs/pull/11194", "tokens in other words",
            #"{"input_tokens":100,"output_tokens":5,"cache_creation_input_tokens":30}"#,
            Usage(inputTokens: 100, cacheWriteTokens: 30, outputTokens: 5)),
    ]

    private static func paid(_ source: String, _ what: String, _ json: String, _ usage: Usage) -> Deviation {
        Deviation(
            source, "counts \(what)", message: #"{"content":"Done."}"#, more: #","usage":\#(json)"#, .answer("Done."),
            usage: usage)
    }
}
