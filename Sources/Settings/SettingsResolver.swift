/// Turns what was looked up into settings, line by line.
struct SettingsResolver {
    let lookup: SettingLookup
    let environment: [String: String]
    private var lines: [SettingLine] = []
    private var notices: [String] = []
    private var secrets: [(kind: String, value: String)] = []

    init(lookup: SettingLookup, environment: [String: String]) {
        self.lookup = lookup
        self.environment = environment
        notices = lookup.notices
    }

    mutating func settings(loginName: String, isRoot: Bool) throws(SettingsError) -> Settings {
        secrets += DatabasePasswords.all(lookup, environment)
        let chat = try engine("chat")
        let speech = try engine("speech")
        let embeddings = try engine("embeddings")
        try commonKeys()
        let github = try github()
        let database = try database()
        let places = try places(isRoot: isRoot)
        let user = try text("user") ?? shown("user", loginName, .default)
        let style = try style()
        let limits = try limits()
        let context = ContextSettings(tokens: try integer("context.tokens"), turns: try integer("context.turns"))
        let batchLease = try text("batch.lease").flatMap { SettingParsing.duration($0) } ?? .seconds(60)
        let batchPoll = try text("batch.poll").flatMap { SettingParsing.duration($0) } ?? .seconds(60)
        let hooks = try hooks()
        let prices = try prices()
        return Settings(
            chat: chat, speech: speech, embeddings: embeddings, github: github, databaseURL: database, places: places,
            style: style, limits: limits, context: context, hooks: hooks, batchLease: batchLease,
            batchPoll: batchPoll, user: user, prices: prices,
            isColorForbidden: environment["NO_COLOR"].map { !$0.isEmpty } ?? false, notices: notices, all: lines,
            secrets: secrets)
    }

    // MARK: Engines

    private mutating func engine(_ name: String) throws(SettingsError) -> EngineSettings {
        let outcome = try EndpointResolution(lookup: lookup).resolve(name)
        line("\(name).url", outcome.target?.address.text, outcome.target?.source ?? .default)
        key("\(name).key", sent: outcome.key, withheld: outcome.withheld, to: outcome.target?.address)
        let model = try text("\(name).model") ?? ""
        let isInsecureAllowed = try flag("\(name).insecure")
        guard let target = outcome.target else { return .offline }
        if let key = outcome.key, !target.address.isSecure, !target.address.isLoopback, !isInsecureAllowed {
            throw SettingsError(
                "\(name).url", target.source,
                "\(name).url from \(target.source) would send the key from \(key.source) unencrypted to another "
                    + "machine; use https, or set \(name).insecure to true.")
        }
        // The account's names go where the account is.
        let account = WebAddress(lookup.value("openai.url")?.text ?? EndpointResolution.usual)
        let isUsual = account.map { target.address.hasOrigin(of: $0) } ?? false
        return .endpoint(
            EndpointSettings(
                url: target.address.text, key: outcome.key.map { Secret($0.text) }, model: model,
                organization: isUsual ? try optionalText("openai.organization") : nil,
                project: isUsual ? try optionalText("openai.project") : nil))
    }

    private mutating func key(
        _ name: String, sent: SettingLookup.Value?, withheld: SettingLookup.Value?, to address: WebAddress?
    ) {
        if let sent {
            secrets.append((name, sent.text))
            line(name, Secret(sent.text).description, sent.source)
        } else if let withheld {
            line(name, "set, kept from this host", withheld.source)
            notices.append(
                "\(name): the key from \(withheld.source) is not sent to \(address?.host ?? "this host"), "
                    + "because it was not given for it; set \(name) where the URL is set.")
        } else {
            line(name, nil, .default)
        }
    }

    private mutating func commonKeys() throws(SettingsError) {
        let url = lookup.value("openai.url")
        line(
            "openai.url",
            try url.map { value throws(SettingsError) in try SettingLookup.address(value, "openai.url").text },
            url?.source ?? .default)
        let key = lookup.value("openai.key")
        line("openai.key", key.map { Secret($0.text).description }, key?.source ?? .default)
        for name in ["openai.organization", "openai.project"] {
            line(name, try optionalText(name), lookup.value(name)?.source ?? .default)
        }
        // Whatever is set must not leak, whether it is used or not.
        for key in SettingKey.all where key.isSecret {
            for level in SettingLookup.Level.allCases {
                guard let value = lookup.value(key.name, at: level) else { continue }
                if !secrets.contains(where: { $0.value == value.text }) { secrets.append((key.name, value.text)) }
            }
        }
    }

    private mutating func github() throws(SettingsError) -> GitHubSettings {
        let usual = "https://api.github.com"
        let url = lookup.value("github.url")
        let text =
            try url.map { value throws(SettingsError) in try SettingLookup.address(value, "github.url").text }
            ?? usual
        line("github.url", text, url?.source ?? .default)
        guard let token = lookup.value("github.token") else {
            key("github.token", sent: nil, withheld: nil, to: nil)
            return GitHubSettings(url: text, token: nil)
        }
        try SettingLookup.check(token, "github.token")
        let address = WebAddress(text)
        let mayGo =
            try address.map { address throws(SettingsError) in
                try EndpointResolution(lookup: lookup).mayGo(token, to: address, among: ["github.url"], usual: usual)
            } ?? false
        key("github.token", sent: mayGo ? token : nil, withheld: token, to: address)
        if mayGo, let address, !address.isSecure, !address.isLoopback {
            throw SettingsError(
                "github.url", url?.source ?? .default,
                "github.url from \(url?.source ?? .default) would send the token unencrypted to another machine; use https."
            )
        }
        return GitHubSettings(url: text, token: mayGo ? Secret(token.text) : nil)
    }

    // MARK: Places

    private mutating func database() throws(SettingsError) -> String? {
        if lookup.value("database.url")?.level != .environment,
            lookup.value("database.url", at: .flag) == nil,
            let variable = ["PGSERVICE", "PGHOST", "PGHOSTADDR", "PGDATABASE"].first(where: {
                environment[$0]?.isEmpty == false
            })
        {
            line("database.url", "libpq's environment", .environment(variable))
            return ""
        }
        guard let value = lookup.value("database.url") else {
            line("database.url", nil, .default)
            return nil
        }
        try SettingLookup.check(value, "database.url")
        line("database.url", ConnectionText.masked(value.text).text, value.source)
        return value.text
    }

    private mutating func places(isRoot: Bool) throws(SettingsError) -> PlaceSettings {
        let postgres = try optionalText("postgres.directory")
        line("postgres.directory", postgres, lookup.value("postgres.directory")?.source ?? .default)
        if let home = try optionalText("home") {
            return PlaceSettings(
                home: shown("home", home, lookup.value("home")?.source ?? .default), postgresDirectory: postgres)
        }
        guard let home = Settings.defaultHome(environment: environment, isRoot: isRoot) else {
            throw SettingsError(
                "home", .default, "home is not set and HOME names no directory; set VOCERO_HOME to an absolute path.")
        }
        return PlaceSettings(home: shown("home", home, .default), postgresDirectory: postgres)
    }

    // MARK: Style, limits, prices

    private mutating func style() throws(SettingsError) -> StyleSettings {
        StyleSettings(
            language: try language(),
            commitFormat: .init(rawValue: try text("commit.format")?.lowercased() ?? "") ?? .plain,
            excludedPaths: try list("paths.exclude"), vocabulary: try list("vocabulary"))
    }

    private mutating func language() throws(SettingsError) -> Language {
        if let text = try text("language", isShown: lookup.value("language") != nil) {
            return .init(rawValue: text.lowercased()) ?? .english
        }
        let variable = ["LC_ALL", "LC_MESSAGES", "LANG"].first { environment[$0]?.isEmpty == false }
        let isSpanish =
            variable.flatMap { environment[$0] }.map { locale in
                locale.lowercased() == "es" || ["es_", "es-", "es."].contains { locale.lowercased().hasPrefix($0) }
            } ?? false
        let language: Language = isSpanish ? .spanish : .english
        line("language", language.rawValue, variable.map { .environment($0) } ?? .default)
        return language
    }

    private mutating func limits() throws(SettingsError) -> LimitSettings {
        let cost = try optionalText("limits.cost")
        line("limits.cost", cost, lookup.value("limits.cost")?.source ?? .default)
        return LimitSettings(
            steps: try integer("limits.steps"), toolCalls: try integer("limits.toolcalls"),
            tokens: try integer("limits.tokens"), cost: cost.flatMap { SettingParsing.dollars($0) },
            duration: try text("limits.seconds").flatMap { SettingParsing.duration($0) } ?? .seconds(600))
    }

    private mutating func hooks() throws(SettingsError) -> HookSettings {
        HookSettings(
            isEnabled: try flag("hooks"),
            deadline: try text("hook.deadline").flatMap { SettingParsing.duration($0) } ?? .seconds(8),
            tokens: try integer("hook.tokens"), draftsIntoTemplates: try flag("hook.template"),
            disagreement: .init(rawValue: try text("hook.disagreement")?.lowercased() ?? "") ?? .say)
    }

    private mutating func prices() throws(SettingsError) -> [String: ModelPrice] {
        var prices: [String: ModelPrice] = [:]
        for (name, value) in lookup.prices.sorted(by: { $0.key < $1.key }) {
            let parts = name.split(separator: ".")
            guard parts.count > 2, let kind = parts.last, kind == "input" || kind == "output",
                let amount = SettingParsing.dollars(value.text)
            else {
                throw SettingsError(
                    SettingParsing.shown(name), value.source,
                    "\(SettingParsing.shown(name)) from \(value.source) is not valid: a price is price.MODEL.input or "
                        + "price.MODEL.output, in US dollars per million tokens.")
            }
            let model = parts.dropFirst().dropLast().joined(separator: ".")
            let old = prices[model] ?? ModelPrice(input: nil, output: nil)
            prices[model] = ModelPrice(
                input: kind == "input" ? amount : old.input, output: kind == "output" ? amount : old.output)
            lines.append(
                SettingLine(
                    name: name, display: value.text, source: value.source, help: "US dollars per million tokens"))
        }
        return prices
    }

    // MARK: Values

    private func optionalText(_ name: String) throws(SettingsError) -> String? {
        guard let value = lookup.value(name) else { return nil }
        try SettingLookup.check(value, name)
        return value.text
    }

    /// The value or the default, with its line.
    private mutating func text(_ name: String, isShown: Bool = true) throws(SettingsError) -> String? {
        let text = try optionalText(name) ?? SettingKey.all.first { $0.name == name }?.defaultValue
        if isShown, text != nil || name != "user" { line(name, text, lookup.value(name)?.source ?? .default) }
        return text
    }

    private mutating func integer(_ name: String) throws(SettingsError) -> Int {
        try text(name).flatMap { SettingParsing.integer($0) } ?? 0
    }

    private mutating func flag(_ name: String) throws(SettingsError) -> Bool {
        try text(name).flatMap { SettingParsing.flag($0) } ?? false
    }

    /// The strongest list of a trusted source, and what the work tree adds.
    private mutating func list(_ name: String) throws(SettingsError) -> [String] {
        var items: [String] = []
        let strongest = lookup.value(name)
        if let strongest {
            try SettingLookup.check(strongest, name)
            items = strongest.texts
        }
        if strongest?.level != .workTree, let added = lookup.value(name, at: .workTree) { items += added.texts }
        items = Array(items.prefix(200))
        line(name, items.isEmpty ? nil : items.joined(separator: ", "), strongest?.source ?? .default)
        return items
    }

    private mutating func shown(_ name: String, _ text: String, _ source: SettingSource) -> String {
        line(name, text, source)
        return text
    }

    private mutating func line(_ name: String, _ display: String?, _ source: SettingSource) {
        let help = SettingKey.all.first { $0.name == name }?.help ?? ""
        lines.append(SettingLine(name: name, display: display, source: source, help: help))
    }
}
