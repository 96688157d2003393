import Foundation
import HookInstall
import Hooks
import TestSupport
import Testing

struct `A message file` {
    /// git's own text, in short.
    static func status(_ sign: String = "#") -> String {
        "\n\(sign) Please enter the commit message for your changes. Lines starting\n"
            + "\(sign) with '\(sign)' will be ignored, and an empty message aborts the commit.\n\(sign)\n\(sign) On branch main\n"
    }

    static let cut = " ------------------------ >8 ------------------------"

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: String
        var form = MessageForm()
        var draft = "Add a parser"
        let after: String
    }

    static let cases = [
        Case(
            testDescription: "git's comments", before: status(),
            after: "Add a parser\n\n# NOTE\n" + status().dropFirst()),
        Case(
            testDescription: "another sign", before: status(";"), form: MessageForm(sign: ";"),
            after: "Add a parser\n\n; NOTE\n" + status(";").dropFirst()),
        Case(
            testDescription: "a sign of several characters", before: status("//"), form: MessageForm(sign: "//"),
            after: "Add a parser\n\n// NOTE\n" + status("//").dropFirst()),
        Case(
            testDescription: "a sign that git has picked", before: status("%"), form: MessageForm(sign: nil),
            after: "Add a parser\n\n% NOTE\n" + status("%").dropFirst()),
        Case(
            testDescription: "no file content and an editor", before: "",
            after: "Add a parser\n\n# NOTE\n"),
        Case(
            testDescription: "no editor", before: "", form: MessageForm(hasEditor: false), after: "Add a parser\n"),
        Case(
            testDescription: "an editor named : and git's comments", before: status(),
            form: MessageForm(hasEditor: false), after: "Add a parser\n\n# NOTE\n" + status().dropFirst()),
        Case(
            testDescription: "cleanup whitespace", before: "", form: MessageForm(cleanup: .whitespace),
            after: "Add a parser\n"),
        Case(
            testDescription: "cleanup verbatim with comments", before: status(),
            form: MessageForm(cleanup: .verbatim), after: "Add a parser\n" + status()),
        Case(
            testDescription: "--cleanup=whitespace, told by git's words",
            before: "\n# Lines starting\n# with '#' will be kept; you may remove them yourself.\n",
            after: "Add a parser\n\n# Lines starting\n# with '#' will be kept; you may remove them yourself.\n"),
        Case(
            testDescription: "verbose",
            before: status() + "#\(cut)\n# Do not modify\n# Everything below\ndiff --git\n+x\n",
            after: "Add a parser\n\n# NOTE\n" + status().dropFirst()
                + "#\(cut)\n# Do not modify\n# Everything below\ndiff --git\n+x\n"),
        Case(
            testDescription: "cleanup scissors: the note goes below them",
            before: "\n#\(cut)\n# Do not modify\n# Everything below\n#\n# On branch main\n",
            form: MessageForm(cleanup: .scissors),
            after: "Add a parser\n\n#\(cut)\n# Do not modify\n# Everything below\n# NOTE\n#\n# On branch main\n"),
        Case(
            testDescription: "--cleanup=scissors without configuration",
            before: "\n#\(cut)\n# Do not modify\n# Everything below\n# On branch main\n",
            after: "Add a parser\n\n#\(cut)\n# Do not modify\n# Everything below\n# NOTE\n# On branch main\n"),
        Case(
            testDescription: "a draft with a line like a comment", before: status(), draft: "Add it\n\n# what for\n",
            after: "Add it\n\n # what for\n\n# NOTE\n" + status().dropFirst()),
        Case(
            testDescription: "no blank line above the comments", before: "# a comment\n",
            after: "Add a parser\n\n# NOTE\n# a comment\n"),
        Case(
            testDescription: "no newline at the end", before: "\n# a comment",
            after: "Add a parser\n\n# NOTE\n# a comment"),
    ]

    @Test(arguments: cases)
    func `gets a draft above the first comment`(row: Case) throws {
        let file = MessageFile(Array(row.before.utf8), form: row.form)
        let bytes = try #require(file.inserting(row.draft, comments: ["NOTE"]))
        #expect(String(decoding: bytes, as: UTF8.self) == row.after)
    }

    @Test func `takes no draft whose first line git would take for a comment`() {
        #expect(
            MessageFile(Array(Self.status().utf8), form: MessageForm()).inserting("#12: add it", comments: []) == nil)
        let kept = MessageFile([], form: MessageForm(cleanup: .verbatim)).inserting("#12: add it", comments: ["NOTE"])
        #expect(kept == Array("#12: add it\n".utf8))
        // One character in Swift's eyes, two to git.
        let keycap = "#\u{20e3} add it"
        #expect(MessageFile([], form: MessageForm()).inserting(keycap, comments: []) == nil)
    }

    @Test func `keeps a comment of several lines a comment`() throws {
        let file = MessageFile([], form: MessageForm())
        let bytes = try #require(file.inserting("Add it", comments: ["one\ntwo\r\nthree"]))
        #expect(String(decoding: bytes, as: UTF8.self) == "Add it\n\n# one\n# two\n# three\n")
    }

    @Test func `keeps its own line ends`() throws {
        let before = Self.status().replacing("\n", with: "\r\n")
        let bytes = try #require(
            MessageFile(Array(before.utf8), form: MessageForm()).inserting("Add it", comments: ["NOTE"]))
        #expect(String(decoding: bytes, as: UTF8.self) == "Add it\n\r\n# NOTE\n" + before.dropFirst())
    }

    @Test(arguments: ["Fix it\n", "Fix it\n" + status(), "\n\n  x\n# c\n"])
    func `that holds a message is left alone`(text: String) {
        #expect(MessageFile(Array(text.utf8), form: MessageForm()).inserting("Draft", comments: []) == nil)
    }

    @Test func `with a template gets the draft below it when that is wanted`() throws {
        let file = MessageFile(Array(("Why:\n\nHow:\n" + Self.status()).utf8), form: MessageForm())
        let bytes = try #require(file.inserting("Add it", comments: ["NOTE"], overTemplate: true))
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("Why:\n\nHow:\n\nAdd it\n\n# NOTE\n# Please"))
    }

    @Test(arguments: [
        ("Fix it\n\nBecause.\n\n" + status(), "Fix it\n\nBecause."), ("# only\n# comments\n", ""), ("", ""),
        ("Fix it\n#\(cut)\n# x\ndiff\n+y\n", "Fix it"), ("  \n\nFix it\n# c\nmore\n", "Fix it\nmore"),
    ])
    func `holds the message that git keeps`(text: String, message: String) {
        #expect(MessageFile(Array(text.utf8), form: MessageForm()).message == message)
    }

    @Test func `takes a remark only where git strips it`() throws {
        let text = "Fix it\n" + Self.status()
        let remark = try #require(
            MessageFile(Array(text.utf8), form: MessageForm()).appendingRemark(["It does not."]))
        #expect(String(decoding: remark, as: UTF8.self).hasPrefix("Fix it\n\n# It does not.\n# Please"))
        for form in [MessageForm(cleanup: .verbatim), MessageForm(cleanup: .whitespace)] {
            #expect(MessageFile(Array(text.utf8), form: form).appendingRemark(["x"]) == nil)
        }
        #expect(MessageFile(Array("Fix\n".utf8), form: MessageForm(hasEditor: false)).appendingRemark(["x"]) == nil)
    }

    @Test func `may hold any bytes below the scissors, and only text above`() {
        let below = Array("\n# c\n#\(Self.cut)\n# x\n".utf8) + [0xff, 0xfe, 0x0a]
        #expect(MessageFile(below, form: MessageForm()).isMessageText)
        #expect(!MessageFile([0xff, 0x0a], form: MessageForm()).isMessageText)
        #expect(
            MessageFile(below, form: MessageForm()).inserting("Add", comments: [])?.suffix(3) == [0xff, 0xfe, 0x0a])
    }
}

struct `The message file on disk` {
    enum Obstacle: String, CaseIterable, Sendable {
        case missing, directory, link, huge, device, pipe
    }

    @Test(arguments: Obstacle.allCases)
    func `is refused when it is no plain file`(obstacle: Obstacle) throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("message")
        switch obstacle {
        case .missing: break
        case .directory: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        case .link:
            try directory.write("target", Array("x".utf8))
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: directory.file("target"))
        case .huge: try directory.write("message", [UInt8](repeating: 0x61, count: (4 << 20) + 1))
        case .device:
            #expect(throws: HookError.self) { try MessageFileAccess.read("/dev/null") }
            return
        case .pipe: #expect(mkfifo(path, 0o600) == 0)
        }
        #expect(throws: HookError.self) { try MessageFileAccess.read(path) }
    }

    @Test func `is replaced whole, with its mode`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("message", Array("old".utf8))
        let path = directory.file("message")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        try MessageFileAccess.replace(path, with: Array("new".utf8), ifStill: Array("old".utf8))
        #expect(try MessageFileAccess.read(path) == Array("new".utf8))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["message"])
    }

    @Test(.enabled(if: geteuid() == 0)) func `stays its owner's when root replaces it`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("message", Array("old".utf8))
        #expect(chown(path, 1234, 1235) == 0)
        try MessageFileAccess.replace(path, with: Array("new".utf8), ifStill: Array("old".utf8))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.ownerAccountID] as? Int == 1234)
        #expect(attributes[.groupOwnerAccountID] as? Int == 1235)
    }

    @Test func `is left alone when it was changed meanwhile or is write-protected`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("message", Array("old".utf8))
        let path = directory.file("message")
        #expect(throws: HookError.self) {
            try MessageFileAccess.replace(path, with: Array("new".utf8), ifStill: Array("other".utf8))
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
        #expect(throws: HookError.self) {
            try MessageFileAccess.replace(path, with: Array("new".utf8), ifStill: Array("old".utf8))
        }
        #expect(try MessageFileAccess.read(path) == Array("old".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["message"])
    }
}
