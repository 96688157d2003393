internal import Application
internal import ArgumentParser
internal import Concurrency
internal import Files
internal import FoundationEssentials
internal import Glibc
internal import JSON
internal import Speech

/// `vocero transcribe`
struct TranscribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transcribe",
        abstract: "Turn recordings into text, JSON or subtitles.",
        discussion: """
            A bad recording is skipped with its reason, the others go on, and the exit status says so at the end. \
            Finished pieces are kept: a second try does not pay for them again. Examples:

              vocero transcribe memo.wav
              vocero transcribe --format srt --language es entrevista.flac
              vocero transcribe --format vtt --output-dir subtitles talks/*.ogg
            """)

    @Argument(help: ArgumentHelp("Recordings in any format libsndfile reads.", valueName: "file"), completion: .file())
    var files: [String]

    @Option(help: "text, json, srt or vtt.")
    var format: TranscriptFormat = .text

    @Option(help: ArgumentHelp("The language that is spoken: en, es, ….", valueName: "code"))
    var language: String?

    @Option(help: ArgumentHelp("Words that are likely to be heard.", valueName: "text"))
    var hint: String?

    @Option(
        help: ArgumentHelp("Write NAME.FORMAT there instead of to stdout.", valueName: "dir"), completion: .directory)
    var outputDir: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let context = try await options.context(console)
        let speaking = TranscriptionRunner(context: context)
        if let outputDir { try makeDirectory(outputDir) }
        var failures: [Failure] = []
        var written: Set<String> = []
        // Made of the repository's history, once for all recordings.
        var words = hint
        for (index, file) in files.enumerated() {
            if files.count > 1 { console.progress("\(index + 1) of \(files.count): \(file)") }
            do {
                if words == nil { words = try await speaking.hint(language: language) }
                let transcript = try await speaking.transcribe(
                    file, language: language, hint: words, wantsSegments: format != .text)
                try await deliver(transcript, of: file, console, &written)
            } catch let error as BrokenPipe {
                throw error
            } catch {
                let failure = Failure(any: error)
                if failure.status == .interrupted { throw failure }
                console.fail(failure)
                failures.append(failure)
            }
        }
        guard let first = failures.first else { return }
        if files.count > 1 {
            console.notice("\(failures.count) of \(files.count) recordings have no transcript")
        }
        throw Ended(status: files.count == 1 ? first.status : .failed)
    }

    private func deliver(
        _ transcript: Transcript, of file: String, _ console: Console, _ written: inout Set<String>
    ) async throws {
        let text = format.render(transcript)
        guard let outputDir else {
            if files.count > 1 && format == .text { try console.writeLine("\(file):") }
            return try console.write(text)
        }
        let path = Self.outputPath(for: file, in: outputDir, format, &written)
        do {
            // A file that is there keeps its mode.
            let mode = (try? FileStatus(of: path))?.permissions
            try NewFile.write(
                Array(text.utf8), to: path, passing: .random(prefix: ".vocero-"), permissions: 0o666,
                exactPermissions: mode, isDurable: false)
        } catch {
            throw Failure(.failed, "\(path) could not be written: \(error.reason)")
        }
        console.notice("wrote \(path)")
    }

    /// `a/memo.wav` and `b/memo.wav` must not end in one file.
    private static func outputPath(
        for file: String, in directory: String, _ format: TranscriptFormat, _ written: inout Set<String>
    ) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let base = name.lastIndex(of: ".").map { $0 > name.startIndex ? String(name[..<$0]) : name } ?? name
        let ending = format == .text ? "txt" : format.rawValue
        var path = "\(directory)/\(base).\(ending)"
        var number = 2
        while !written.insert(path).inserted {
            path = "\(directory)/\(base)-\(number).\(ending)"
            number += 1
        }
        return path
    }

    private func makeDirectory(_ path: String) throws {
        do {
            try FileSystem.makeDirectories(path, permissions: 0o777)
        } catch {
            throw Failure(.failed, "\(path) could not be made: \(error.reason)")
        }
    }
}

extension TranscriptFormat: ExpressibleByArgument {}
