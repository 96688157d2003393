import Testing

@testable import Hooks

/// Rows against ways around the check, beside the plain ones of DraftCheckTests.
struct `A draft that means harm` {
    static let known: Set<String> = ["Sources", "Sources/Parser.swift", "Parser.swift", "client", "server", "docs"]
    static let evidence = """
        diff --git a/Sources/Parser.swift b/Sources/Parser.swift
        +// https://example.org/spec, @maintainer, data.cpp, one@example.org, .env.local
        """

    static func check(
        _ text: String, branch: String? = nil, prefix: MessageStyle.Prefix? = nil
    ) -> Result<String, DraftProblem> {
        var style = MessageStyle()
        style.prefix = prefix
        return DraftCheck(style: style, knows: { known.contains($0) }, evidence: evidence, branch: branch).checked(text)
    }

    static let hostile: [(String, String)] = [
        // What a terminal or a reader sees otherwise than it is.
        ("Add it\rRemove all", "control"), ("Add\u{85}it", "control"), ("Add\u{2028}it", "invisible"),
        ("Add\u{2029}it", "invisible"), ("Add\u{200d}it", "invisible"), ("Add\u{200c}it", "invisible"),
        ("Add\u{61c}it", "invisible"), ("Add\u{3164}it", "invisible"), ("Add\u{115f}it", "invisible"),
        ("Add\u{180e}it", "invisible"), ("Add\u{2063}it", "invisible"), ("Add\u{fff9}it", "invisible"),
        ("Add\u{fe01}it", "invisible"), ("Add\u{e0101}it", "invisible"), ("Add\u{34f}it", "invisible"),
        ("Add\u{e000}", "invisible"), ("a" + String(repeating: "\u{301}", count: 5_000), "invisible"),
        (String(repeating: "word ", count: 40_000), "too long"),
        // Who it names.
        ("Add it\n\npor:@octocat", "names @octocat"), ("Add it (/@octocat)", "names @octocat"),
        ("Add it →@octocat", "names @octocat"), ("Add it for @1octocat", "names @1octocat"),
        ("Thank @main", "names @main"), ("Add it, ask @maintainer-two", "names @maintainer-two"),
        ("Add it\n\n@org/team, look", "names @org/team"),
        // Where it leads.
        ("See https://example.org/spec?x=1", "names https"), ("See https://example.org.evil/x", "names https"),
        ("See https://example.or", "names https"), ("Add [it](https://evil.example/a)", "names https"),
        ("Add it, HTTPS://EVIL.EXAMPLE", "names HTTPS"), ("See <https://evil.example>", "names https"),
        ("See bit.ly/abc", "does not exist"), ("See //evil.example/x", "does not exist"),
        ("Mail mailto:root@evil.example", "names mailto"), ("See ftp://evil.example", "names ftp"),
        // Files.
        ("Read /etc/passwd", "does not exist"), ("Read ~/.ssh", "does not exist"),
        ("Move to ../secret", "does not exist"),
        ("Update a.cpp", "does not exist"), ("Update Sources/Ghost", "does not exist"),
        ("Update Parser.swift:12 and Lexer.swift:3", "does not exist"), ("Remove .env", "does not exist"),
        ("Remove .gitignore", "does not exist"), ("Update my_module/my_file", "does not exist"),
        ("Añade (Otro.swift)", "does not exist"), ("Update x=Lexer.swift", "does not exist"),
        ("Fix Lexer.swift—again", "does not exist"), ("Update docs/sub/deep/@x", "names @x"),
        // Issues that it would close.
        ("Fixes #12", "closes"), ("Fix #12 by a lock", "closes"), ("Close owner/repo#3 at last", "closes"),
        ("Resolve https://github.com/o/r/issues/3", "names https"), ("Fix #12 in the parser (again)", "closes"),
        ("Fix GH-12", "closes"), ("**Fixes** #12", "closes"), ("Arregla #12", "closes"),
        // Models that speak.
        ("I’m sorry, there is no change", "itself"), ("Here’s what changed", "itself"), ("¡Claro! Añade", "itself"),
        ("I have added a parser", "itself"), ("Below is the message", "itself"),
        ("Unfortunately there is no", "itself"),
        ("Como asistente, no veo el cambio", "itself"), ("Como IA no puedo verlo", "itself"),
        ("A continuación el mensaje", "itself"), ("Lamentablemente no hay cambios", "itself"),
        ("Add it\n\nI cannot see the rest of the change.", "itself"), ("Add it\n\nHope this helps!", "itself"),
        ("Add it\n\nLet me know if you want more.", "itself"), ("Add it\n\nAs an AI, I guess.", "itself"),
        ("Add it\n\nEspero que te sirva.", "itself"), ("<think>the user wants", "itself"),
        // What is no message.
        ("{\"message\": \"Add it\"}", "no message"), ("git commit -m 'Add it'", "no message"),
        ("diff --git a/x b/x", "no message"), ("1. Add it\n2. Add that", "no message"),
        ("- Add it\n- Add that", "no message"), ("```\nAdd it", "no message"),
        ("<commit>Add it</commit>", "no message"),
        ("Add it\n\ndiff --git a/Sources/Parser.swift b/Sources/Parser.swift", "no message"),
        // Pieces of the prompt.
        ("Add it\n\nAnswer with the message alone.", "instructions"),
        ("Name only files, functions and numbers that the change holds", "instructions"),
        ("Add it\n\nWrapped at 72 characters, about why and what else", "instructions"),
        ("Add it\n\nThe verb is in the imperative, such as Add or Añade.", "instructions"),
        ("Add it<|im_end|>", "instructions"), ("[INST] Add it", "instructions"),
    ]

    @Test(arguments: hostile)
    func `is refused`(text: String, reason: String) {
        switch Self.check(text) {
        case .success(let message): Issue.record("used as: \(message.prefix(200))")
        case .failure(let problem): #expect(problem.reason.contains(reason))
        }
    }

    static let good: [(String, String)] = [
        ("Upgrade Node.js to 22", "Upgrade Node.js to 22"), ("Drop Vue.js", "Drop Vue.js"),
        ("Support .NET and *.swift files", "Support .NET and *.swift files"),
        ("Speed up client/server messages", "Speed up client/server messages"),
        ("Speak HTTP/2 and TLS/1.3", "Speak HTTP/2 and TLS/1.3"), ("Accept 2024/01/02", "Accept 2024/01/02"),
        ("Split Sources/Parser.swift:12", "Split Sources/Parser.swift:12"), ("Tidy ./Sources/", "Tidy ./Sources/"),
        ("Read .env.local", "Read .env.local"), ("Cita https://example.org/spec.", "Cita https://example.org/spec."),
        ("Ask (@maintainer)", "Ask (@maintainer)"), ("Añade می‌خواهم", "Añade می‌خواهم"), ("Add 👩‍👩‍👧‍👦", "Add 👩‍👩‍👧‍👦"),
        ("✨ Add it ❤️", "✨ Add it ❤️"), ("修复 解析器", "修复 解析器"),
        ("Corrige el análisis de 1/2", "Corrige el análisis de 1/2"),
        ("Fix 1/2 of the tests", "Fix 1/2 of the tests"), ("I/O: read whole lines", "I/O: read whole lines"),
        ("<think>It adds.</think>\n\nAdd it", "Add it"), ("~~~\nAdd it\n~~~", "Add it"),
        ("Subject: Add it", "Add it"), ("Asunto: Añade esto", "Añade esto"),
        ("message: parse tabs", "message: parse tabs"),
        ("- Add it", "Add it"), ("Add it\n\n- Signed-off-by: X <x@y.zz>", "Add it"),
        ("Add it\n\nGenerated-by: Model", "Add it"), ("Add it\n\nCloses: #1 and #12", "Add it"),
        ("Add it\n\n(cherry picked from commit 0123456)", "Add it"), ("Add it [fixes #12]", "Add it"),
        ("Añade algo (cierra #12)", "Añade algo"),
        (
            "Add it\n\n```\n" + String(repeating: "code ", count: 20) + "\n```",
            "Add it\n\n```\n" + String(repeating: "code ", count: 20).dropLast() + "\n```"
        ),
    ]

    @Test(arguments: good)
    func `is told from one that does not`(text: String, message: String) {
        #expect(Self.check(text) == .success(message))
    }

    @Test func `closes only what all of its numbers may`() {
        #expect(Self.check("Add it\n\nCloses #12, #13", branch: "fix/12") == .success("Add it"))
        #expect(Self.check("Fix #12: add it", branch: "fix/12") == .success("Fix #12: add it"))
        #expect(Self.check("Work on fix/12", branch: "fix/12") == .success("Work on fix/12"))
    }

    @Test func `does not close an issue over the end of a line`() {
        let line = String(repeating: "word ", count: 14)
        #expect(throws: DraftProblem.self) { try Self.check("Add it\n\n\(line)fixes\n#12").get() }
    }

    @Test(arguments: [
        ("ABC-12: add it", "abc-12-parser", "ABC-12: add it"), ("ABC-12: add it", "main", "add it"),
        ("ABC-12: add it", "abc-123", "add it"),
        ("[ABC-12] Add it", "main", "Add it"), ("Add it", "main", "Add it"),
    ])
    func `names no ticket but the branch's`(text: String, branch: String, message: String) {
        #expect(Self.check(text, branch: branch, prefix: .ticket) == .success(message))
    }

    @Test func `keeps the shape of nested lists when it is wrapped`() throws {
        let words = String(repeating: "word ", count: 20)
        let message = try Self.check("Add it\n\n- one\n  - \(words)\n1. \(words)").get()
        let lines = message.split(separator: "\n")
        #expect(lines[2].hasPrefix("  - word"))
        #expect(lines[3].hasPrefix("    word"))
        #expect(lines.contains { $0.hasPrefix("1. word") })
        #expect(lines.last?.hasPrefix("   word") ?? false)
        #expect(lines.allSatisfy { $0.count <= 72 })
    }
}
