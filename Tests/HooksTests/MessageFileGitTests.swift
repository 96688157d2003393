import FoundationEssentials
import Hooks
import TestSupport
import Testing

/// What git keeps of a message file with a draft in it, as git itself does it.
struct `A message file in git's hands` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var options: [String] = []
        var configuration: [String] = []
        var template: String?
        /// What stands in the message beside the draft; nil when git keeps its own comments, too.
        var message: String? = "DRAFT"
        var variables: [String: String] = [:]
        /// How often the comment stands in the file.
        var notes = 1
        var draft = "Add a parser\n\n- one\n# two"

        var form: MessageForm {
            let values = configuration.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            let sign = values.last { $0[0] == "core.commentChar" }?[1] ?? "#"
            let cleanup = values.last { $0[0] == "commit.cleanup" }?[1]
            return MessageForm(
                sign: sign == "auto" ? nil : sign, cleanup: cleanup.flatMap { .init(rawValue: $0) } ?? .default)
        }
    }

    private static let template = "Why:\n# for the template's readers\n"

    static let cases = [
        Case(testDescription: "plain"),
        Case(testDescription: "verbose", options: ["-v"]),
        Case(testDescription: "very verbose", options: ["-v", "-v"]),
        Case(testDescription: "another sign", configuration: ["core.commentChar=;"]),
        Case(testDescription: "a sign of git's choice", configuration: ["core.commentChar=auto"]),
        Case(testDescription: "no status", configuration: ["commit.status=false"]),
        Case(
            testDescription: "no status, a sign of git's choice",
            configuration: ["commit.status=false", "core.commentChar=auto"]),
        Case(testDescription: "strip", options: ["--cleanup=strip"]),
        Case(testDescription: "strip, configured", configuration: ["commit.cleanup=strip"]),
        Case(
            testDescription: "default over configured scissors", options: ["--cleanup=default"],
            configuration: ["commit.cleanup=scissors"]),
        Case(testDescription: "an empty message is allowed", options: ["--allow-empty-message"]),
        Case(testDescription: "whitespace", options: ["--cleanup=whitespace"], message: nil, notes: 0),
        Case(testDescription: "verbatim", options: ["--cleanup=verbatim"], message: nil, notes: 0),
        Case(testDescription: "verbatim, verbose", options: ["--cleanup=verbatim", "-v"], message: nil, notes: 0),
        Case(
            testDescription: "whitespace, the sign is a semicolon", options: ["--cleanup=whitespace"],
            configuration: ["core.commentChar=;"], message: nil, notes: 0),
        Case(
            testDescription: "whitespace, configured", configuration: ["commit.cleanup=whitespace"], message: nil,
            notes: 0),
        Case(
            testDescription: "whitespace in Spanish", options: ["--cleanup=whitespace"], message: nil,
            variables: ["LANGUAGE": "es", "LC_ALL": "C.UTF-8"], notes: 0),
        Case(
            testDescription: "whitespace in Chinese", options: ["--cleanup=whitespace"], message: nil,
            variables: ["LANGUAGE": "zh_CN", "LC_ALL": "C.UTF-8"], notes: 0),
        Case(testDescription: "plain in Spanish", variables: ["LANGUAGE": "es", "LC_ALL": "C.UTF-8"]),
        Case(testDescription: "plain in Bulgarian", variables: ["LANGUAGE": "bg", "LC_ALL": "C.UTF-8"]),
        Case(testDescription: "scissors", options: ["--cleanup=scissors"]),
        Case(testDescription: "scissors, verbose", options: ["--cleanup=scissors", "-v"]),
        Case(testDescription: "scissors, configured", configuration: ["commit.cleanup=scissors"]),
        Case(
            testDescription: "scissors, configured, no status",
            configuration: ["commit.cleanup=scissors", "commit.status=false"], notes: 0),
        Case(
            testDescription: "scissors, a sign of git's choice", options: ["--cleanup=scissors"],
            configuration: ["core.commentChar=auto"]),
        Case(
            testDescription: "scissors in the draft", options: ["-v"],
            message: "Add it\n\n # ------------------------ >8 ------------------------\nmore",
            draft: "Add it\n\n# ------------------------ >8 ------------------------\nmore"),
        Case(
            testDescription: "scissors in the draft, only cut", options: ["--cleanup=scissors"],
            message: "Add it\n\n # ------------------------ >8 ------------------------\nmore",
            draft: "Add it\n\n# ------------------------ >8 ------------------------\nmore"),
        Case(testDescription: "a template", template: template, message: "Why:\n\nDRAFT"),
        Case(
            testDescription: "a template, scissors", options: ["--cleanup=scissors"], template: template,
            message: template + "\nDRAFT"),
        Case(
            testDescription: "a template, a sign of git's choice", configuration: ["core.commentChar=auto"],
            template: template, message: template + "\nDRAFT"),
        Case(
            testDescription: "a template, no status, a sign of git's choice",
            configuration: ["core.commentChar=auto", "commit.status=false"], template: template,
            message: template + "\nDRAFT"),
        Case(
            testDescription: "a template of comments alone", template: "# say why\n"),
        Case(testDescription: "no editor", options: ["--no-edit"], notes: 0),
        Case(
            testDescription: "no editor, strip", options: ["--no-edit"], configuration: ["commit.cleanup=strip"]),
        Case(testDescription: "an editor that does nothing", variables: ["GIT_EDITOR": ":"]),
    ]

    @Test(arguments: cases)
    func `holds the draft and no comment once it is committed`(row: Case) async throws {
        let repository = try await TestRepository.make()
        // Shows the file to the test, and aborts as long as the test has nothing to put in its place.
        try repository.write(
            ".git/hooks/prepare-commit-msg",
            "#!/bin/sh\ncp \"$1\" .git/shown; echo \"$GIT_EDITOR\" >.git/editor; cp .git/given \"$1\" 2>/dev/null\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: repository.path + "/.git/hooks/prepare-commit-msg")
        try repository.write("a.c", "int a;\n")
        try await repository.git("add", "a.c")
        var commit = row.configuration.flatMap { ["-c", $0] } + ["commit", "-q"] + row.options
        if let template = row.template {
            try repository.write(".git/template", template)
            commit += ["--template", ".git/template"]
        }
        let variables = ["GIT_EDITOR": "true"].merging(row.variables) { $1 }
        _ = try? await repository.git(commit, variables: variables)

        let shown = try Data(contentsOf: URL(filePath: repository.path + "/.git/shown"))
        var form = row.form
        form.hasEditor = try String(contentsOfFile: repository.path + "/.git/editor", encoding: .utf8) != ":\n"
        let file = MessageFile(Array(shown), form: form)
        let given = try #require(file.inserting(row.draft, comments: ["NOTE"], overTemplate: row.template != nil))
        let notes = String(decoding: given, as: UTF8.self).split(separator: "\n").count { $0.dropFirst() == " NOTE" }
        #expect(notes == row.notes)
        try repository.write(".git/given", given)
        try await repository.git(commit, variables: variables)

        let message = try await repository.git("log", "-1", "--format=%B")
        #expect(!message.contains("NOTE"))
        let isStripped = notes == 1 && !message.contains("\n# two")
        let draft = isStripped ? row.draft.replacing("\n# two", with: "\n # two") : row.draft
        if let expected = row.message {
            #expect(message.trimmed == expected.replacing("DRAFT", with: draft))
        } else {
            #expect(message.hasPrefix(draft + "\n\n"))
        }
        // Without git's own lines nothing tells later which sign it had picked.
        if !(row.configuration.contains("commit.status=false") && form.sign == nil) {
            #expect(MessageFile(given, form: form).message == message.trimmed)
        }
    }

    @Test func `of a message given on the command line takes no remark`() {
        let given = Array("Add a parser\n\n# Heading\n".utf8)
        let file = MessageFile(given, form: MessageForm(hasEditor: false))
        #expect(file.message == "Add a parser\n\n# Heading")
        #expect(file.appendingRemark(["NOTE"]) == nil)
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}
