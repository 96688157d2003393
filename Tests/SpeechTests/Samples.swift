import FoundationEssentials

/// The spoken requests of the project's `samples/`.
enum Samples {
    static let directory = String(#filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }) + "/samples"

    static let all: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [])
        .filter { $0.hasSuffix(".wav") }.sorted()

    static func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// The samples of a WAV file with a plain header of 44 bytes, 16 bits, one channel.
    static func read(_ name: String) throws -> [Float] {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path(name)))).dropFirst(44)
        return stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map {
            Float(Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)) / 32_768
        }
    }
}
