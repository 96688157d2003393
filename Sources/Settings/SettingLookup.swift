/// Every value that was given, by setting and by level.
struct SettingLookup {
    /// The strongest first.
    enum Level: Int, CaseIterable, Comparable {
        case flag, environment, repository, userFile, workTree

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    struct Value: Hashable {
        /// Several only for lists.
        let texts: [String]
        let source: SettingSource
        let level: Level

        var text: String { texts.last ?? "" }
    }

    private var values: [String: [Level: Value]] = [:]
    /// The person has allowed the repository what it asks for.
    private let trustsRepository: Bool
    /// Something of the repository's waits for that.
    private(set) var waitsForTrust = false
    private(set) var prices: [String: Value] = [:]
    private(set) var notices: [String] = []

    /// The most notices that one level can cause.
    private static let mostNotices = 20

    init(trustsRepository: Bool = false) { self.trustsRepository = trustsRepository }

    /// The value at one level.
    func value(_ name: String, at level: Level) -> Value? { values[name]?[level] }

    /// The strongest trusted value; one of the work tree only where there is none.
    func value(_ name: String) -> Value? {
        for level in Level.allCases {
            guard let value = values[name]?[level] else { continue }
            if level == .repository, let own = lowerLimit(name, than: value) { return own }
            return value
        }
        return nil
    }

    /// What holds without the repository, where that is less than what it says: limits come down from there, not up.
    private func lowerLimit(_ name: String, than value: Value) -> Value? {
        guard let key = SettingKey.all.first(where: { $0.name == name }), key.fromRepository == .downwards,
            let limit = SettingParsing.amount(value.text, of: key)
        else { return nil }
        let own =
            values[name]?[.userFile]
            ?? key.defaultValue.map { Value(texts: [$0], source: .default, level: .userFile) }
        guard let own, let usual = SettingParsing.amount(own.text, of: key), usual < limit else { return nil }
        return own
    }

    mutating func add(environment: [String: String]) {
        for key in SettingKey.all {
            for variable in key.variables {
                guard let text = environment[variable], !text.isEmpty else { continue }
                let texts = key.isList ? SettingParsing.items(text) : [text]
                values[key.name, default: [:]][.environment] = Value(
                    texts: texts, source: .environment(variable), level: .environment)
                break
            }
        }
    }

    mutating func add(_ entries: [SettingEntry], at level: Level) {
        var ignored = 0
        for entry in entries {
            guard let name = Self.name(of: entry.key, at: level) else { continue }
            guard let notice = add(entry, as: name, at: level) else { continue }
            ignored += 1
            if ignored <= Self.mostNotices { notices.append(notice) }
        }
        if ignored > Self.mostNotices {
            notices.append("\(ignored - Self.mostNotices) more settings are ignored.")
        }
    }

    /// - Returns: Why the entry is ignored, if it is.
    private mutating func add(_ entry: SettingEntry, as name: String, at level: Level) -> String? {
        let shown = SettingParsing.shown(name)
        if name.hasPrefix("price.") {
            guard level != .workTree else { return Self.untrusted(shown, entry.source) }
            guard level == .flag || level == .userFile else {
                return "\(entry.source): \(shown) is ignored there; prices belong in your own file."
            }
            prices[name] = Value(texts: [entry.value], source: entry.source, level: level)
            return nil
        }
        guard let key = SettingKey.all.first(where: { $0.name == name }) else {
            if level == .workTree { return Self.untrusted(shown, entry.source) }
            let nearest = SettingParsing.nearest(to: name, in: SettingKey.all.map(\.name))
            return "\(entry.source): there is no setting \(shown)" + (nearest.map { "; did you mean \($0)?" } ?? ".")
        }
        if level == .workTree {
            guard key.isStyle else { return Self.untrusted(shown, entry.source) }
            if let problem = SettingParsing.problem(with: entry.value, in: key) {
                return "\(entry.source): \(shown) is ignored: \(problem)."
            }
        }
        if level == .repository, let reason = refusal(of: key, shown, entry.source) { return reason }
        let before = key.isList ? values[name]?[level]?.texts ?? [] : []
        let texts = key.isList ? SettingParsing.items(entry.value) : [entry.value]
        values[name, default: [:]][level] = Value(texts: before + texts, source: entry.source, level: level)
        return nil
    }

    private mutating func refusal(of key: SettingKey, _ shown: String, _ source: SettingSource) -> String? {
        switch key.fromRepository {
        case .always, .downwards: return nil
        case .whenTrusted:
            if trustsRepository { return nil }
            waitsForTrust = true
            return
                "\(source): \(shown) is ignored until you allow this repository what it asks for: see `vocero trust`."
        case .never: return "\(source): \(shown) is ignored there; it belongs in your own file or the environment."
        }
    }

    private static func untrusted(_ shown: String, _ source: SettingSource) -> String {
        let style = SettingKey.all.filter(\.isStyle).map(\.name).joined(separator: ", ")
        return "\(source): \(shown) is ignored: a file that comes with a repository may set only \(style)."
    }

    /// Without `vocero.`, in lower case but for a model's name; nil for what is not Vocero's.
    private static func name(of key: String, at level: Level) -> String? {
        var parts = key.split(separator: ".", omittingEmptySubsequences: false)
        let isPrefixed = parts.first?.lowercased() == "vocero"
        if isPrefixed { parts.removeFirst() } else if level == .repository { return nil }
        guard let first = parts.first, let last = parts.last else { return nil }
        guard first.lowercased() == "price", parts.count > 2 else { return parts.joined(separator: ".").lowercased() }
        return (["price"] + parts.dropFirst().dropLast().map(String.init) + [last.lowercased()]).joined(separator: ".")
    }
}
