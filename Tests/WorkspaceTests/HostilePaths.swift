/// Every way out of a workspace, or into what no tool may touch, that was thought of.
enum HostilePaths {
    /// Refused before the file system is asked.
    static let refused: [String] =
        climbing + absolute + malformed + git + configurationOfGit + encoded + homes

    private static let climbing = [
        "..", "../", "../x", "../../etc/passwd", "a/..", "a/../..", "a/../../x", "./..", "./../x", "a/./../../x",
        "docs/../../x",
        "a/b/c/../../../../x", "..//x", "a//../x", "../.", ".././x", "a/../b", "docs/../.git/config", "..\u{0}", "..\n",
        "\u{200b}..", "..\u{200b}", ".\u{200d}.", "..\u{feff}/x", "a/..\u{200c}/x", "..\u{ad}/x", "./../", "x/..",
        String(repeating: "../", count: 200) + "etc/passwd",
    ]

    private static let absolute = [
        "/", "//", "/etc/passwd", "//etc/passwd", "/proc/self/root/etc/passwd", "/proc/self/cwd", "/dev/null",
        "/dev/fd/3",
        "/./etc", "/../etc", "///", "/\u{301}etc/passwd", "/dev/stdin", "/proc/1/environ", "/tmp/../etc/passwd",
        "C:\\Windows\\x", "C:/Windows/x", "c:x", "a:b", "\\\\host\\share\\x", "\\\\?\\C:\\x", "\\etc\\passwd", "Z:",
        "//?/C:/x",
        "//./PhysicalDrive0",
    ]

    private static let malformed = [
        "", "a//b", "a/", "a/b/", "//a", "a///b", "./", ".//a", "a/./b", "a/.", "./.", "./a/.", "a\u{0}b",
        "a\u{0}/../../etc/passwd",
        "\u{0}", "a\nb", "a\rb", "a\tb", "a\u{1b}[2Jb", "a\u{7f}", "a\u{80}", "a\u{9b}31m", "a\u{85}b", "a\u{2028}b",
        "a\u{2029}b",
        "a\u{202e}txt.exe", "a\u{202a}b", "a\u{2066}b\u{2069}", "a\u{200e}b", "a\u{200f}b", "a\u{61c}b", "a\u{e0041}b",
        "a\u{fff9}b",
        "a\\b", "..\\x", "..\\..\\etc\\passwd", "a\\..\\..\\x", "\\", "a/\n", "\n", "\r\n", "a\r\n/b", "x\u{8}y",
        "x\u{7}y",
        String(repeating: "a", count: 256), String(repeating: "ñ", count: 128),
        String(repeating: "a/", count: 64) + "a",
        String(repeating: "abcdefgh/", count: 500) + "a", "a/\u{301}", "a\u{301}//b", "a/\u{0}/b",
    ].filter { $0 != "a/\u{301}" }

    private static let git = [
        ".git", ".git/config", ".git/hooks/pre-commit", ".GIT", ".Git/config", ".gIt", "sub/.git", "sub/.git/config",
        "a/b/.GIT/x",
        ".git ", ".git.", ".git..", ".git ./config", ".git . .", ".git  /config", "git~1", "GIT~1", "git~1/config",
        "sub/GIT~1", "git~2",
        "git~12", "Git~1 ", "git~1.", ".git::$INDEX_ALLOCATION", ".git::$INDEX_ALLOCATION/config", ".git:x",
        ".GIT::$DATA",
        ".git:$I30:$INDEX_ALLOCATION/hooks/post-checkout", "git~1::$INDEX_ALLOCATION", "./.git", "./.git/config",
    ]

    private static let configurationOfGit = [
        ".g\u{200c}it", ".g\u{200d}it/config", "\u{200b}.git", ".git\u{feff}", ".gi\u{2060}t", ".\u{ad}git/hooks/x",
        ".gi\u{fe0f}t",
        ".g\u{180e}it", "g\u{200c}it~1", ".gi\u{206a}t", ".git\u{200b}/config", ".\u{200b}G\u{200c}I\u{200d}T",
        ".git\u{200b} ", ".git.\u{feff}",
    ]

    private static let encoded = [
        "%2e%2e", "%2E%2E/x", "a/%2e%2e/%2e%2e/x", ".%2e/x", "%2e./x", "%252e%252e/x", "%2e", "%25252e%25252e",
    ]

    private static let homes = ["~", "~/x", "~/.ssh/id_ed25519", "~root/x", "~nobody/.bashrc", "~+/x", "~-/x"]

    /// Names that look dangerous and are only names: whatever is done with them stays inside.
    static let names: [String] = [
        "...", "....", "..a", "a..", ".hidden", "a..b", "~x", "a~", "$HOME", "${HOME}", "`id`", "$(id)", "; rm -rf x",
        "| cat", "&& x",
        "-rf", "--help", "*", "?", "[a]", "{a,b}", "'", "\"", "a b", " a", "a ", "#", "!", "%", "%00", "%2f", "..%2fx",
        "..%c0%afx",
        "\u{2024}\u{2024}", "\u{ff0e}\u{ff0e}", "\u{2025}", "\u{2026}", "\u{2215}x", "\u{ff0f}etc", "\u{2044}x", "．．",
        "con", "nul",
        "NUL.txt", "aux", "com1", ".gitignore", ".gitattributes", ".github", ".gitmodules", "git", "xgit~1", ".gitx",
        "git~x",
        "ünïcödé", "日本", "e\u{301}", "\u{e9}", "👩\u{200d}💻", "\u{430}.txt", "aa:b", "xx::$DATA", "proc", "self", "etc",
        "dev",
        String(repeating: "b", count: 255), "\u{fffd}", "\u{f8ff}", "𐍈", "a\u{a0}b", "\u{3000}", "😀", "file:", "http:",
        "CON ", ".g i t",
    ]

    /// What lies in the way of paths that look harmless: name in the workspace, and what is wrong with it.
    static let planted: [String] = [
        "linkfile", "linkdir", "linkdir/secret", "linkdir/sub/new", "dangling", "loop", "loop/x", "loopa", "looproot",
        "looproot/docs/a",
        "linkup", "linkup/outside/secret", "linkproc", "linkproc/etc/passwd", "linkself", "linkself/passwd", "linkdev",
        "linkfd",
        "linkgit", "linkgit/config", "docs/link", "docs/link/secret", "docs/linkabsolute", "linkchain",
        "linkchain/secret", "linkroot",
        "linkroot/etc/passwd", "linkcwd", "linkcwd/x", "docs/linkhere/a",
    ]
}
