internal import Git

/// The first line of a message that no model writes.
struct DigestSubject {
    let files: [ChangedFile]
    let moreFiles: Int
    let words: DigestWords

    func text(_ style: MessageStyle) -> String {
        var front = ""
        if style.isConventional {
            front = type(style) + scope(style) + ": "
            // A message that says what changed is worth more than a scope.
            if front.count > style.longestSubject / 2 { front = type(style) + ": " }
        } else if style.prefix == .area, let area = commonDirectory?.split(separator: "/").last {
            front = "\(area): "
        }
        let candidates = phrases
        let room = style.longestSubject - front.count - (style.endsWithFullStop ? 1 : 0)
        var phrase = candidates.first { $0.count <= room } ?? candidates.last ?? ""
        if phrase.count > room { phrase = words.update(words.files(files.count + moreFiles)) }
        if !style.startsUpperCase || style.isConventional { phrase = lowerFirst(phrase) }
        return front + phrase + (style.endsWithFullStop ? "." : "")
    }

    private func lowerFirst(_ text: String) -> String {
        guard let first = text.first else { return text }
        return first.lowercased() + text.dropFirst()
    }

    /// From the most telling to the shortest.
    private var phrases: [String] {
        guard moreFiles == 0, let first = files.first else {
            return [words.update(words.files(files.count + moreFiles))]
        }
        if files.count == 1 { return single(first) }
        let verb = commonKind.map { words.verb($0) } ?? words.verb(.modified)
        var phrases: [String] = []
        if files.count == 2 {
            phrases.append("\(verb) \(name(files[0].path)) \(words.and) \(name(files[1].path))")
        }
        if let theme { phrases.append("\(verb) \(theme)") }
        if told.count == 1, told.count < files.count {
            phrases.append("\(told.first.map { words.verb($0.kind) } ?? verb) \(name(told[0].path))")
        }
        let count = words.files(files.count)
        if let directory = commonDirectory { phrases.append("\(verb) \(count) \(words.below) \(directory)") }
        return phrases + ["\(verb) \(count)"]
    }

    private func single(_ file: ChangedFile) -> [String] {
        let name = name(file.path)
        let full = DisplayPath.text(file.path)
        if file.fileClass == .submodule {
            return file.kind == .modified ? [words.bump(full), words.bump(name)] : ["\(words.verb(file.kind)) \(full)"]
        }
        switch file.kind {
        case .renamed:
            let old = file.oldPath ?? file.path
            let isMove = self.name(old) == name
            let place = CommitDigest.directory(of: file.path)
            return isMove
                ? [words.move(name, to: place.isEmpty ? "." : place), words.move(name)]
                : [words.rename(self.name(old), to: name), words.rename(to: name)]
        case .modified where file.oldMode != file.newMode && (file.insertions ?? 0) + (file.deletions ?? 0) == 0:
            if file.newMode == 0o100755 { return [words.executable(name)] }
            if file.newMode == 0o100644, file.oldMode == 0o100755 { return [words.notExecutable(name)] }
            return ["\(words.verb(.modified)) \(name)"]
        case .typeChanged: return [words.typeChange(name, isLink: file.newMode == 0o120000)]
        default: return ["\(words.verb(file.kind)) \(name)"]
        }
    }

    private func name(_ path: String) -> String {
        DisplayPath.text(path.split(separator: "/").last.map(String.init) ?? path)
    }

    /// When all files do the same.
    private var commonKind: ChangeKind? {
        let kinds = Set(files.map(\.kind))
        return kinds.count == 1 ? kinds.first : nil
    }

    /// The files that say something; all of them when none does.
    private var told: [ChangedFile] {
        let found = files.filter { !$0.fileClass.isStatisticsOnly }
        return found.isEmpty ? files : found
    }

    /// What all files are, in words; nil when they have nothing in common.
    private var theme: String? {
        let classes = Set(told.map(\.fileClass))
        if classes == [.documentation] { return words.documentation }
        if classes == [.test] { return words.tests }
        if classes == [.configuration] { return words.configuration }
        if classes == [.lock] { return words.lockFiles }
        if classes == [.source, .test], let source = onlyName(of: .source) { return words.withTests(source) }
        return nil
    }

    private func onlyName(of fileClass: FileClass) -> String? {
        let found = told.filter { $0.fileClass == fileClass }
        return found.count == 1 ? found.first.map { name($0.path) } : nil
    }

    private var commonDirectory: String? {
        let directories = files.map { CommitDigest.directory(of: $0.path).split(separator: "/") }
        guard var common = directories.first else { return nil }
        for directory in directories.dropFirst() {
            common = Array(common.prefix(zip(common, directory).prefix { $0 == $1 }.count))
        }
        return common.isEmpty ? nil : DisplayPath.text(common.joined(separator: "/"))
    }

    // MARK: Conventional commits

    /// Only what the files prove.
    private func type(_ style: MessageStyle) -> String {
        let classes = Set(files.map(\.fileClass))
        let type =
            if classes == [.documentation] {
                "docs"
            } else if classes == [.test] {
                "test"
            } else if files.allSatisfy({ Self.isIntegration($0.path) }) {
                "ci"
            } else if files.allSatisfy({
                [.lock, .submodule, .vendored].contains($0.fileClass) || Self.isBuild($0.path)
            }) {
                "build"
            } else if files.contains(where: { $0.kind == .added && $0.fileClass == .source }) {
                "feat"
            } else if classes.contains(.source), commonKind == .renamed {
                "refactor"
            } else {
                "chore"
            }
        // A repository that has its own few types gets one of them.
        if style.types.isEmpty || style.types.contains(type) { return type }
        return ["chore", "feat", "docs", "test"].contains(type) || !style.types.contains("chore") ? type : "chore"
    }

    private static func isIntegration(_ path: String) -> Bool {
        [".github/workflows/", ".circleci/", ".gitlab/"].contains { path.hasPrefix($0) }
            || [".gitlab-ci.yml", ".travis.yml", "azure-pipelines.yml", "Jenkinsfile", ".drone.yml"].contains(path)
    }

    private static func isBuild(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return [
            "Makefile", "CMakeLists.txt", "Package.swift", "package.json", "go.mod", "Cargo.toml", "pyproject.toml",
            "pom.xml", "build.gradle", "build.gradle.kts", "Gemfile", "composer.json", "Dockerfile",
        ].contains(name)
    }

    private func scope(_ style: MessageStyle) -> String {
        guard !style.scopes.isEmpty, let directory = commonDirectory else { return "" }
        let parts = directory.split(separator: "/").map { $0.lowercased() }
        let known = parts.reversed().first { part in style.scopes.contains { $0.lowercased() == part } }
        return known.map { "(\($0))" } ?? ""
    }
}
