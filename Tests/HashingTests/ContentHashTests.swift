import Hashing
import Testing

struct `A content hash` {
    // FIPS 180-2, appendix B, and the empty text.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `is the text's SHA-256`(text: String, digits: String) {
        #expect(ContentHash(ofText: text).description == digits)
    }

    @Test func `is the same however the bytes are cut into parts`() {
        #expect(ContentHash(of: Array("ab".utf8), [], Array("c".utf8)) == ContentHash(ofText: "abc"))
    }
}
