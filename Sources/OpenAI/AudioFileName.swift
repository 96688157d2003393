/// The name under which a recording goes up. Endpoints tell the format by it; the user's own file name stays here.
struct AudioFileName {
    let name: String
    let contentType: String

    init(path: String) {
        let file = path.split(separator: "/").last ?? ""
        let parts = file.split(separator: ".", omittingEmptySubsequences: false)
        let suffix = parts.count > 1 ? parts[parts.count - 1].lowercased() : ""
        let fileExtension = suffix.isEmpty ? "wav" : suffix
        name = "audio." + fileExtension
        contentType =
            switch fileExtension {
            case "flac": "audio/flac"
            case "m4a", "mp4": "audio/mp4"
            case "mp3", "mpeg", "mpga": "audio/mpeg"
            case "oga", "ogg", "opus": "audio/ogg"
            case "webm": "audio/webm"
            case "wav": "audio/wav"
            default: "application/octet-stream"
            }
    }
}
