internal import Files
internal import Glibc

/// The user whose rights a server gets. PostgreSQL refuses to run as root, and no server needs root's rights.
struct ServiceUser: Hashable {
    let name: String
    let userID: uid_t
    let groupID: gid_t

    /// What runs as a user. Each has one of its own where scripts/setup made it; none is `nobody`, which other programs'
    /// servers are, too.
    enum Role {
        case database, engines

        var names: [String] {
            switch self {
            case .database: ["vocero", "postgres"]
            case .engines: ["vocero-engines", "vocero"]
            }
        }
    }

    /// Ourselves; for root the first of the role's users that exists.
    static func preferred(for role: Role) throws(ServicesError) -> ServiceUser {
        if geteuid() != 0 { return .current }
        for name in role.names {
            if let user = ServiceUser(named: name), user.userID != 0 { return user }
        }
        throw ServicesError(
            .permission,
            "Running as root needs an unprivileged user for its servers, and none of "
                + "\(role.names.joined(separator: " and ")) exists: add one with 'useradd --system vocero'.")
    }

    /// Ourselves, with or without an entry in the user database.
    static var current: ServiceUser {
        ServiceUser(userID: geteuid()) ?? ServiceUser(name: "\(geteuid())", userID: geteuid(), groupID: getegid())
    }

    /// Whether this user may enter every directory on the way to a path, before and after following its links.
    func canReach(_ path: String) -> Bool {
        guard isOther else { return true }
        guard let resolved = try? FileSystem.realPath(path) else { return false }
        return [path, resolved].allSatisfy { path in
            var ancestor = ""
            return path.split(separator: "/").dropLast().allSatisfy { part in
                ancestor += "/" + part
                return (try? FileStatus(of: ancestor))?.admits(self) == true
            }
        }
    }

    /// Whether a server of this user has to be started with other rights than ours.
    var isOther: Bool { userID != geteuid() }

    init?(named name: String) {
        self.init { getpwnam_r(name, $0, $1, $2, $3) }
    }

    init?(userID: uid_t) {
        self.init { getpwuid_r(userID, $0, $1, $2, $3) }
    }

    private init(name: String, userID: uid_t, groupID: gid_t) {
        self.name = name
        self.userID = userID
        self.groupID = groupID
    }

    private typealias Lookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    private init?(_ lookup: Lookup) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        let capacity = buffer.count
        let user: ServiceUser? = buffer.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress, lookup(&entry, base, capacity, &found) == 0, found != nil,
                let name = entry.pw_name
            else { return nil }
            return ServiceUser(name: String(cString: name), userID: entry.pw_uid, groupID: entry.pw_gid)
        }
        guard let user else { return nil }
        self = user
    }
}
