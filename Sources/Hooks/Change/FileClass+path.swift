extension FileClass {
    /// The class of a file by its name, and by what its attributes and content say. Content that may be secret comes
    /// before everything: it is never shown.
    package static func of(
        path: String, isGenerated: Bool = false, isVendored: Bool = false, isDiffUnset: Bool = false,
        isBinary: Bool = false, isSubmodule: Bool = false
    ) -> FileClass {
        if isSubmodule { return .submodule }
        let parts = path.lowercased().split(separator: "/").map(String.init)
        guard let name = parts.last else { return .source }
        let directories = parts.dropLast()
        if isSecret(name, directories) { return .secret }
        if lockFiles.contains(name) { return .lock }
        if isGenerated || isGeneratedName(name, directories) { return .generated }
        if isVendored || directories.contains(where: vendorDirectories.contains) { return .vendored }
        if isBinary || isDiffUnset || binaryEndings.contains(ending(of: name)) { return .binary }
        if isTest(name, directories) || hasTestEnding(path) { return .test }
        if isDocumentation(name, directories) { return .documentation }
        return isConfiguration(name, directories) ? .configuration : .source
    }

    private static func ending(of name: String) -> String {
        name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
    }

    private static func isSecret(_ name: String, _ directories: ArraySlice<String>) -> Bool {
        // A copy is as secret as what it is of.
        for copy in [".bak", ".old", ".orig", ".save", "~"] where name.hasSuffix(copy) && name.count > copy.count {
            return isSecret(String(name.dropLast(copy.count)), directories)
        }
        if secretNames.contains(name) || secretEndings.contains(ending(of: name)) { return true }
        if name == ".env" || name.hasPrefix(".env.") || name.hasSuffix(".env") {
            return !["example", "sample", "template", "dist"].contains(ending(of: name))
        }
        if name.hasPrefix("id_rsa") || name.hasPrefix("id_ed25519") || name.hasPrefix("id_ecdsa")
            || name.hasPrefix("id_dsa")
        {
            return !name.hasSuffix(".pub")
        }
        if name == "credentials" {
            return directories.last.map { [".aws", "aws", ".gem", ".cargo"].contains($0) } ?? false
        }
        if name == "config", directories.last == ".kube" { return true }
        if name.hasSuffix(".json"),
            ["client_secret", "service-account", "serviceaccount", "-adminsdk-"].contains(where: name.contains)
        {
            return true
        }
        return name == "config.json" && directories.last == ".docker"
    }

    private static func isGeneratedName(_ name: String, _ directories: ArraySlice<String>) -> Bool {
        generatedMarks.contains { name.contains($0) } || generatedEndings.contains { name.hasSuffix($0) }
            || directories.contains("__snapshots__") || directories.contains("dist")
    }

    private static func isTest(_ name: String, _ directories: ArraySlice<String>) -> Bool {
        if directories.contains(where: { ["test", "tests", "spec", "specs", "__tests__", "testdata"].contains($0) }) {
            return true
        }
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        return stem.hasPrefix("test_") || stem.hasSuffix("_test") || stem.hasSuffix("_spec")
            || name.contains(".test.") || name.contains(".spec.")
            || directories.contains { $0.hasSuffix("-tests") || $0.hasSuffix("_tests") || $0.hasSuffix(".tests") }
    }

    /// `ParserTests.swift`, and not `latest.swift`.
    private static func hasTestEnding(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        // `Tests/HooksTests/…`, and not `contests/…`.
        if parts.dropLast().contains(where: { $0.hasSuffix("Tests") }) { return true }
        let name = parts.last ?? ""
        let stem = name.prefix { $0 != "." }
        return ["swift", "java", "kt", "cs", "php", "scala", "groovy", "m"].contains(ending(of: name.lowercased()))
            && (stem.hasSuffix("Tests") || stem.hasSuffix("Test") || stem.hasSuffix("Spec"))
    }

    private static func isDocumentation(_ name: String, _ directories: ArraySlice<String>) -> Bool {
        ["md", "markdown", "rst", "adoc", "asciidoc", "org", "tex", "pod"].contains(ending(of: name))
            || ["license", "licence", "copying", "authors", "notice", "changelog", "readme", "contributing", "todo"]
                .contains(name.split(separator: ".").first.map(String.init) ?? name)
            || ending(of: name) == "txt" && !["requirements.txt", "cmakelists.txt", "robots.txt"].contains(name)
            || directories.first.map { ["docs", "doc", "documentation"].contains($0) } ?? false
    }

    private static func isConfiguration(_ name: String, _ directories: ArraySlice<String>) -> Bool {
        ["yaml", "yml", "toml", "json", "ini", "cfg", "conf", "properties", "plist", "xml", "editorconfig"]
            .contains(ending(of: name))
            || ["makefile", "dockerfile", "jenkinsfile", "procfile", "cmakelists.txt", "requirements.txt"].contains(
                name)
            || name.hasPrefix(".")
            || directories.first.map { [".github", ".circleci", ".config"].contains($0) } ?? false
    }

    private static let lockFiles: Set<String> = [
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb",
        "deno.lock", "cargo.lock", "package.resolved", "go.sum", "go.work.sum", "poetry.lock", "uv.lock", "pdm.lock",
        "pipfile.lock", "pixi.lock", "conda-lock.yml", "gemfile.lock", "composer.lock", "mix.lock", "rebar.lock",
        "flake.lock", "gradle.lockfile", "buildscript-gradle.lockfile", "packages.lock.json", "podfile.lock",
        "cartfile.resolved", "pubspec.lock", "stack.yaml.lock", "cabal.project.freeze", "shard.lock", "conan.lock",
        "paket.lock", "project.assets.json", "berksfile.lock", "chart.lock", ".terraform.lock.hcl",
        "manifest.toml.lock", "elm-stuff.json", "renv.lock",
    ]

    private static let vendorDirectories: Set<String> = [
        "vendor", "node_modules", "third_party", "third-party", "thirdparty", "bower_components", "pods", "carthage",
        "jspm_packages", ".bundle", "site-packages", "godeps",
    ]

    private static let generatedMarks = [
        ".min.", ".generated.", ".gen.", "_generated.", ".g.dart", ".freezed.", "-bundle.", ".bundle.js",
    ]

    private static let generatedEndings = [
        ".pb.go", ".pb.h", ".pb.cc", ".pb.swift", "_pb2.py", "_pb2_grpc.py", "_pb.js", "_pb.d.ts", ".designer.cs",
        ".snap", ".map", ".pbxproj", "_string.go", ".lock.hcl",
    ]

    private static let secretNames: Set<String> = [
        ".netrc", "_netrc", ".npmrc", ".pypirc", ".pgpass", ".htpasswd", ".git-credentials", ".dockercfg",
        ".vault-token",
        ".my.cnf", ".mylogin.cnf", ".envrc", ".s3cfg", ".boto", "kubeconfig", "pgpass.conf", "htpasswd",
        "credentials.toml", "credentials.tfrc.json", "access_tokens.db", "credentials.db", "settings-security.xml",
        "secrets.yml", "secrets.yaml", "secrets.json", "secrets.toml", "credentials.json",
        "service-account.json", "service_account.json", "application_default_credentials.json", "terraform.tfstate",
        "terraform.tfvars", "secring.gpg", "wallet.dat", "keyfile",
    ]

    private static let secretEndings: Set<String> = [
        "pem", "key", "p12", "pfx", "p8", "pk8", "jks", "keystore", "kdbx", "kdb", "ppk", "asc", "gpg", "age", "ovpn",
        "tfstate", "tfvars", "agekey", "keytab", "pkcs12",
    ]

    private static let binaryEndings: Set<String> = [
        "png", "jpg", "jpeg", "gif", "webp", "ico", "bmp", "tiff", "psd", "pdf", "zip", "gz", "xz", "bz2", "zst", "tar",
        "7z", "rar", "jar", "war", "class", "exe", "dll", "so", "dylib", "a", "o", "wasm", "mp3", "mp4", "wav", "flac",
        "ogg", "webm", "mov", "avi", "woff", "woff2", "ttf", "otf", "eot", "sqlite", "db", "pyc", "docx", "xlsx",
    ]
}
