internal import CSndfile
internal import Files
internal import Glibc

/// A recording opened for reading in blocks through libsndfile.
///
/// A handle is used by one thread at a time; every caller is a synchronous pass that owns it.
@safe struct SoundReader: ~Copyable {
    let path: String
    let sampleRate: Double
    let channels: Int
    let content: SoundContent
    /// Bytes on disk.
    let bytes: Int
    /// What the header or the last page says. Not to be trusted: compare with what was decoded.
    let declaredFrames: Int64
    /// The header promises more bytes than the file has.
    let isCutShort: Bool

    private let handle: OpaquePointer
    private let source: SoundSource

    /// Opens a recording.
    ///
    /// - Throws: `noInput`, `notAudio` or `truncated`, each naming the file.
    init(opening path: String) throws(SpeechError) {
        let descriptor = try Self.openRegularFile(path)
        let size = (try? descriptor.status())?.size ?? 0
        let declared = DeclaredSize(of: descriptor, size: size)
        let isMPEG = Self.looksLikeMPEG(descriptor)
        let frames = isMPEG ? MPEGFrames(of: descriptor, size: size) : nil
        if isMPEG && frames == nil { throw Self.refusal(path, declared, nil) }
        let source = SoundSource(
            descriptor, shown: frames?.sound ?? 0..<size, preface: frames?.table ?? [],
            unknownLengthAt: declared.unknownLengthAt)
        var callbacks = SoundSource.callbacks
        var info = SF_INFO()
        // The source is used by the handle only while we hold both: it may be passed unretained.
        guard
            let handle = unsafe sf_open_virtual(
                &callbacks, Int32(SFM_READ), &info, Unmanaged.passUnretained(source).toOpaque())
        else {
            throw Self.refusal(path, declared, source.error)
        }
        let rate = Double(info.samplerate)
        guard info.channels > 0, info.channels <= 1024, rate >= 1_000, rate <= 768_000 else {
            unsafe sf_close(handle)
            throw SpeechError(
                .notAudio,
                "\(path) claims \(info.channels) channels at \(info.samplerate) Hz, which no recording has.")
        }
        self.path = path
        self.source = source
        unsafe self.handle = handle
        bytes = size
        sampleRate = rate
        channels = Int(info.channels)
        content = SoundContent(format: info.format)
        declaredFrames = info.frames
        isCutShort = declared.isBeyondEnd || frames?.isCutShort == true
    }

    deinit { unsafe sf_close(handle) }

    /// Decodes the next frames, channels interleaved, full scale at 1.
    ///
    /// Returns the number of frames, 0 at the end or where the sound cannot be decoded further.
    ///
    /// - Throws: `noInput` when the disk fails.
    func read(into buffer: UnsafeMutableBufferPointer<Float>) throws(SpeechError) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        let frames = unsafe sf_readf_float(handle, base, sf_count_t(buffer.count / channels))
        if let error = source.error {
            throw SpeechError(.noInput, "\(path) cannot be read: \(error.reasonInSentence).")
        }
        return max(0, Int(frames))
    }

    /// Whether sound is missing, now that this many frames were all that could be decoded.
    func isTruncated(afterFrames frames: Int) -> Bool {
        if isCutShort { return true }
        // No writer that knew the length leaves a number like this.
        guard declaredFrames > 0, declaredFrames < Int64.max / 2 else { return false }
        return Double(frames) < Double(declaredFrames) - sampleRate / 20
    }

    private static func openRegularFile(_ path: String) throws(SpeechError) -> OpenFile {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw SpeechError(.noInput, "No recording was named; give the path of a sound file.")
        }
        let descriptor: OpenFile
        do {
            // Opening a pipe without a writer must not wait for ever.
            descriptor = try OpenFile(path, [.nonBlocking])
        } catch {
            throw SpeechError(.noInput, "\(path) cannot be opened: \(error.reasonInSentence).")
        }
        let status: FileStatus
        do {
            status = try descriptor.status()
        } catch {
            throw SpeechError(.noInput, "\(path) cannot be read: \(error.reasonInSentence).")
        }
        switch status.kind {
        case .file: break
        case .directory: throw SpeechError(.notAudio, "\(path) is a directory; name a sound file in it.")
        default: throw SpeechError(.notAudio, "\(path) is a pipe or a device; save the recording to a file first.")
        }
        guard status.size > 0 else {
            throw SpeechError(.notAudio, "\(path) is empty; record it again.")
        }
        return descriptor
    }

    /// By its first bytes, as libsndfile does: a tag, or eleven bits set.
    private static func looksLikeMPEG(_ descriptor: OpenFile) -> Bool {
        let head = descriptor.peek(3, at: 0)
        return head.starts(with: "ID3".utf8) || head.count == 3 && head[0] == 0xff && head[1] & 0xe0 == 0xe0
    }

    private static func refusal(_ path: String, _ declared: DeclaredSize, _ error: FileError?) -> SpeechError {
        if let error { return SpeechError(.noInput, "\(path) cannot be read: \(error.reasonInSentence).") }
        if declared.isBeyondEnd || declared.isHeaderCut {
            return SpeechError(.truncated, "\(path) is cut off before its sound begins; copy or record it again.")
        }
        return SpeechError(
            .notAudio,
            "\(path) is not a sound file that can be read (WAV, FLAC, Ogg, Opus, MP3, AIFF, AU, CAF and others can).")
    }
}
