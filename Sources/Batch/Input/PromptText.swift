/// Bytes that should be text.
enum PromptText {
    static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

    /// Why bytes are no text, as a sentence; nil when they are. Positions count from 0.
    static func problem(of bytes: ArraySlice<UInt8>, called what: String) -> String? {
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            return "\(what) is UTF-16; save it as UTF-8"
        }
        if let zero = bytes.firstIndex(of: 0) {
            return "\(what) is not text: it has a NUL at byte \(zero - bytes.startIndex)"
        }
        return firstInvalid(in: bytes).map { "\(what) is not UTF-8 at byte \($0)" }
    }

    /// Where the first bytes are that are not UTF-8.
    static func firstInvalid(in bytes: ArraySlice<UInt8>) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .error: return offset
            case .emptyInput: return nil
            }
        }
    }

    static func isBlank(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.allSatisfy { $0 == 0x20 || (0x09...0x0d).contains($0) }
    }

    /// A piece of the input in a message: short, in quotes, without control characters.
    static func quoted(_ text: String) -> String {
        let short = text.unicodeScalars.prefix(61)
        var shown = ""
        for scalar in short.prefix(60) {
            shown.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{fffd}" : scalar)
        }
        return "\"\(shown)\(short.count > 60 ? "…" : "")\""
    }
}
