import Hooks
import Testing

struct `The git that runs a hook` {
    @Test(arguments: [
        ("git commit --amend", true), ("git commit --am -m x", true), ("git -C x commit -a --amend --no-edit", true),
        ("git commit -m --amendment", false), ("git commit --allow-empty", false), ("git commit -- --amend", false),
        ("git commit -m x", false), ("git commit --a", false),
    ])
    func `amends a commit when its command line says so`(line: String, isAmending: Bool) {
        #expect(CallingGit(arguments: line.split(separator: " ").map(String.init)).isAmending == isAmending)
    }

    @Test(arguments: [
        ("git commit --cleanup=whitespace", "whitespace"), ("git commit --cleanup verbatim -v", "verbatim"),
        ("git commit --clean=scissors", "scissors"), ("git commit -m x", nil), ("git commit -- --cleanup=strip", nil),
    ])
    func `cleans messages up as its command line says`(line: String, cleanup: String?) {
        #expect(CallingGit(arguments: line.split(separator: " ").map(String.init)).cleanup == cleanup)
    }
}
