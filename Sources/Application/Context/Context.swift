internal import Assistant
internal import Files
internal import FoundationEssentials
package import Git
internal import Glibc
package import HTTP
package import Redaction
package import Settings

/// The composition root: what a use case works with, built from flags, the environment and the files that configure.
/// Nothing is connected or started before it is needed.
package struct Context: Sendable {
    package let reporter: any Reporter
    /// Absolute.
    package let directory: String
    package let settings: Settings
    /// Nil outside a repository.
    package let repository: Repository?
    /// Why there is no repository although there seems to be one.
    package let repositoryProblem: GitError?
    /// What the person has allowed repositories.
    package let trust: RepositoryTrust
    package let redactor: SecretRedactor
    package let http: HTTPClient

    package static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// Puts the sources of settings together. `needsRepository` opens the repository that the directory is in, which
    /// costs libgit2's start.
    ///
    /// `isHook`: git says by the environment which repository and index are meant, and notices about settings wait
    /// for a command that a person runs. `survivesMistakes`: what is wrong in the configuration is one line on stderr, and
    /// nothing of it counts.
    package static func make(
        directory: String? = nil, reporter: any Reporter, flags: [SettingEntry] = [], needsRepository: Bool = true,
        isHook: Bool = false, survivesMistakes: Bool = false
    ) async throws -> Context {
        let environment = Self.environment
        let directory = try Self.absolute(directory)
        let trust = TrustStore(environment: environment).trust
        var repository: Repository?
        var problem: GitError?
        if needsRepository {
            do throws(GitError) {
                repository = try await Repository.open(directory, usingEnvironment: isHook, trust: trust)
            } catch {
                if error.kind == .cancelled { throw error }
                if error.kind != .notARepository { problem = error }
            }
        }
        let settings: Settings
        do {
            settings = try await Self.settings(environment, flags: flags, repository: repository, reporter)
        } catch  where survivesMistakes {
            // A mistake in the configuration costs the model, not the hook.
            reporter.fail(Failure(any: error).onOneLine)
            settings = try Self.leastSettings(environment)
        }
        if !isHook { for notice in settings.notices { reporter.notice(notice) } }
        return Context(
            reporter: reporter, directory: directory, settings: settings, repository: repository,
            repositoryProblem: problem, trust: trust, redactor: SecretRedactor(values: settings.secrets),
            http: HTTPClient(userAgent: "vocero/\(ProgramVersion.current)"))
    }

    /// What memory and policies call this place; nil outside a repository.
    package func repositoryName() async throws -> String? {
        guard let repository else { return nil }
        return try await repository.repositoryName()
    }

    private static func absolute(_ directory: String?) throws -> String {
        let path = directory ?? "."
        let resolved: String
        do {
            resolved = try FileSystem.realPath(path)
        } catch {
            throw Failure(.noInput, "\(path): \(error.reason)")
        }
        guard (try? FileStatus(of: resolved))?.isDirectory == true else {
            throw Failure(.noInput, "\(path) is not a directory")
        }
        return resolved
    }

    private static func settings(
        _ environment: [String: String], flags: [SettingEntry], repository: Repository?, _ reporter: any Reporter
    ) async throws -> Settings {
        var userEntries: [SettingEntry] = []
        var repositoryEntries: [SettingEntry] = []
        var workTreeEntries: [SettingEntry] = []
        var isTrusted = false
        if let repository {
            for entry in try await repository.configuration(prefix: "vocero.") {
                // What `git config --global` sets is the person's own, as the user's file is.
                let isOwn = entry.level < .local
                let source: SettingSource = isOwn ? .userFile(entry.file) : .repository(entry.file)
                let setting = SettingEntry(key: entry.key, value: entry.value, source: source)
                if isOwn { userEntries.append(setting) } else { repositoryEntries.append(setting) }
            }
            if !repositoryEntries.isEmpty { isTrusted = try await repository.isTrusted() }
            if let root = repository.workTree {
                workTreeEntries = untrustedEntries(ofFile: root + "/.voceroconfig", reporter)
            }
        }
        if let file = Settings.userFile(environment: environment), FileSystem.exists(file) {
            userEntries += try entries(ofFile: file) { .userFile(file) }
        }
        return try Settings.resolve(
            flags: flags, environment: environment, repositoryEntries: repositoryEntries, userFileEntries: userEntries,
            workTreeEntries: workTreeEntries, trustsRepository: isTrusted, loginName: loginName(environment),
            isRoot: geteuid() == 0)
    }

    /// With nothing but a data directory: no endpoint, no database of one's own.
    private static func leastSettings(_ environment: [String: String]) throws -> Settings {
        var kept = environment.filter { ["HOME", "XDG_DATA_HOME", "LANG", "LC_ALL", "LC_MESSAGES"].contains($0.key) }
        if let home = environment["VOCERO_HOME"], home.hasPrefix("/") { kept["VOCERO_HOME"] = home }
        return try Settings.resolve(
            flags: [], environment: kept, repositoryEntries: [], userFileEntries: [], workTreeEntries: [],
            loginName: loginName(environment), isRoot: geteuid() == 0)
    }

    private static func entries(ofFile file: String, source: () -> SettingSource) throws -> [SettingEntry] {
        do throws(GitError) {
            return try GitConfigurationFile.entries(ofFile: file).map {
                SettingEntry(key: $0.key, value: $0.value, source: source())
            }
        } catch {
            throw Failure(.configuration, error.message)
        }
    }

    /// What comes with a clone must not keep anybody from working: when it cannot be read, that is said and all.
    private static func untrustedEntries(ofFile file: String, _ reporter: any Reporter) -> [SettingEntry] {
        guard isRegularFile(file) else { return [] }
        do throws(GitError) {
            return try GitConfigurationFile.entries(ofFile: file).map {
                SettingEntry(key: $0.key, value: $0.value, source: .workTree(file))
            }
        } catch {
            reporter.notice("\(error.message) It is ignored.")
            return []
        }
    }

    /// A clone may hold anything under this name: a link or a device is not read.
    private static func isRegularFile(_ path: String) -> Bool {
        (try? FileStatus(of: path, followingLink: false))?.isFile == true
    }

    private static func loginName(_ environment: [String: String]) -> String {
        if let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name { return String(cString: name) }
        return environment["USER"] ?? "user"
    }
}
