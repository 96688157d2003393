internal import CSamplerate

/// One channel brought to another sample rate, block by block, through libsamplerate.
@safe struct Resampler: ~Copyable {
    private let state: OpaquePointer?
    private let ratio: Double
    private var output: [Float]

    /// - Throws: `codec` when libsamplerate refuses.
    init(from input: Double, to output: Double, blockFrames: Int) throws(SpeechError) {
        ratio = output / input
        guard input != output else {
            unsafe state = nil
            self.output = []
            return
        }
        var code: Int32 = 0
        // The fastest of the sinc converters: 97 dB, beyond what 16 bits hold.
        guard let state = unsafe src_new(Int32(SRC_SINC_FASTEST), 1, &code) else {
            throw Self.failure(code)
        }
        unsafe self.state = unsafe state
        self.output = [Float](repeating: 0, count: Int(Double(blockFrames) * ratio) + 64)
    }

    deinit { if let state = unsafe state { _ = unsafe src_delete(state) } }

    /// Converts `count` samples and hands on what is ready; with `isLast`, everything that is left.
    mutating func process(
        _ samples: UnsafeMutableBufferPointer<Float>, count: Int, isLast: Bool,
        _ consume: (UnsafeMutableBufferPointer<Float>) throws(SpeechError) -> Void
    ) throws(SpeechError) {
        guard let state = unsafe state else {
            return try unsafe consume(UnsafeMutableBufferPointer(rebasing: samples[0..<count]))
        }
        var used = 0
        while true {
            let (taken, made) = try unsafe convert(state, samples, from: used, count: count - used, isLast)
            used += taken
            if made > 0 { try unsafe handOn(made, consume) }
            if used >= count && (made == 0 || !isLast) { return }
            if taken == 0 && made == 0 { return }
        }
    }

    private mutating func convert(
        _ state: OpaquePointer, _ samples: UnsafeMutableBufferPointer<Float>, from start: Int, count: Int,
        _ isLast: Bool
    ) throws(SpeechError) -> (taken: Int, made: Int) {
        let ratio = ratio
        var taken = 0
        var made = 0
        let code = unsafe output.withUnsafeMutableBufferPointer { output -> Int32 in
            var data = unsafe SRC_DATA()
            unsafe data.data_in = UnsafePointer(samples.baseAddress.map { unsafe $0 + start })
            unsafe data.input_frames = count
            unsafe data.data_out = output.baseAddress
            unsafe data.output_frames = output.count
            unsafe data.end_of_input = isLast ? 1 : 0
            unsafe data.src_ratio = ratio
            let code = unsafe src_process(state, &data)
            taken = unsafe data.input_frames_used
            made = unsafe data.output_frames_gen
            return code
        }
        guard code == 0 else { throw Self.failure(code) }
        return (taken, made)
    }

    private mutating func handOn(
        _ count: Int, _ consume: (UnsafeMutableBufferPointer<Float>) throws(SpeechError) -> Void
    ) throws(SpeechError) {
        // Typed throws do not pass through withUnsafeMutableBufferPointer: the error is carried out by hand.
        let result = unsafe output.withUnsafeMutableBufferPointer { output -> Result<Void, SpeechError> in
            do throws(SpeechError) {
                return .success(try unsafe consume(UnsafeMutableBufferPointer(rebasing: output[0..<count])))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private static func failure(_ code: Int32) -> SpeechError {
        let words = unsafe src_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        return SpeechError(.codec, "The recording cannot be resampled: \(words).")
    }
}
