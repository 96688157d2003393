/// Sound files written by hand, so that they can also be written wrongly.
enum SoundBytes {
    /// A WAV file of 16-bit samples; `declared` is what its header says of the length of the data.
    static func wav(
        _ samples: [Float], rate: Int = Signal.rate, channels: Int = 1, declared: UInt32? = nil
    ) -> [UInt8] {
        let data = samples.flatMap { little(UInt16(bitPattern: Int16(max(-1, min(1, $0)) * 32_767))) }
        return riff(data, rate: rate, channels: channels, bits: 16, format: 1, declared: declared)
    }

    /// A WAV file of 32-bit floating-point samples.
    static func floatWAV(_ samples: [Float], rate: Int = Signal.rate, channels: Int = 1) -> [UInt8] {
        let data = samples.flatMap { little($0.bitPattern) }
        return riff(data, rate: rate, channels: channels, bits: 32, format: 3, declared: nil)
    }

    /// A Sun AU file of 16-bit samples.
    static func au(_ samples: [Float], rate: Int = Signal.rate, declared: UInt32? = nil) -> [UInt8] {
        let data = samples.flatMap { big(UInt16(bitPattern: Int16(max(-1, min(1, $0)) * 32_767))) }
        let header: [UInt32] = [24, declared ?? UInt32(data.count), 3, UInt32(rate), 1]
        return Array(".snd".utf8) + header.flatMap { big($0) } + data
    }

    /// An AIFF file of 16-bit samples.
    static func aiff(_ samples: [Float]) -> [UInt8] {
        let data = samples.flatMap { big(UInt16(bitPattern: Int16(max(-1, min(1, $0)) * 32_767))) }
        // 16,000 as an 80-bit floating-point number.
        let rate: [UInt8] = [0x40, 0x0c, 0xfa, 0, 0, 0, 0, 0, 0, 0]
        var chunks: [UInt8] = Array("AIFFCOMM".utf8) + big(UInt32(18))
        chunks += [0, 1] + big(UInt32(samples.count))
        chunks += [0, 16] + rate
        chunks += Array("SSND".utf8) + big(UInt32(data.count + 8))
        chunks += big(UInt64(0)) + data
        return Array("FORM".utf8) + big(UInt32(chunks.count)) + chunks
    }

    private static func riff(
        _ data: [UInt8], rate: Int, channels: Int, bits: Int, format: UInt16, declared: UInt32?
    ) -> [UInt8] {
        let frame = channels * bits / 8
        var bytes: [UInt8] = Array("RIFF".utf8)
        bytes += little(declared ?? UInt32(36 + data.count))
        bytes += Array("WAVEfmt ".utf8) + little(UInt32(16)) + little(format) + little(UInt16(channels))
        bytes += little(UInt32(rate)) + little(UInt32(rate * frame)) + little(UInt16(frame)) + little(UInt16(bits))
        bytes += Array("data".utf8) + little(declared ?? UInt32(data.count))
        return bytes + data
    }

    private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number($0 * 8)) }
    }

    private static func big<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] { little(number).reversed() }
}
