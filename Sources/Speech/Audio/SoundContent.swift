internal import CSndfile

/// What kind of sound file it really is, whatever its name says.
struct SoundContent: Sendable, Hashable {
    /// File name extensions that are true to the content; empty for what no speech endpoint takes.
    let extensions: Set<String>

    init(format: Int32) {
        extensions = Self.extensions(
            major: Int(format) & Int(SF_FORMAT_TYPEMASK), coding: Int(format) & Int(SF_FORMAT_SUBMASK))
    }

    /// Whether a file of that name and this content may go up as it is.
    func isNamedTruly(by path: String, within accepted: Set<String>) -> Bool {
        guard let ending = fileExtension(path) else { return false }
        return extensions.contains(ending) && accepted.contains(ending)
    }

    private static func extensions(major: Int, coding: Int) -> Set<String> {
        switch major {
        case SF_FORMAT_WAV, SF_FORMAT_WAVEX:
            // Every decoder knows these codings; ADPCM, GSM and the like are not worth the risk.
            let plain = [
                SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT,
            ]
            return plain.contains(coding) ? ["wav"] : []
        case SF_FORMAT_FLAC: return ["flac"]
        case SF_FORMAT_OGG: return ["ogg", "oga", "opus"]
        case SF_FORMAT_MPEG: return coding == SF_FORMAT_MPEG_LAYER_III ? ["mp3", "mpga", "mpeg"] : []
        default: return []
        }
    }
}

/// What follows the last dot of a file name, in lower case.
func fileExtension(_ path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    return name[name.index(after: dot)...].lowercased()
}
