import Git
import TestSupport
import Testing

struct `A file in git's configuration syntax` {
    @Test func `gives its entries in order with the case of subsections`() throws {
        let text = """
            # settings
            [Chat]
            \turl = https://example.org/v1 ; a comment
            \tStream
            [allow "Issue_Comment"]
            \trepository = acme/*
            \trepository = "acme two"
            \tpath = docs/**
            """
        let entries = try GitConfigurationFile.entries(ofText: text)
        #expect(
            entries.map { "\($0.key)=\($0.value)" } == [
                "chat.url=https://example.org/v1", "chat.stream=true", "allow.Issue_Comment.repository=acme/*",
                "allow.Issue_Comment.repository=acme two", "allow.Issue_Comment.path=docs/**",
            ])
    }

    @Test(arguments: [
        "[include]\n\tpath = SECRET\n", "[INCLUDE]\npath=SECRET", "[ include]\npath = SECRET",
        "[includeIf \"gitdir:/\"]\n\tpath = SECRET\n", "[a] b = c\n[include] path = SECRET\n",
        "[a \"x\"][include]path=SECRET", "\u{feff}[include]\npath = SECRET\n", "[include \"x\"]\n\tpath = SECRET\n",
        "[a]\n\tb = \"\\\n\"\n[InClUdE]\n\tpath = SECRET\n",
    ])
    func `is refused when it includes another file`(text: String) throws {
        let directory = try TemporaryDirectory()
        let secret = try directory.write("secret", "[stolen]\n\tvalue = 1\n")
        let file = try directory.write("hostile", text.replacing("SECRET", with: secret))
        #expect { try GitConfigurationFile.entries(ofFile: file) } throws: { error in
            (error as? GitError)?.message.contains("include") == true
        }
    }

    @Test(arguments: ["[a", "[a b]", "= 1", "[a]\n\t= 2", "[a]\nb = \u{0}"])
    func `is refused with its name when it is broken`(text: String) {
        #expect { try GitConfigurationFile.entries(ofText: text, name: "settings.conf") } throws: { error in
            guard let error = error as? GitError else { return false }
            return error.message.contains("settings.conf") && !error.message.contains("/proc")
        }
    }

    @Test func `is refused when it is too large, missing or no regular file`() throws {
        let directory = try TemporaryDirectory()
        let large = try directory.write("large", String(repeating: "# comment\n", count: 110_000))
        let kinds = ["/dev/zero", directory.path, directory.file("none"), large].map { path in
            do throws(GitError) {
                _ = try GitConfigurationFile.entries(ofFile: path)
                return GitError.Kind.cancelled
            } catch {
                return error.kind
            }
        }
        #expect(kinds == [.failed, .failed, .notFound, .tooLarge])
    }
}
