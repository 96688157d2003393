import Assistant
import FoundationEssentials
import Git
import JSON
import TestSupport
import Testing
import Tools
import Workspace

@testable import Batch
@testable import BatchQueue
@testable import Settings
@testable import Speech

struct `No number of a person, a model or a file` {
    @Test func `in a setting ends the program`() {
        let odd = [
            "1k", "9223372036854775807k", "-9223372036854775808g", "1h", "9223372036854775807h", "0x7f", "١", "",
        ]
        var count = 0
        for key in SettingKey.all.map(\.name) + ["price.gpt-5.input", "price.gpt-5.output"] {
            for number in ExtremeNumbers.texts + odd {
                let entry = SettingEntry(key: "vocero." + key, value: number, source: .flag("-c"))
                if let settings = try? Settings.resolve(flags: [entry], environment: ["HOME": "/home/a"]) {
                    #expect(ContinuousClock.now + settings.limits.duration > .now)
                }
                count += 1
            }
        }
        print("hostile numbers: \(count) settings, crashes 0")
    }

    @Test func `in front matter does`() throws {
        var count = 0
        for key in ItemOptions.keys + ItemOptions.limitKeys {
            for number in ExtremeNumbers.texts + [".inf", "-.inf", ".nan", "0o777", "0x7fffffffffffffff", "1_000"] {
                for text in ["---\n\(key): \(number)\n---\nhi", "---\nlimits:\n  \(key): \(number)\n---\nhi"] {
                    if let front = try? FrontMatter(reading: Array(text.utf8)[...]) {
                        _ = try? ItemOptions(reading: front.fields)
                    }
                    count += 1
                }
            }
        }
        print("hostile numbers: \(count) front matters, crashes 0")
    }

    @Test func `in a policy does`() throws {
        var count = 0
        for number in ExtremeNumbers.texts + ["", "1k", "９"] {
            for (name, value) in [("max", number), ("expires", number), ("expires", "\(number)-01-01")] {
                let entries = [("allow.file_create.repository", "*"), ("allow.file_create.\(name)", value)]
                if let file = try? PolicyFile(entries: entries, tools: ["file_create"]) {
                    let policy = Policy(file: file)
                    for uses in [0, .max] {
                        _ = policy.decide(
                            tool: "file_create", effect: .writeLocal, subject: PolicySubject(repository: "a"),
                            mode: .unattended, uses: uses)
                    }
                }
                count += 1
            }
        }
        print("hostile numbers: \(count) policies, crashes 0")
    }

    @Test func `in a call of a tool does`() async throws {
        let repository = try await TestRepository.make()
        try await repository.commit("a.txt", "one\ntwo\n", message: "first")
        let toolbox = Toolbox(
            workspace: try Workspace(root: repository.path), repository: try await Repository.open(repository.path),
            repositoryName: "a/b", store: nil)
        let texts = ["path": "a.txt", "old": "one", "new": "1", "to": "b.txt", "name": "b", "ref": "HEAD"]
        var count = 0
        for tool in toolbox.tools {
            let parameters = tool.description.parameters
            let members = parameters["properties"]?.object ?? [:]
            for (name, member) in members where member["type"] == "integer" {
                var arguments: [String: JSON] = [name: 0]
                for required in (parameters["required"]?.array ?? []).compactMap(\.string) where required != name {
                    arguments[required] = .string(texts[required] ?? "x")
                }
                for text in ExtremeNumbers.variants(of: .object(arguments)) {
                    if let read = try? Arguments(parsing: text, for: tool.declaration),
                        let prepared = try? await tool.prepare(read), tool.effect.isRead
                    {
                        _ = try? await prepared.perform()
                    }
                    count += 1
                }
            }
        }
        print("hostile numbers: \(count) calls of tools, crashes 0")
        #expect(count > 200)
    }

    @Test func `in the header of a recording does`() throws {
        let directory = try TemporaryDirectory()
        let fields: [[UInt8]] = [
            [0xff, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0, 0, 0, 0x80], [0x7f, 0xff, 0xff, 0xff],
            [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1],
        ]
        var count = 0
        for (name, sound) in HostileSounds.all {
            for place in stride(from: 0, to: min(sound.count - 4, 100), by: 2) {
                for field in fields {
                    var bytes = sound
                    bytes.replaceSubrange(place..<place + 4, with: field)
                    let path = try directory.write(name, bytes)
                    let limits = TranscriberLimits(
                        maxBytes: 1 << 20, maxSeconds: 60, extensions: ["wav"], givesTimestamps: true,
                        takesPrompt: true)
                    _ = try? RecordingPreparation(
                        path: path, limits: limits, workDirectory: directory.file("work"), maxSeconds: 60,
                        isCancelled: { false }, progress: { _ in }
                    ).run()
                    count += 1
                }
            }
        }
        print("hostile numbers: \(count) headers of recordings, crashes 0")
        #expect(count > 1_000)
    }
}
