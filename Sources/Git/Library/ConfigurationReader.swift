internal import CGit2

/// Reads the entries of an open configuration.
enum ConfigurationReader {
    struct Entry {
        let key: String
        let value: String
        let level: git_config_level_t
    }

    /// All entries, the weakest level first, a file's in their order.
    static func entries(of configuration: OpaquePointer) throws(GitError) -> [Entry] {
        var iterator: OpaquePointer?
        try check(unsafe git_config_iterator_new(&iterator, configuration), "read the configuration")
        defer { unsafe git_config_iterator_free(iterator) }
        var entries: [Entry] = []
        while true {
            var next: UnsafeMutablePointer<git_config_entry>?
            let code = unsafe git_config_next(&next, iterator)
            if code == GIT_ITEROVER.rawValue { return entries }
            try check(code, "read the configuration")
            guard let entry = unsafe next?.pointee else { return entries }
            // A name without `=` has no value and means true.
            let value = unsafe entry.value == nil ? "true" : text(ofC: entry.value)
            unsafe entries.append(Entry(key: text(ofC: entry.name), value: value, level: entry.level))
        }
    }

    /// A text value of a repository's configuration; nil when it is not set.
    static func string(_ key: String, of configuration: OpaquePointer) -> String? {
        var buffer = unsafe git_buf()
        guard unsafe git_config_get_string_buf(&buffer, configuration, key) == 0 else { return nil }
        return unsafe takeText(of: &buffer)
    }

    /// A truth value; false when it is not set or is none.
    static func isTrue(_ key: String, of configuration: OpaquePointer) -> Bool {
        var value: Int32 = 0
        return unsafe git_config_get_bool(&value, configuration, key) == 0 && value != 0
    }
}
