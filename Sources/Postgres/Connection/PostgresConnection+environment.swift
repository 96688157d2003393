internal import CPostgres

extension PostgresConnection {
    /// The `PG*` variables that say what a connection string says, for programs that are started: a command line
    /// is seen by every user of the machine.
    package static func environment(of connectionString: String) -> [String: String] {
        var variables: [String: String] = [:]
        guard let options = unsafe PQconninfoParse(connectionString, nil) else {
            return connectionString.isEmpty ? [:] : ["PGDATABASE": connectionString]
        }
        defer { unsafe PQconninfoFree(options) }
        var option = unsafe options
        while unsafe option.pointee.keyword != nil {
            if let name = unsafe option.pointee.envvar, let value = unsafe option.pointee.val {
                unsafe variables[String(cString: name)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
        return variables
    }
}
