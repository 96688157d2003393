/// Interleaved channels made into one, with what has to be known to judge the mix.
struct Mixdown {
    let channels: Int
    /// Nil for the mean of all channels.
    let onlyChannel: Int?
    /// Factor for every sample.
    let gain: Float

    /// The loudest sample before ``gain``.
    private(set) var peak: Float = 0
    private var energy: Double = 0
    private var channelEnergy: [Double]

    init(channels: Int, onlyChannel: Int? = nil, gain: Float = 1) {
        self.channels = channels
        self.onlyChannel = onlyChannel
        self.gain = gain
        channelEnergy = [Double](repeating: 0, count: channels)
    }

    /// The channel to use alone when mixing cancels the sound, as it does when one side is wired backwards.
    var cancelledInFavourOf: Int? {
        guard channels > 1, onlyChannel == nil,
            let loudest = channelEnergy.indices.max(by: {
                channelEnergy[$0] < channelEnergy[$1]
            })
        else { return nil }
        // Mixing n channels of which one speaks costs a factor n squared; below a tenth of that it cancels.
        let expected = channelEnergy[loudest] / Double(channels * channels)
        return energy < 0.1 * expected ? loudest : nil
    }

    /// Mixes `frames` interleaved frames. What is not a number, or beyond any scale, counts as silence.
    mutating func mix(
        _ input: UnsafeMutableBufferPointer<Float>, frames: Int, into output: UnsafeMutableBufferPointer<Float>
    ) {
        unsafe clean(input, count: frames * channels)
        if channels == 1 {
            unsafe mixOne(input, frames, output)
        } else if let onlyChannel {
            for frame in 0..<frames { unsafe output[frame] = unsafe input[frame * channels + onlyChannel] * gain }
        } else {
            unsafe mixAll(input, frames, output)
        }
    }

    private mutating func clean(_ samples: UnsafeMutableBufferPointer<Float>, count: Int) {
        var peak = peak
        for index in 0..<count {
            let sample = unsafe samples[index]
            let size = abs(sample)
            // False for NaN, too.
            let kept: Float = size < 1e9 ? size : 0
            if kept != size { unsafe samples[index] = 0 }
            if kept > peak { peak = kept }
        }
        self.peak = peak
    }

    private mutating func mixOne(
        _ input: UnsafeMutableBufferPointer<Float>, _ frames: Int, _ output: UnsafeMutableBufferPointer<Float>
    ) {
        for frame in 0..<frames { unsafe output[frame] = unsafe input[frame] * gain }
    }

    private mutating func mixAll(
        _ input: UnsafeMutableBufferPointer<Float>, _ frames: Int, _ output: UnsafeMutableBufferPointer<Float>
    ) {
        let scale = 1 / Float(channels)
        var mixed: Float = 0
        unsafe channelEnergy.withUnsafeMutableBufferPointer { channelEnergy in
            for frame in 0..<frames {
                var sum: Float = 0
                for channel in 0..<channels {
                    let sample = unsafe input[frame * channels + channel]
                    sum += sample
                    unsafe channelEnergy[channel] += Double(sample * sample)
                }
                sum *= scale
                mixed += sum * sum
                unsafe output[frame] = sum * gain
            }
        }
        energy += Double(mixed)
    }
}
