import Assistant
import JSON
import OpenAI
import TestSupport
import Testing

struct `A transcriber` {
    let directory: TemporaryDirectory
    let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = try directory.write("My private name.FLAC", "fLaC")
    }

    static let plain = ["response_format=json", "language=es"]
    static let timed = ["response_format=verbose_json", "language=es", "timestamp_granularities[]=segment"]

    @Test(arguments: [
        ("whisper-1", false, plain + ["prompt=Repositorio: ramas, git log."]),
        ("whisper-1", true, timed + ["prompt=Repositorio: ramas, git log."]),
        ("gpt-4o-transcribe", true, plain + ["prompt=Repositorio: ramas, git log."]),
        ("gpt-4o-mini-transcribe-2025-12-15", true, plain + ["prompt=Repositorio: ramas, git log."]),
        ("gpt-transcribe", true, plain + ["keywords[]=Repositorio", "keywords[]=ramas", "keywords[]=git log"]),
        (
            "gpt-4o-transcribe-diarize", true,
            ["response_format=diarized_json", "language=es", "chunking_strategy=auto"]
        ),
        ("whisper-large-v3", true, timed + ["prompt=Repositorio: ramas, git log."]),
        ("openai/whisper-1", true, timed + ["prompt=Repositorio: ramas, git log."]),
    ]) func `sends what its model takes`(model: String, wantsSegments: Bool, fields: [String]) async throws {
        let server = try LoopbackServer { _ in .json(["text": "hola"]) }
        let piece = try await OpenAITranscriber(client: .quick(server), model: model).transcribe(
            TranscriptionRequest(
                path: path, language: "es", hint: "Repositorio: ramas, git log.", wantsSegments: wantsSegments))
        #expect(piece.text == "hola")
        #expect(piece.language == "es")
        let request = try #require(server.requests.first)
        let sent = (request.parts ?? []).filter { $0.name != "file" }.map { "\($0.name)=\($0.text)" }
        #expect(sent == ["model=\(model)"] + fields)
        #expect(request.part("file")?.filename == "audio.flac")
        #expect(request.part("file")?.contentType == "audio/flac")
        #expect(request.part("file")?.body == Array("fLaC".utf8))
    }

    @Test(arguments: ["whisper-1", "gpt-4o-transcribe", "gpt-transcribe", "gpt-4o-transcribe-diarize"])
    func `keeps to the published description`(model: String) async throws {
        let server = try LoopbackOpenAI()
        server.fail(.reply(.json(["text": "hola", "segments": []])))
        _ = try await OpenAITranscriber(client: .quick(server.baseURL), model: model).transcribe(
            TranscriptionRequest(path: path, language: "es", hint: "ramas", wantsSegments: true))
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [
        ("whisper-1", true, true), ("gpt-4o-transcribe", false, true), ("gpt-4o-mini-transcribe", false, true),
        ("gpt-transcribe", false, true), ("gpt-4o-transcribe-diarize", true, false), ("whatever", true, true),
    ]) func `knows its limits by its name`(model: String, timestamps: Bool, prompt: Bool) throws {
        let server = try LoopbackOpenAI()
        let limits = OpenAITranscriber(client: .quick(server.baseURL), model: model).limits
        #expect(limits.givesTimestamps == timestamps)
        #expect(limits.takesPrompt == prompt)
        #expect(limits.maxBytes == 24 << 20)
        #expect(limits.maxSeconds == 1390)
        #expect(limits.extensions.isSuperset(of: ["wav", "flac", "mp3", "ogg", "m4a", "webm"]))
    }

    @Test(arguments: [
        ("a.wav", "audio.wav", "audio/wav"), ("b.b.MP3", "audio.mp3", "audio/mpeg"),
        ("c.m4a", "audio.m4a", "audio/mp4"),
        ("d.ogg", "audio.ogg", "audio/ogg"), ("e.webm", "audio.webm", "audio/webm"), ("bare", "audio.wav", "audio/wav"),
    ]) func `names the file by its format only`(file: String, name: String, type: String) async throws {
        let server = try LoopbackOpenAI()
        let path = try directory.write(file, "sound")
        _ = try await OpenAITranscriber(client: .quick(server.baseURL), model: "whisper-1").transcribe(
            TranscriptionRequest(path: path))
        #expect(server.requests.first?.part("file")?.filename == name)
        #expect(server.requests.first?.part("file")?.contentType == type)
    }

    @Test func `gives times, language and usage`() async throws {
        let server = try LoopbackOpenAI()
        server.hear(
            ScriptedTranscript(
                "Uno. Dos.", language: "spanish", segments: [(0, 1.5, "Uno."), (1.5, 3, "Dos.")]))
        let transcriber = OpenAITranscriber(client: .quick(server.baseURL), model: "whisper-1")
        let timed = try await transcriber.transcribe(TranscriptionRequest(path: path, wantsSegments: true))
        #expect(timed.language == "es")
        #expect(timed.segments.map(\.end) == [1.5, 3])
        #expect(timed.requestID == "req_1")
        let plain = try await transcriber.transcribe(TranscriptionRequest(path: path))
        #expect(plain.usage == Usage(inputTokens: 14, outputTokens: 5))
        #expect(plain.segments.isEmpty)
        #expect(plain.language == nil)
    }

    @Test func `takes all segments or none`() async throws {
        let server = try LoopbackServer { _ in
            .json(["text": "a b", "segments": [["start": 0, "end": 1, "text": "a"], ["text": "b"]]])
        }
        let piece = try await OpenAITranscriber(client: .quick(server), model: "whisper-1").transcribe(
            TranscriptionRequest(path: path, wantsSegments: true))
        #expect(piece.text == "a b")
        #expect(piece.segments.isEmpty)
    }

    @Test(arguments: [
        "response_format 'verbose_json' is not compatible with this model", "Currently only response_format json",
        "timestamp_granularities[] is not supported",
    ]) func `does without times where the server refuses them`(message: String) async throws {
        let server = try LoopbackServer { request in
            request.part("response_format")?.text == "json"
                ? .json(["text": "hola"]) : .json(errorBody(message), status: 400)
        }
        let piece = try await OpenAITranscriber(client: .quick(server), model: "local").transcribe(
            TranscriptionRequest(path: path, wantsSegments: true))
        #expect(piece.text == "hola")
        #expect(server.requests.count == 2)
    }

    @Test func `does not upload a refused recording twice`() async throws {
        let server = try LoopbackServer { _ in .json(errorBody("Invalid file format."), status: 400) }
        let error = await #expect(throws: EngineError.self) {
            try await OpenAITranscriber(client: .quick(server), model: "local").transcribe(
                TranscriptionRequest(path: path, wantsSegments: true))
        }
        #expect(error?.kind == .refused)
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [("Internal Server Error", 2), (errorBody("The server had an error.").description, 3)])
    func `tries a bare 500 once more and no further`(body: String, requests: Int) async throws {
        let server = try LoopbackServer { _ in .text(body, status: 500) }
        let error = await #expect(throws: EngineError.self) {
            try await OpenAITranscriber(client: .quick(server), model: "m").transcribe(
                TranscriptionRequest(path: path))
        }
        #expect(error?.kind == .unavailable)
        #expect(server.requests.count == requests)
    }

    @Test func `says which file cannot be read`() async throws {
        let server = try LoopbackOpenAI()
        let error = await #expect(throws: EngineError.self) {
            try await OpenAITranscriber(client: .quick(server.baseURL), model: "m").transcribe(
                TranscriptionRequest(path: directory.file("absent.wav")))
        }
        #expect(error?.kind == .refused)
        #expect(error?.message.contains("absent.wav") == true)
    }
}
