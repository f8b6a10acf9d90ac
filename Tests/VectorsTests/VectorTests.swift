import JSON
import SeededNumbers
import Testing
import Vectors

@Suite struct VectorTests {
  @Test(
    arguments: [
      [], [0, 0], [1, .nan], [.infinity, 1], [-.infinity],
    ] as [[Float]])
  func `What is no direction is no vector`(values: [Float]) {
    #expect(Vector(values) == nil)
  }

  @Test func `Bytes are floats, little-endian`() throws {
    let vector = try #require(Vector(littleEndian: [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]))
    #expect(vector.values == [1, -2])
    #expect(vector.littleEndianBytes == [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    #expect(Vector(littleEndian: [0, 0, 0x80]) == nil)
  }

  private func read(base64 text: String) -> Vector? {
    Array(text.utf8).withUnsafeBufferPointer { Vector(base64: $0) }
  }

  @Test func `Base64 of any length is what its bytes are`() throws {
    var numbers = SeededGenerator(seed: 7)
    for count in 1...64 {
      let values = (0..<count).map { _ in Float.random(in: -1...1, using: &numbers) }
      let vector = try #require(Vector(values))
      let text = Base64.text(of: vector.littleEndianBytes)
      #expect(read(base64: text) == vector)
      #expect(read(base64: String(text.prefix { $0 != "=" })) == vector)
    }
  }

  @Test(arguments: [
    "", "AACAPwAAAM", "AACAPwAAAM!=", "AACA PwAA", "AACAPw-_", "é", "AAAAAA==", "AADAfw==",
  ])
  func `What is no vector in plain base64 is none`(text: String) {
    #expect(read(base64: text) == nil)
  }

  @Test(arguments: [[3, 4], [3e-30, 4e-30], [3e30, 4e30]] as [[Float]])
  func `A vector of any length gets length 1`(values: [Float]) throws {
    let vector = try #require(Vector(values)).normalised
    #expect(abs(vector.values[0] - 0.6) < 1e-6)
    #expect(abs(vector.values[1] - 0.8) < 1e-6)
  }
}
