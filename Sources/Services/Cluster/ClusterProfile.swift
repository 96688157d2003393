/// How a cluster's server is set up. Everything is given on its command line, so that a new release of Vocero
/// needs no edited file.
package enum ClusterProfile: Sendable, Hashable {
    /// Small while idle, durable, for twenty commands at once.
    case standard
    /// For tests: nothing survives a power cut.
    case disposable

    func settings(major: Int) -> [String: String] {
        var settings = [
            "listen_addresses": "", "port": "5432", "max_connections": "200", "shared_buffers": "128MB",
            "huge_pages": "off", "jit": "off", "random_page_cost": "1.1", "wal_level": "minimal",
            "max_wal_senders": "0", "client_connection_check_interval": "250ms", "log_checkpoints": "off",
            // A server that ends after a crash is started by the next command; one that restarts itself on a full
            // disk does so for ever.
            "restart_after_crash": "off", "logging_collector": "off", "log_line_prefix": "%m [%p] ",
            "cluster_name": "vocero",
        ]
        // Reads by worker processes wait for two changes of process each; the files of a private cluster are in the
        // system's cache, where a read takes less than one.
        if major >= 18 { settings["io_method"] = "sync" }
        if self == .disposable {
            for name in ["fsync", "full_page_writes", "autovacuum"] { settings[name] = "off" }
            settings["shared_buffers"] = "32MB"
            settings["max_connections"] = "600"
        }
        return settings
    }
}
