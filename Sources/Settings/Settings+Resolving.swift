extension Settings {
    /// Puts the sources together: flag, environment, the repository's git configuration, the user's file, default.
    ///
    /// - Parameters:
    ///   - flags: Entries with the source `.flag`.
    ///   - environment: The process's environment; empty variables count as unset.
    ///   - repositoryEntries: `vocero.*` of the repository's own git configuration, the last of a key wins; what is
    ///     not `vocero.*` is passed over. Style and manners count, limits only downwards, the rest is a notice.
    ///   - userFileEntries: Of `~/.config/vocero/config`, with or without the `vocero.` in front.
    ///   - workTreeEntries: Of `.voceroconfig`: style only, the rest is ignored with a notice.
    ///   - trustsRepository: The person has allowed the repository where its engines are.
    ///   - loginName: The default of `user`.
    ///   - isRoot: Root keeps its data in `/var/lib/vocero`.
    /// - Returns: Every setting, with notices of what was ignored.
    /// - Throws: An error for a value that is used and not valid; one of `.voceroconfig` is a notice instead.
    package static func resolve(
        flags: [SettingEntry] = [], environment: [String: String] = [:], repositoryEntries: [SettingEntry] = [],
        userFileEntries: [SettingEntry] = [], workTreeEntries: [SettingEntry] = [], trustsRepository: Bool = false,
        loginName: String = "user", isRoot: Bool = false
    ) throws(SettingsError) -> Settings {
        var lookup = SettingLookup(trustsRepository: trustsRepository)
        lookup.add(flags, at: .flag)
        lookup.add(environment: environment)
        lookup.add(repositoryEntries, at: .repository)
        lookup.add(userFileEntries, at: .userFile)
        lookup.add(workTreeEntries, at: .workTree)
        var resolver = SettingsResolver(lookup: lookup, environment: environment)
        return try resolver.settings(loginName: loginName, isRoot: isRoot)
    }

    /// The data directory as far as the environment tells: what a failure is logged in when nothing else could be read.
    package static func usualHome(environment: [String: String], isRoot: Bool) -> String? {
        if let home = environment["VOCERO_HOME"], home.hasPrefix("/") { return home }
        return defaultHome(environment: environment, isRoot: isRoot)
    }

    /// Nil when no directory of the user's is known.
    static func defaultHome(environment: [String: String], isRoot: Bool) -> String? {
        if isRoot { return "/var/lib/vocero" }
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/vocero" }
        if let user = environment["HOME"], user.hasPrefix("/") { return user + "/.local/share/vocero" }
        return nil
    }

    /// Where it is kept what a person allowed repositories: always beside the usual place of the user's file.
    ///
    /// - Parameter environment: The process's environment.
    /// - Returns: Nil when the environment does not even name a home directory.
    package static func trustFile(environment: [String: String]) -> String? {
        userFile(environment: environment.filter { $0.key != "VOCERO_CONFIG" }).map {
            String($0.dropLast("config".utf8.count)) + "trusted"
        }
    }

    /// Where the user's file is: `VOCERO_CONFIG`, else below `XDG_CONFIG_HOME`, else below `~/.config`.
    ///
    /// - Parameter environment: The process's environment.
    /// - Returns: Nil when the environment does not even name a home directory.
    package static func userFile(environment: [String: String]) -> String? {
        if let file = environment["VOCERO_CONFIG"], !file.isEmpty { return file }
        if let directory = environment["XDG_CONFIG_HOME"], directory.hasPrefix("/") {
            return directory + "/vocero/config"
        }
        if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.config/vocero/config" }
        return nil
    }
}
