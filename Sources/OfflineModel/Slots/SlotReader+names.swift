extension SlotReader {
    /// How much less likely a name is that was not found as it was said.
    private static func cost(of fit: NameFit) -> Int {
        switch fit {
        case .exact: 0
        case .loose: 1
        case .near: 3
        case .unknown: 4
        }
    }

    private func found(_ name: FoundName, _ start: Int, _ end: Int) -> Found {
        var value = SlotValue(.text(name.name), said: said(start, end))
        value.fit = name.fit
        value.others = name.others
        value.isDirectory = names.paths?.isDirectory(name.name) ?? false
        return Found(end: end, value: value, cost: Self.cost(of: name.fit))
    }

    func people(at start: Int) -> [Found] {
        guard has(.people), let people = names.people else { return [] }
        if tokens[start].written.contains("@") {
            return [found(FoundName(name: said(start, start + 1), fit: .exact), start, start + 1)]
        }
        var result: [Found] = []
        for end in (start + 1)...min(start + 4, tokens.count) {
            let part = tokens[start..<end]
            let words = part.flatMap { PersonNames.words(of: $0.written) }
            guard !words.isEmpty, !part.contains(where: { isReserved($0) && $0.written.count > 1 }) else { break }
            guard let person = PersonNames.find(words, among: people, nearly: nearly) else { continue }
            var one = SlotValue(
                .text(PersonNames.spelling(of: words, in: person.name) ?? person.name), said: said(start, end))
            (one.fit, one.others, one.whole) = (person.fit, person.others, person.name)
            result.append(Found(end: end, value: one, cost: Self.cost(of: person.fit)))
        }
        if result.isEmpty, nearly, isStranger(tokens[start]) {
            result.append(found(FoundName(name: said(start, start + 1), fit: .unknown), start, start + 1))
            if start + 1 < tokens.count, isStranger(tokens[start + 1]) {
                result.append(found(FoundName(name: said(start, start + 2), fit: .unknown), start, start + 2))
            }
        }
        return result
    }

    private func isStranger(_ token: Token) -> Bool {
        !isReserved(token) && !isKnownWord(token) && token.written.allSatisfy { $0.isLetter || $0 == "-" }
    }

    func references(_ type: SlotType, at start: Int) -> [Found] {
        guard has(.references), let known = names.references else { return [] }
        let candidates =
            switch type {
            case .branch: known.branches + known.remoteBranches
            case .tag: known.tags
            case .remote: known.remotes
            default: known.branches + known.tags + known.remoteBranches
            }
        var result: [Found] = []
        for (end, name) in stretches(at: start) {
            let isPlain = end == start + 1 && isReserved(tokens[start]) && !candidates.contains(name.text)
            if isPlain { continue }
            if let fit = ReferenceNames.find(name.text, among: candidates, nearly: nearly && end == start + 1) {
                result.append(found(fit, start, end))
            } else if let shaped = shaped(name, type, start, end) {
                result.append(
                    found(
                        FoundName(name: shaped, fit: type == .ref && isCommit(shaped) ? .exact : .unknown), start, end))
            }
        }
        return result
    }

    /// What is not here and looks like a reference, so that git can say that it is not here.
    private func shaped(_ name: SpokenName, _ type: SlotType, _ start: Int, _ end: Int) -> String? {
        let text = name.text
        let isOne = end == start + 1
        guard isOne || (name.hasSign && !name.hasGap) || name.isSpelled, RefShape.isValid(text) else { return nil }
        switch type {
        case .remote: return nil
        case .branch:
            guard isOne else { return name.hasSign ? text : nil }
            return isKnownWord(tokens[start]) || isReserved(tokens[start]) || !text.contains(where: \.isLetter)
                ? nil : text
        case .tag: return RefShape.isVersion(text) ? text : nil
        default:
            if isCommit(text) { return text.lowercased() == "head" ? "HEAD" : text }
            return text.contains("/") && text.contains(where: \.isLetter) && !text.contains(".")
                || RefShape.isVersion(text)
                ? text : nil
        }
    }

    private func isCommit(_ text: String) -> Bool { RefShape.isCommit(text) }

    func range(at start: Int) -> [Found] {
        let token = tokens[start]
        guard let dots = token.written.firstRange(of: "..") else { return [] }
        let (from, to) = (token.written[..<dots.lowerBound], token.written[dots.upperBound...])
        guard RefShape.isValid(from), RefShape.isValid(to), !to.hasPrefix(".") else { return [] }
        return [Found(end: start + 1, value: SlotValue(.text(token.written), said: token.written), cost: 0)]
    }

    func paths(_ type: SlotType, at start: Int) -> [Found] {
        guard has(.files), let index = names.paths else { return [] }
        var result: [Found] = []
        for (end, name) in stretches(at: start) {
            if end == start + 1, isReserved(tokens[start]),
                index.find(name.text, files: true, directories: true, nearly: false)?.fit != .exact
            {
                continue
            }
            let fit = index.find(
                name.text, files: type != .directory, directories: type != .path, nearly: nearly)
            if let fit {
                result.append(found(fit, start, end))
            } else if PathShape.isPath(name.text), end == start + 1 || (name.hasSign && !name.hasGap) {
                result.append(found(FoundName(name: name.text, fit: .unknown), start, end))
            } else if type == .directory, end == start + 1, !isKnownWord(tokens[start]), PathShape.isName(name.text) {
                result.append(found(FoundName(name: name.text, fit: .unknown), start, end))
            }
        }
        return result
    }

    /// Names of what is not there yet.
    func newNames(_ type: SlotType, at start: Int) -> [Found] {
        if type == .fileName, !has(.files) { return [] }
        var result: [Found] = []
        for (end, name) in stretches(at: start) {
            let isOne = end == start + 1
            guard isOne || (name.hasSign && !name.hasGap) else { continue }
            let isReserved = isOne && isReserved(tokens[start])
            let cost: Int? =
                switch type {
                case .newPath: !isReserved && PathShape.isPath(name.text) ? 0 : nil
                case .anyPath: PathShape.isName(name.text) ? isReserved ? 3 : 1 : nil
                case .newName: !isReserved && RefShape.isValid(name.text) ? 1 : nil
                case .anyName: RefShape.isValid(name.text) ? isReserved ? 3 : 1 : nil
                default: fileNameCost(name.text, isReserved: isReserved)
                }
            guard let cost else { continue }
            let value = SlotValue(.text(name.text), said: said(start, end))
            // A sign said in words may be a word of the sentence.
            result.append(Found(end: end, value: value, cost: cost + (name.hasSign ? 1 : 0)))
        }
        return result
    }

    private func fileNameCost(_ text: String, isReserved: Bool) -> Int? {
        guard !isReserved else { return nil }
        if PathShape.isPath(text) { return 0 }
        return names.paths?.find(text, files: true, directories: false, nearly: false) == nil ? nil : 2
    }

    /// A name that words stand for.
    func alias(_ name: String, _ type: SlotType) -> SlotValue? {
        guard has(.files), let index = names.paths else { return nil }
        let found = index.find(name, files: type != .directory, directories: type != .path, nearly: false)
        var value = SlotValue(.text(found?.name ?? name), said: name)
        (value.fit, value.others) = (found == nil ? .unknown : .loose, found?.others ?? [])
        return value
    }
}
