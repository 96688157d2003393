import Glibc

/// A long recording: the spoken samples said again and again with pauses.
struct SpeechFile {
    private let speech: [Float]
    private let rate: Int
    private let channels: Int

    init(samples directory: String, rate: Int, channels: Int) throws {
        self.rate = rate
        self.channels = channels
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(directory + "/*.wav", 0, nil, &found) == 0 else {
            throw BenchmarkError("no samples in \(directory)")
        }
        var speech: [Float] = []
        for index in 0..<Int(found.gl_pathc) {
            guard let path = found.gl_pathv[index] else { continue }
            speech += Self.resampled(try Self.samples(of: String(cString: path)), to: rate)
            speech += [Float](repeating: 0, count: rate)
        }
        self.speech = speech
    }

    /// The samples are 16 kHz, 16 bits, one channel; other chunks may stand before the data.
    private static func samples(of path: String) throws -> [Int16] {
        guard let file = fopen(path, "r") else { throw BenchmarkError("\(path) cannot be read") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: Scratch.size(of: path))
        let count = fread(&bytes, 1, bytes.count, file)
        var at = 12
        while at + 8 <= count {
            let length = (0..<4).reduce(0) { $0 | Int(bytes[at + 4 + $1]) << (8 * $1) }
            let end = min(at + 8 + length, count)
            if bytes[at..<at + 4].elementsEqual("data".utf8) {
                return stride(from: at + 8, to: end - 1, by: 2).map {
                    Int16(truncatingIfNeeded: Int(bytes[$0]) | Int(bytes[$0 + 1]) << 8)
                }
            }
            at = end + length % 2
        }
        throw BenchmarkError("\(path) is not the WAV that was expected")
    }

    private static func resampled(_ samples: [Int16], to rate: Int) -> [Float] {
        (0..<max(0, (samples.count - 1) * rate / 16_000)).map { index in
            let place = Double(index) * 16_000 / Double(rate)
            let before = min(Int(place), samples.count - 2)
            let share = Float(place - Double(before))
            return Float(samples[before]) * (1 - share) + Float(samples[before + 1]) * share
        }
    }

    /// Gives the path. So many bits of noise are what the room adds: no encoder makes them smaller.
    func write(minutes: Int, noiseBits: Int, to name: String) throws -> String {
        let frames = minutes * 60 * rate
        let file = try WaveFile(name, rate: rate, channels: channels, frames: frames)
        var random = RandomNumbers(seed: 1)
        let mask: UInt64 = (1 << UInt64(noiseBits)) - 1
        var left = frames
        while left > 0 {
            let count = min(left, speech.count)
            for start in stride(from: 0, to: count, by: 1 << 14) {
                var block: [Int16] = []
                for index in start..<min(start + 1 << 14, count) {
                    // The second microphone hears half as much.
                    for channel in 0..<channels {
                        let noise = Float(random.next() & mask) - Float(mask) / 2
                        block.append(Int16(speech[index] * (channel == 0 ? 0.9 : 0.5) + noise))
                    }
                }
                file.write(block)
            }
            left -= count
        }
        return file.path
    }
}

/// A WAV file of 16 bits while it is written.
final class WaveFile {
    let path: String
    private let file: UnsafeMutablePointer<FILE>

    init(_ name: String, rate: Int, channels: Int, frames: Int) throws {
        path = "\(Scratch.directory)/\(name)"
        guard let file = fopen(path, "w") else { throw BenchmarkError("\(path) cannot be written") }
        self.file = file
        let bytes = frames * channels * 2
        func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 255) } }
        let header =
            Array("RIFF".utf8) + little(36 + bytes, 4) + Array("WAVEfmt ".utf8) + little(16, 4) + little(1, 2)
            + little(channels, 2) + little(rate, 4) + little(rate * channels * 2, 4) + little(channels * 2, 2)
            + little(16, 2) + Array("data".utf8) + little(bytes, 4)
        fwrite(header, 1, header.count, file)
    }

    func write(_ samples: [Int16]) { fwrite(samples, 2, samples.count, file) }

    deinit { fclose(file) }
}
