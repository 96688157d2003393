internal import CGit2
internal import FoundationEssentials
internal import Glibc

/// A C string as text; bytes that are not UTF-8 are replaced, nil gives an empty text.
func text(ofC pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    return unsafe String(cString: pointer)
}

extension ObjectID {
    init(_ id: git_oid) {
        var id = id
        unsafe self.init(&id)
    }

    /// Of a pointer that libgit2 gave, which is not nil.
    init(_ id: UnsafePointer<git_oid>) {
        let digits = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 41) { buffer in
            _ = unsafe git_oid_tostr(buffer.baseAddress, 41, id)
            return unsafe String(cString: buffer.baseAddress.unsafelyUnwrapped)
        }
        self.init(digits: digits)
    }

    /// libgit2's form; SHA-1 only.
    var nativeID: git_oid {
        get throws(GitError) {
            var id = git_oid()
            guard hex.utf8.count == 40, unsafe git_oid_fromstr(&id, hex) == 0 else {
                throw GitError(.unsupported(feature: "sha256"), "libgit2 cannot read SHA-256 object names.")
            }
            return id
        }
    }
}

extension Signature {
    init(_ signature: git_signature) {
        unsafe self.init(
            name: unsafe text(ofC: signature.name), email: unsafe text(ofC: signature.email),
            date: Date(timeIntervalSince1970: Double(signature.when.time)),
            offsetInMinutes: Int(signature.when.offset))
    }
}

/// Gives libgit2 an array of strings for the time of a call.
func withStringArray<Value>(_ strings: [String], _ body: (git_strarray) -> Value) -> Value {
    var copies: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) }
    defer { unsafe copies.forEach { unsafe free($0) } }
    return unsafe copies.withUnsafeMutableBufferPointer { buffer in
        unsafe body(git_strarray(strings: buffer.baseAddress, count: buffer.count))
    }
}

/// Takes over a buffer that libgit2 filled.
func takeText(of buffer: inout git_buf) -> String {
    defer { unsafe git_buf_dispose(&buffer) }
    return unsafe String(decoding: UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size), as: UTF8.self)
}
