internal import CPostgres

extension String {
    /// Why libpq reads nothing in this URL, where other programs' habits explain it; nil where nothing is known. Names
    /// of parameters are said, values never: a password may stand anywhere.
    var reasonForUnreadableURL: String? {
        guard let end = firstRange(of: "://") else { return nil }
        let scheme = self[..<end.lowerBound]
        guard ["postgres", "postgresql"].contains(scheme) else {
            guard scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+:".contains($0)) }) else {
                return nil
            }
            return "write postgresql:// in place of \(scheme)://."
        }
        // Where an @ or a second ? follows, the mark is one of a password's.
        guard let query = firstIndex(of: "?"), !self[index(after: query)...].contains(where: { "@?".contains($0) })
        else {
            return nil
        }
        let names = self[index(after: query)...].split(separator: "&").compactMap { $0.split(separator: "=").first }
        let known = Self.connectionParameters
        guard let unknown = names.first(where: { !known.contains(String($0)) }),
            unknown.allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "_") })
        else { return nil }
        let instead =
            unknown == "schema"
            ? "say options=-csearch_path%3DNAME in place of schema=NAME." : "take it out."
        return "PostgreSQL knows no parameter “\(unknown)”: \(instead)"
    }

    /// `ssl` is JDBC's, and libpq takes it.
    private static let connectionParameters: Set<String> = {
        guard let options = unsafe PQconndefaults() else { return [] }
        defer { unsafe PQconninfoFree(options) }
        var names: Set<String> = ["ssl"]
        var option = unsafe options
        while let name = unsafe option.pointee.keyword {
            unsafe names.insert(String(cString: name))
            unsafe option += 1
        }
        return names
    }()
}
