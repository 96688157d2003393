package import Assistant
internal import Files
internal import Hashing
internal import JSON
internal import Memory
internal import Redaction
internal import Settings

extension Context {
    /// Keeps turns in the local spool alone, for who cannot wait for the store: the next command brings them in.
    package var spool: any Journal {
        let redactor = redactor
        return SpoolingJournal(
            primary: OfflineStore(place: storePlace), directory: spoolDirectory, allowSpoolFromStart: true,
            redact: { redactor.redacted($0) })
    }

    /// The configured store as far as it is known without asking it.
    var storePlace: StorePlace {
        let address = storeAddress
        return StorePlace(store: knownStores[address]?.string, address: address, user: settings.user)
    }

    /// How the store is reached, as a hash without the password.
    var storeAddress: String {
        let words: String
        switch settings.databaseURL {
        case nil: words = "private cluster in " + settings.places.home
        case "":
            let names = ["PGSERVICE", "PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER"]
            words = names.map { "\($0)=\(Self.environment[$0] ?? "")" }.joined(separator: " ")
        case let url?: words = ConnectionText.masked(url).text
        }
        return String(ContentHash(ofText: words).description.prefix(32))
    }

    /// Keeps which store it is that is reached this way, for turns that have to be spooled while it is away.
    func remember(store identity: String) {
        let address = storeAddress
        var known = knownStores.object ?? [:]
        guard known[address]?.string != identity else { return }
        known[address] = nil
        // Of machines that make a database for every run there would be no end.
        if known.count >= 200 { known = [:] }
        known[address] = .string(identity)
        // Without it a spooled turn knows its store by the way it is reached.
        try? FileSystem.makeDirectories(spoolDirectory)
        try? NewFile.write(
            Array((JSON.object(known).text(pretty: true) + "\n").utf8), to: knownStoresFile,
            passing: .random(prefix: ".stores-"),
            isDurable: false)
    }

    private var knownStoresFile: String { spoolDirectory + "/stores.json" }

    private var knownStores: JSON {
        let bytes = try? FileSystem.contents(of: knownStoresFile, limit: 1 << 20, followingLink: false)
        return bytes.flatMap { try? JSON(parsing: $0) } ?? .object([:])
    }
}
