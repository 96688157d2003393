import Redaction
import TestSupport
import Testing

/// The same few bytes of a key again would look like no key.
private let lines = (0..<4).map {
    FakeSecrets.body(64, FakeSecrets.letters + "+/", seed: UInt64($0) + 90)
}
private let key = "ghp_" + FakeSecrets.body(36)

struct `A diff that is redacted` {
    private let redactor = DiffRedactor(redactor: SecretRedactor())

    @Test(arguments: [
        "", "\n", "no diff at all\n", "@@ -1 +1 @@", "@@ -1,2 +1,2 @@\n a\n", "@@@ -1,2 -1,2 +1,3 @@@\n++a\n",
        "diff --git a/a b/a\nold mode 100644\nnew mode 100755\n",
        "diff --git a/i b/i\nindex 7fd1a60b01f91b314f59955a4e4d4e80d8edf11d..0000000000000000000000000000000000000000\n",
        "Binary files a/x and b/x differ\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n",
        "@@ -99999999999 +1 @@\n+a\n", "@@ -1,0 +1,999999999 @@\n+a\n", "@@ -5,3 +5,2 @@\n a\r\n-b\r\n c\r\n",
        "@@ -1,3 +1,3 @@\n-token\n+token\n\n a\n",
    ])
    func `stays as it is without a secret in it`(patch: String) {
        #expect(redactor.redacted(patch, old: nil, new: nil) == patch)
        #expect(redactor.redacted(patch, old: "a\nb\n", new: "a") == patch)
    }

    @Test func `keeps line ends, signs and the line that says there is no newline`() {
        let patch = "@@ -1,2 +1,2 @@ func f() {\r\n a\r\n-TOKEN=\(key)\r\n\\ No newline at end of file\n+b\r\n"
        let expected =
            "@@ -1,2 +1,2 @@ func f() {\r\n a\r\n-TOKEN=[redacted: GitHub token]\r\n\\ No newline at end of file\n+b\r\n"
        #expect(redactor.redacted(patch, old: nil, new: nil) == expected)
        #expect(redactor.redacted(patch, old: "a\r\nTOKEN=\(key)\r", new: "a\r\nb\r\n") == expected)
    }

    @Test func `shows no secret in a hunk's header or in a file's name`() {
        let patch = "diff --git a/\(key) b/\(key)\n@@ -1,9 +1,9 @@ TOKEN = \"\(key)\"\n a\n"
        #expect(!redactor.redacted(patch, old: nil, new: nil).contains(key))
    }

    @Test func `shows no line of a key as a hunk's heading`() {
        let file = (["-----BEGIN PRIVATE KEY-----"] + lines + ["-----END PRIVATE KEY-----", ""]).joined(separator: "\n")
        let patch = "@@ -4,1 +4,1 @@ \(lines[0])\n-\(lines[2])\n+changed\n"
        for old in [file, nil] {
            let text = redactor.redacted(patch, old: old, new: nil)
            #expect(text == "@@ -4,1 +4,1 @@ [redacted: secret]\n-[redacted: private key]\n+changed\n")
        }
        let scalar = "password: |\n  Tr0ub4dor&3-horse\n  staple\nname: a\n"
        let hunk = "@@ -4,1 +4,1 @@   staple\n-name: a\n+name: b\n"
        #expect(!redactor.redacted(hunk, old: scalar, new: nil).contains("staple"))
        let code = "@@ -4,1 +4,1 @@ func parseHTTPResponse2() {\n-a\n+b\n"
        #expect(redactor.redacted(code, old: scalar, new: nil) == code)
    }

    @Test func `shows nothing of a line that was cut short and holds a part of a secret`() {
        let whole = "a\nTOKEN=\(key) and more\n"
        let patch = "@@ -1,2 +1,2 @@\n-b\n a\n TOKEN=\(key.prefix(20))…\n"
        let text = redactor.redacted(patch, old: "b\n" + whole, new: whole)
        #expect(text == "@@ -1,2 +1,2 @@\n-b\n a\n [redacted: GitHub token]\n")
    }

    @Test func `tells old and new apart, and redacts a key that is changed in the middle`() {
        let text = { (body: [String]) in
            (["-----BEGIN PRIVATE KEY-----"] + body + ["-----END PRIVATE KEY-----", ""]).joined(separator: "\n")
        }
        let patch = "@@ -2,3 +2,3 @@\n \(lines[0])\n-\(lines[1])\n+\(lines[2])\n \(lines[3])\n"
        let expected =
            "@@ -2,3 +2,3 @@\n [redacted: private key]\n-[redacted: private key]\n"
            + "+[redacted: private key]\n [redacted: private key]\n"
        let old = text([lines[0], lines[1], lines[3]])
        let new = text([lines[0], lines[2], lines[3]])
        for (old, new) in [(old, new), (nil, new), (old, nil), (nil, nil)] {
            #expect(redactor.redacted(patch, old: old, new: new) == expected)
        }
    }

    @Test func `shows the middle of a certificate when the file is known, and not when it is not`() {
        let text = (["-----BEGIN CERTIFICATE-----"] + lines + ["-----END CERTIFICATE-----", ""])
        let patch = "@@ -3,1 +3,2 @@\n \(lines[1])\n+\(lines[2])\n"
        let new = text.joined(separator: "\n")
        #expect(redactor.redacted(patch, old: new, new: new) == patch)
        #expect(!redactor.redacted(patch, old: nil, new: nil).contains(lines[1].prefix(12)))
    }

    @Test(arguments: [
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl",
        "7fd1a60b01f91b314f59955a4e4d4e80d8edf11d7fd1a60b01f91b314f59955a",
        "================================================================",
        "    func parseResponse(of request: Request, in context: Context1)",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ01",
    ])
    func `keeps lines that are only as wide as a key's`(line: String) {
        let patch = "@@ -1,1 +1,2 @@\n \(line)\n+\(line)\n"
        #expect(redactor.redacted(patch, old: nil, new: nil) == patch)
    }

    @Test func `finds what is secret in many files at once`() {
        let file = { (name: String) in "diff --git a/\(name) b/\(name)\n--- a/\(name)\n+++ b/\(name)\n" }
        let patch =
            file("a") + "@@ -0,0 +1,1 @@\n+TOKEN=\(key)\n" + file("b")
            + "@@ -1,2 +1,3 @@\n-----BEGIN PRIVATE KEY-----\n \(lines[0])\n+\(lines[1])\n+\(lines[2])\n"
        let text = redactor.redacted(patch, old: nil, new: nil)
        #expect(!text.contains(key) && lines.allSatisfy { !text.contains($0) })
        #expect(text.split(separator: "\n").count == patch.split(separator: "\n").count)
    }
}
