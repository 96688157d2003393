internal import Files

extension FileLock {
    /// Takes a service's lock if nobody holds it; nil when somebody does.
    static func ofService(_ path: String) throws(ServicesError) -> FileLock? {
        do {
            return try attempt(path)
        } catch {
            throw ServicesError(error, doing: "lock")
        }
    }
}
