internal import Assistant
internal import JSON

/// The tokens of an answer, as OpenAI counts them and as others do.
enum ChatUsageJSON {
    /// All that is billed. Some servers count what a model has thought beside the completion and only the total holds it.
    static func usage(_ json: JSON?) -> Usage {
        guard let json, json.object != nil else { return Usage() }
        let inputDetails = json["prompt_tokens_details"] ?? json["input_tokens_details"]
        let outputDetails = json["completion_tokens_details"] ?? json["output_tokens_details"]
        let input = first(json["prompt_tokens"], json["input_tokens"])
        let thought = first(outputDetails?["reasoning_tokens"], json["reasoning_tokens"])
        let said = first(json["completion_tokens"], json["output_tokens"])
        // A part cannot be more than the whole: then it stands beside it.
        let output = thought > said ? said + thought : said
        return Usage(
            inputTokens: input,
            cachedInputTokens: min(
                input,
                first(
                    inputDetails?["cached_tokens"], json["prompt_cache_hit_tokens"], json["cache_read_input_tokens"],
                    json["cached_tokens"])),
            cacheWriteTokens: min(
                input,
                first(
                    inputDetails?["cache_write_tokens"], inputDetails?["cache_creation_tokens"],
                    json["cache_creation_input_tokens"])),
            outputTokens: max(output, first(json["total_tokens"]) - input))
    }

    /// What a stream has told so far, of which some servers tell a part with each event.
    static func joined(_ earlier: Usage, _ later: Usage) -> Usage {
        Usage(
            inputTokens: max(earlier.inputTokens, later.inputTokens),
            cachedInputTokens: max(earlier.cachedInputTokens, later.cachedInputTokens),
            cacheWriteTokens: max(earlier.cacheWriteTokens, later.cacheWriteTokens),
            outputTokens: max(earlier.outputTokens, later.outputTokens))
    }

    /// The first count that is there; none is below zero.
    private static func first(_ counts: JSON?...) -> Int {
        counts.lazy.compactMap { $0?.count }.first ?? 0
    }
}
