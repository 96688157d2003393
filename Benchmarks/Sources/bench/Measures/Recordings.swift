import Glibc

extension Bench {
    /// An hour of stereo through the whole way to the endpoint, and uploads of two sizes.
    func measureSpeech(_ report: inout Report) throws {
        let minutes = sizes.audioMinutes
        Report.note("making \(minutes) minutes of speech")
        let long = try SpeechFile(samples: samples, rate: 44_100, channels: 2)
            .write(minutes: minutes, noiseBits: 4, to: "hour.wav")
        let ended = try transcribe(long)
        unlink(long)
        let pieces = server.events().count
        let speed = Double(minutes) * 60_000 / ended.milliseconds
        report.add(
            "\(minutes) minutes of 44.1 kHz stereo to \(pieces) pieces and their words", vocero: ended.milliseconds.ms,
            result: "\(speed.shown(0)) times real time", goal: "100 times", isMet: speed >= 100)
        report.add(
            "its peak memory", vocero: "\(ended.peakMebibytes.shown(0)) MiB",
            result: "\(ended.peakMebibytes.shown(0)) MiB", goal: "64 MiB", isMet: ended.peakMebibytes < 64)

        let noisy = try SpeechFile(samples: samples, rate: 16_000, channels: 1)
        let small = try transcribe(noisy.write(minutes: 1, noiseBits: 8, to: "small.wav"))
        let (smallBytes, smallPeak) = (server.events().map(\.request.bodyLength).max() ?? 0, small.peakMebibytes)
        let large = try transcribe(noisy.write(minutes: 19, noiseBits: 8, to: "large.wav"))
        let largeBytes = server.events().map(\.request.bodyLength).max() ?? 0
        let growth = large.peakMebibytes - smallPeak
        report.add(
            "peak memory of an upload of \((Double(largeBytes) / 1e6).shown()) MB beside \((Double(smallBytes) / 1e6).shown()) MB",
            vocero: "\(large.peakMebibytes.shown(0)) MiB", beside: "\(smallPeak.shown(0)) MiB",
            result: "\(growth.shown()) MiB more", goal: "4 MiB more", isMet: growth <= 4)
    }

    private func transcribe(_ file: String) throws -> Ended {
        _ = server.events()
        return try vocero.run(["transcribe", file])
    }
}
