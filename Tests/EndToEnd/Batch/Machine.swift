import Glibc
import TestSupport

/// A network namespace that a wire connects with this one; gone with the last reference.
final class Machine: Sendable {
    private let name: String
    private let wire: String
    /// Of this machine, as the other one sees it.
    let address: String

    /// Root alone may, and not in every container.
    static let arePermitted: Bool = {
        guard geteuid() == 0, access("/usr/sbin/ip", X_OK) == 0 || access("/sbin/ip", X_OK) == 0 else { return false }
        // What a killed test process has left.
        _ = shell(
            """
            for name in $(ip netns list | cut -d ' ' -f 1 | grep '^vocero-'); do
                pid=${name#vocero-}
                [ -d "/proc/${pid%%-*}" ] || ip netns del "$name"
            done
            """)
        // In a namespace that ends with the process.
        return shell("unshare -n ip link add vocero0 type veth peer name vocero1") && shell("mkdir -p /run/netns")
    }()

    private init(name: String, wire: String, address: String) {
        self.name = name
        self.wire = wire
        self.address = address
    }

    static func make() async throws -> Machine {
        let number = UInt16.random(in: 0..<16_000)
        let (name, wire) = ("vocero-\(getpid())-\(number)", "vo\(UInt32.random(in: 0..<10_000_000))")
        // A network of four addresses out of 10.213.0.0/16.
        let network = "10.213.\(number / 64).\(number % 64 * 4)"
        let prefix = network[..<(network.lastIndex(of: ".") ?? network.endIndex)]
        let (own, other) = ("\(prefix).\(number % 64 * 4 + 1)", "\(prefix).\(number % 64 * 4 + 2)")
        let isMade = shell(
            """
            ip netns add \(name) && ip link add \(wire) type veth peer name eth0 netns \(name) &&
            ip addr add \(own)/30 dev \(wire) && ip link set \(wire) up &&
            ip -n \(name) addr add \(other)/30 dev eth0 && ip -n \(name) link set eth0 up
            """)
        guard isMade else { throw Unmade() }
        return Machine(name: name, wire: wire, address: own)
    }

    deinit { _ = Self.shell("ip netns del \(name)") }

    func unplug() async throws { if !Self.shell("ip link set \(wire) down") { throw Unmade() } }
    func plug() async throws { if !Self.shell("ip link set \(wire) up") { throw Unmade() } }

    /// Starts `vocero batch` on this machine.
    func start(_ scene: BatchScene, _ words: [String], key: String, store: FreezingProxy) async throws -> RunningBatch {
        var vocero = scene.vocero
        vocero.environment["OPENAI_API_KEY"] = key
        vocero.environment["OPENAI_BASE_URL"] = "http://\(address):\(scene.endpoint.port)/v1"
        // The key would not go to another machine in the clear.
        for engine in ["CHAT", "SPEECH", "EMBEDDINGS"] { vocero.environment["VOCERO_\(engine)_INSECURE"] = "true" }
        vocero.environment["DATABASE_URL"] = store.connectionString(of: scene.databaseURL)
        return try await RunningBatch.start(vocero, ["batch"] + words, prefix: ["ip", "netns", "exec", name])
    }

    struct Unmade: Error {}

    private static func shell(_ line: String) -> Bool {
        var process: pid_t = 0
        let texts: [String] = ["/bin/sh", "-c", "exec 2>/dev/null; \(line)"]
        var words = texts.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        guard posix_spawn(&process, "/bin/sh", nil, nil, &words, environ) == 0 else { return false }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status == 0
    }
}
