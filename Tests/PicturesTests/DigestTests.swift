import Conversation
import Files
import Pictures
import Testing

@Suite struct DigestTests {
  struct Vector: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var digest: String
  }

  /// NIST, "Cryptographic Standards and Guidelines: Examples with Intermediate Values", SHA-256,
  /// and the values of FIPS 180-2 appendix B.
  static let vectors = [
    Vector(
      testDescription: "empty", bytes: [],
      digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Vector(
      testDescription: "abc", bytes: Array("abc".utf8),
      digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    Vector(
      testDescription: "two blocks",
      bytes: Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
      digest: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    Vector(
      testDescription: "a million a", bytes: [UInt8](repeating: 0x61, count: 1_000_000),
      digest: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]

  @Test(arguments: vectors)
  func `The standard's examples give the standard's digests`(vector: Vector) {
    #expect(Digest(hashing: vector.bytes).rawValue == vector.digest)
  }

  @Test(arguments: vectors, [true, false])
  func `Either library gives them`(vector: Vector, withoutOpenSSL: Bool) {
    var hash = SHA256(withoutOpenSSL: withoutOpenSSL)
    hash.update(vector.bytes)
    #expect(Digest(bytes: hash.finish()).rawValue == vector.digest)
  }

  @Test(arguments: [true, false])
  func `Any split gives the digest of the whole`(withoutOpenSSL: Bool) {
    let bytes = (0..<200).map { UInt8($0) }
    let whole = Digest(hashing: bytes)
    for split in 0...bytes.count {
      var hash = SHA256(withoutOpenSSL: withoutOpenSSL)
      hash.update(Array(bytes[..<split]))
      hash.update(Array(bytes[split...]))
      #expect(Digest(bytes: hash.finish()) == whole)
    }
  }

  @Test func `A file has the digest of its bytes`() throws {
    let bytes = [UInt8](repeating: 7, count: 600_000)
    let folder = try TemporaryFolder()
    let content = try PictureContent(path: try folder.file("bytes", bytes))
    #expect(try content.digest() == Digest(hashing: bytes))
    #expect(try content.allBytes() == bytes)
  }
}
