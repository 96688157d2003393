extension Deviation {
    /// How calls are written.
    static let calls: [Deviation] = [
        both(
            "mcowger/plexus/issues/691", "index 0 for every call, with ids",
            [
                #"{"index":0,"id":"a","function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#,
                #"{"index":0,"id":"b","function":{"name":"git_log","arguments":"{\"limit\":2}"}}"#,
            ], [#"git_log {"limit":1}"#, #"git_log {"limit":2}"#]),
        both(
            "huggingface/smolagents/pull/1958", "index 0 for every call, without ids",
            [
                #"{"index":0,"function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#,
                #"{"index":0,"function":{"name":"git_log","arguments":"{\"limit\":2}"}}"#,
            ], [#"git_log {"limit":1}"#, #"git_log {"limit":2}"#]),
        both(
            "su-kaka/gcli2api/pull/406", "index 0 and one id for every call",
            [
                #"{"index":0,"id":"x","function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#,
                #"{"index":0,"id":"x","function":{"name":"file_read","arguments":"{\"path\":\"a\"}"}}"#,
            ], [#"git_log {"limit":1}"#, #"file_read {"path":"a"}"#]),
        both(
            "oracle/langchain-oracle/issues/253", "no index, and arguments without an id",
            [
                #"{"id":"a","function":{"name":"git_log","arguments":""}}"#,
                #"{"function":{"arguments":"{\"limit\""}}"#,
                #"{"function":{"arguments":":1}"}}"#, #"{"id":"b","function":{"name":"file_read","arguments":""}}"#,
                #"{"function":{"arguments":"{\"path\":\"a\"}"}}"#,
            ], [#"git_log {"limit":1}"#, #"file_read {"path":"a"}"#],
            whole: [
                #"{"id":"a","function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#,
                #"{"id":"b","function":{"name":"file_read","arguments":"{\"path\":\"a\"}"}}"#,
            ]),
        both(
            "QwenLM/Qwen-Agent/pull/943", "pieces of two calls in turn",
            [
                #"{"index":0,"id":"a","function":{"name":"git_log","arguments":"{\"lim"}}"#,
                #"{"index":1,"id":"b","function":{"name":"file_read","arguments":"{\"pa"}}"#,
                #"{"index":0,"function":{"name":null,"arguments":"it\":1}"}}"#,
                #"{"index":1,"function":{"name":"","arguments":"th\":\"a\"}"}}"#,
            ], [#"git_log {"limit":1}"#, #"file_read {"path":"a"}"#],
            whole: [
                #"{"id":"a","function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#,
                #"{"id":"b","function":{"name":"file_read","arguments":"{\"path\":\"a\"}"}}"#,
            ]),
        both(
            "openai/openai-agents-js/pull/712", "an empty object before the arguments",
            [
                #"{"index":0,"id":"a","function":{"name":"git_log","arguments":"{}"}}"#,
                #"{"index":0,"function":{"arguments":"{\"limit\""}}"#, #"{"index":0,"function":{"arguments":":1}"}}"#,
            ], [#"git_log {"limit":1}"#],
            whole: [#"{"id":"a","function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#]),
        both(
            "Kilo-Org/cloud/pull/4753", "empty arguments",
            [#"{"index":0,"id":"a","function":{"name":"git_log","arguments":""}}"#],
            ["git_log {}"]),
        both(
            "langchain-ai/langchainjs/pull/11383", "no arguments",
            [#"{"index":0,"id":"a","function":{"name":"git_log"}}"#],
            ["git_log {}"]),
        both(
            "ggml-org/llama.cpp/issues/20198", "arguments as an object",
            [#"{"index":0,"id":"a","function":{"name":"git_log","arguments":{"limit":1}}}"#], [#"git_log {"limit":1}"#]),
        both(
            "mrdushidush/claudette/pull/238", "arguments that are null",
            [#"{"index":0,"id":"a","function":{"name":"git_log","arguments":"null"}}"#], ["git_log {}"]),
        both(
            "livekit/agents-js/pull/2308", "an optional argument that is null",
            [#"{"index":0,"id":"a","function":{"name":"git_log","arguments":"{\"limit\":null}"}}"#], ["git_log {}"]),
        both(
            "can1357/oh-my-pi/issues/2981", "an optional number that is empty",
            [#"{"index":0,"id":"a","function":{"name":"git_log","arguments":"{\"limit\":\"\"}"}}"#], ["git_log {}"]),
        both(
            "protocol", "the whole call once more at the end",
            [
                #"{"index":0,"id":"a","function":{"name":"git_log","arguments":"{\"limit\""}}"#,
                #"{"index":0,"function":{"arguments":":1}"}}"#,
                #"{"index":0,"id":"a","function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#,
            ], [#"git_log {"limit":1}"#],
            whole: [#"{"id":"a","function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#]),
        both(
            "QwenLM/Qwen-Agent/pull/943", "all of the arguments with every piece",
            [
                #"{"index":0,"id":"a","function":{"name":"git_log","arguments":"{\"lim"}}"#,
                #"{"index":0,"id":"a","function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#,
            ], [#"git_log {"limit":1}"#],
            whole: [#"{"id":"a","function":{"name":"git_log","arguments":"{\"limit\":1}"}}"#]),
        Deviation(
            "protocol", "a call as it was written before there were several",
            message: #"{"content":null,"function_call":{"name":"git_log","arguments":"{\"limit\":1}"}}"#,
            finish: #""function_call""#, .calls([#"git_log {"limit":1}"#])),
        Deviation(
            "protocol", "a call that ends as an answer does",
            message:
                #"{"content":"","tool_calls":[{"index":0,"id":"a","function":{"name":"git_log","arguments":"{}"}}]}"#,
            .calls(["git_log {}"])),
    ]

    private static func both(
        _ source: String, _ what: String, _ pieces: [String], _ calls: [String], whole: [String]? = nil
    ) -> Deviation {
        Deviation(
            source, what, deltas: pieces.map { #"{"tool_calls":[\#($0)]}"# }, finish: #""tool_calls""#,
            message: #"{"content":null,"tool_calls":[\#((whole ?? pieces).joined(separator: ","))]}"#, .calls(calls))
    }
}
