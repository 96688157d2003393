internal import Glibc

/// How loud a recording is, in steps of 20 ms, after hum and direct current are taken out.
///
/// Fed with one channel at ``AudioFormat/sampleRate``, block by block; one number is kept for each step, 720 KB an hour.
struct FrameEnergies {
    /// Samples in a step.
    static let frameLength = AudioFormat.sampleRate / 50
    /// What digital silence counts as.
    static let lowest: Float = -120

    /// Decibels below full scale, oldest first.
    private(set) var decibels: [Float] = []
    private let offset: Float
    private var sum: Float = 0
    private var count = 0
    // Two equal Butterworth high passes of the second order at 110 Hz, one after the other: mains hum and rumble are
    // not speech.
    private var first = HighPass()
    private var second = HighPass()

    /// - Parameter gain: by what the samples were made louder than they were recorded.
    init(gain: Float = 1) {
        offset = gain > 1 ? -20 * log10(gain) : 0
    }

    mutating func add(_ samples: UnsafeMutableBufferPointer<Float>) {
        var (sum, count, first, second) = (sum, count, first, second)
        for index in samples.indices {
            let sample = second.pass(first.pass(unsafe samples[index]))
            sum += sample * sample
            count += 1
            if count == Self.frameLength {
                let mean = sum / Float(Self.frameLength)
                decibels.append(max(Self.lowest, 10 * log10(mean + 1e-20) + offset))
                sum = 0
                count = 0
            }
        }
        first.settle()
        second.settle()
        (self.sum, self.count, self.first, self.second) = (sum, count, first, second)
    }
}

private struct HighPass {
    private var x1: Float = 0
    private var x2: Float = 0
    private var y1: Float = 0
    private var y2: Float = 0

    @inline(__always)
    mutating func pass(_ x: Float) -> Float {
        let y = 0.969_916_9 * (x - 2 * x1 + x2) + 1.938_928_5 * y1 - 0.940_738_9 * y2
        (x2, x1, y2, y1) = (x1, x, y1, y)
        return y
    }

    /// A filter that rings down for ever must not slow the loop with denormal numbers.
    mutating func settle() {
        if abs(y1) < 1e-20 && abs(y2) < 1e-20 { (y1, y2) = (0, 0) }
    }
}
