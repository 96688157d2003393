import Hooks
import Testing

struct `The class of a file` {
    @Test(arguments: [
        ("src/main.swift", FileClass.source), ("latest.swift", .source), ("Sources/Contest.kt", .source),
        ("a", .source),
        ("año/código.py", .source), ("lib/keys.rb", .source), ("src/environment.ts", .source),
        ("Tests/ParserTests.swift", .test), ("pkg/parser_test.go", .test), ("test_parser.py", .test),
        ("src/app.test.ts", .test), ("spec/models/user_spec.rb", .test), ("src/ParserTest.java", .test),
        ("README.md", .documentation), ("docs/conf.py", .documentation), ("LICENSE", .documentation),
        ("notes.txt", .documentation), ("CHANGELOG.rst", .documentation),
        ("config.yaml", .configuration), (".github/workflows/ci.yml", .configuration), ("Makefile", .configuration),
        ("requirements.txt", .configuration), ("CMakeLists.txt", .configuration), (".gitignore", .configuration),
        ("package-lock.json", .lock), ("web/yarn.lock", .lock), ("Cargo.lock", .lock), ("Package.resolved", .lock),
        ("go.sum", .lock), ("uv.lock", .lock), ("ios/Podfile.lock", .lock), ("flake.lock", .lock),
        ("dist/app.js", .generated), ("app.min.js", .generated), ("api.pb.go", .generated), ("x_pb2.py", .generated),
        ("__snapshots__/a.snap", .generated), ("model.g.dart", .generated),
        ("vendor/github.com/x/y.go", .vendored), ("web/node_modules/a/index.js", .vendored),
        ("third_party/z.c", .vendored), ("logo.png", .binary), ("data/app.sqlite", .binary), ("lib.so", .binary),
        (".env", .secret), (".env.local", .secret), ("prod.env", .secret), ("certs/server.pem", .secret),
        ("id_rsa", .secret), (".ssh/id_ed25519", .secret), (".npmrc", .secret), ("a/.netrc", .secret),
        (".aws/credentials", .secret), ("key.p12", .secret), ("terraform.tfstate", .secret), ("putty.ppk", .secret),
        (".docker/config.json", .secret), ("vendor/x/.env", .secret),
        (".envrc", .secret), (".env.bak", .secret), ("server.key.old", .secret), ("id_rsa~", .secret),
        (".kube/config", .secret), ("client_secret_1.json", .secret), (".cargo/credentials.toml", .secret),
        ("web/dist/app.js", .generated), ("contests/a.swift", .source), ("Tests/HooksTests/Bench.swift", .test),
        (".env.example", .configuration), ("id_rsa.pub", .source), ("config.json", .configuration),
    ])
    func `is told by its name`(path: String, fileClass: FileClass) {
        #expect(FileClass.of(path: path) == fileClass)
    }

    @Test func `is told by its attributes and content`() {
        #expect(FileClass.of(path: "a.swift", isGenerated: true) == .generated)
        #expect(FileClass.of(path: "a.swift", isVendored: true) == .vendored)
        #expect(FileClass.of(path: "a.swift", isDiffUnset: true) == .binary)
        #expect(FileClass.of(path: "a.swift", isBinary: true) == .binary)
        #expect(FileClass.of(path: "libs/a", isSubmodule: true) == .submodule)
        #expect(FileClass.of(path: ".env", isGenerated: true) == .secret)
    }
}
