/// A short recording in each format whose header holds numbers, written by hand so that they can be changed.
enum HostileSounds {
    static let all: [(name: String, bytes: [UInt8])] = [
        ("a.wav", wav), ("a.aiff", aiff), ("a.au", au), ("a.caf", caf), ("a.w64", wave64), ("a.rf64", rf64),
        ("a.mp3", mp3),
    ]

    private static let data = (0..<400).flatMap { [UInt8(truncatingIfNeeded: $0 * 37), UInt8(truncatingIfNeeded: $0)] }

    private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number($0 * 8)) }
    }

    private static func big<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] { little(number).reversed() }

    private static var format: [UInt8] {
        little(UInt16(1)) + little(UInt16(1)) + little(UInt32(16_000)) + little(UInt32(32_000)) + little(UInt16(2))
            + little(UInt16(16))
    }

    private static var wav: [UInt8] {
        Array("RIFF".utf8) + little(UInt32(36 + data.count)) + Array("WAVEfmt ".utf8) + little(UInt32(16)) + format
            + Array("data".utf8) + little(UInt32(data.count)) + data
    }

    private static var rf64: [UInt8] {
        let sizes = little(UInt64(72 + data.count)) + little(UInt64(data.count)) + little(UInt64(data.count / 2))
        return Array("RF64".utf8) + little(UInt32.max) + Array("WAVEds64".utf8) + little(UInt32(28)) + sizes
            + little(UInt32(0)) + Array("fmt ".utf8) + little(UInt32(16)) + format + Array("data".utf8)
            + little(UInt32.max) + data
    }

    private static var wave64: [UInt8] {
        let riff = Array("riff".utf8) + [0x2e, 0x91, 0xcf, 0x11, 0xa5, 0xd6, 0x28, 0xdb, 0x04, 0xc1, 0, 0]
        let tail: [UInt8] = [0xf3, 0xac, 0xd3, 0x11, 0x8c, 0xd1, 0, 0xc0, 0x4f, 0x8e, 0xdb, 0x8a]
        return riff + little(UInt64(104 + data.count)) + Array("wave".utf8) + tail + Array("fmt ".utf8) + tail
            + little(UInt64(40)) + format + Array("data".utf8) + tail + little(UInt64(24 + data.count)) + data
    }

    private static var aiff: [UInt8] {
        let rate: [UInt8] = [0x40, 0x0c, 0xfa, 0, 0, 0, 0, 0, 0, 0]
        let common = Array("AIFFCOMM".utf8) + big(UInt32(18)) + [0, 1] + big(UInt32(data.count / 2)) + [0, 16] + rate
        let sound = Array("SSND".utf8) + big(UInt32(data.count + 8)) + big(UInt64(0)) + data
        return Array("FORM".utf8) + big(UInt32(common.count + sound.count)) + common + sound
    }

    private static var au: [UInt8] {
        Array(".snd".utf8) + [UInt32(24), UInt32(data.count), 3, 16_000, 1].flatMap { big($0) } + data
    }

    private static var caf: [UInt8] {
        let layout = Array("lpcm".utf8) + [UInt32(0), 2, 1, 1, 16].flatMap { big($0) }
        return Array("caff".utf8) + [0, 1, 0, 0] + Array("desc".utf8) + big(UInt64(32)) + big((16_000.0).bitPattern)
            + layout + Array("data".utf8) + big(UInt64(data.count + 4)) + big(UInt32(0)) + data
    }

    private static var mp3: [UInt8] {
        let frame = [0xff, 0xfb, 0x90, 0xc4] + [UInt8](repeating: 0, count: 413)
        return Array("ID3".utf8) + [3, 0, 0, 0, 0, 0, 10] + [UInt8](repeating: 0, count: 10)
            + (0..<8).flatMap { _ in frame }
    }
}
