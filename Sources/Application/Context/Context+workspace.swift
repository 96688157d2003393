internal import Assistant
internal import Files
package import Git
internal import Redaction
internal import Settings
package import Workspace

extension Context {
    /// The files that agents may see below a root: what the repository ignores and the settings leave out is not there.
    /// The policies of the command are not theirs to write.
    package func workspace(at root: String, of repository: Repository?, policies: [String]) throws -> Workspace {
        let kept = KeptPlaces(unwritable: policies.map(absolute), closed: ownPlaces)
        let rules = repository == nil ? nil : try IgnoreRules(workTree: root)
        let excluded = settings.style.excludedPaths.map(PathPattern.init)
        let redactor = redactor
        return try Workspace(
            root: root, kept: kept,
            isIgnored: { path, isDirectory in
                let name = path.description
                return excluded.contains { $0.matches(name) }
                    || rules?.isIgnored(name, isDirectory: isDirectory) ?? false
            },
            shown: { redactor.redactedByLine($0) })
    }

    /// What a policy file says.
    package static func policyEntries(ofFile path: String) throws(Failure) -> [(key: String, value: String)] {
        do throws(GitError) {
            return try GitConfigurationFile.sections(ofFile: path)
        } catch {
            throw Failure(error.kind == .notFound ? .noInput : .configuration, error.message)
        }
    }

    /// A path that a person gave, from the working directory on.
    package func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : directory + "/" + path }

    /// What this program keeps for the person: turns of other repositories, recordings, keys.
    private var ownPlaces: [String] {
        var places = [settings.places.home]
        if let file = Settings.userFile(environment: Self.environment) {
            places.append(file)
            let directory = FileSystem.parent(of: file)
            if FileSystem.name(of: directory) == "vocero" { places.append(directory) }
        }
        return places
    }
}
