internal import Files

extension OpenFile {
    /// Up to `count` bytes at an offset; fewer at the end of the file, none where the disk fails: whoever reads the sound
    /// itself then comes upon that and says it.
    func peek(_ count: Int, at offset: Int) -> [UInt8] { (try? read(count, at: offset)) ?? [] }
}
