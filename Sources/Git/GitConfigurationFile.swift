/// Files in git's configuration syntax that are not a repository's own: settings, policies.
package enum GitConfigurationFile {
    /// The largest file that is read, in bytes.
    package static let maxSize = 1 << 20

    /// The entries of a file in their order: `section.Sub Section.name`, section and name in lower case.
    ///
    /// Included files are never read: a file that has an `include` section is refused. A name without `=` has the
    /// value `true`.
    ///
    /// - Throws: `notFound` when there is no file, `tooLarge`, or `failed` with the line that is wrong.
    package static func entries(ofFile path: String) throws(GitError) -> [(key: String, value: String)] {
        throw .declared
    }

    /// The entries of a text; `name` is what errors call it.
    package static func entries(
        ofText text: String, name: String = "the configuration"
    ) throws(GitError) -> [(key: String, value: String)] {
        throw .declared
    }
}
