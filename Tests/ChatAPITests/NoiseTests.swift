import ChatAPI
import Conversation
import JSON
import SeededNumbers
import Testing

/// Damage of every kind: nothing may trap, hang, or depend on how the bytes were split.
@Suite struct NoiseTests {
  private static let seeds = ReplyCase.all.map { Array($0.body.utf8) }

  private func read(_ bytes: [UInt8], status: Int, pieces: Int) -> (String, ReplyReader.Ending?) {
    var reader = ReplyReader(head: ResponseHead(status: status), server: "s", key: nil)
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      reader.feed(Array(bytes[start..<min(start + pieces, bytes.count)]))
      text += reader.takeEvents().compactMap(\.answer).joined()
    }
    reader.finish()
    text += reader.takeEvents().compactMap(\.answer).joined()
    return (text, reader.ending)
  }

  @Test(arguments: [200, 400]) func `A damaged answer ends, however it is split`(status: Int) {
    var noise = SeededGenerator(seed: 1)
    for seed in Self.seeds where !seed.isEmpty {
      for _ in 0..<20 {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &noise) {
          let place = bytes.indices.randomElement(using: &noise) ?? 0
          switch UInt8.random(in: 0...2, using: &noise) {
          case 0: bytes[place] = .random(in: 0...255, using: &noise)
          case 1: bytes.remove(at: place)
          default: bytes.insert(contentsOf: bytes[place...].prefix(30), at: place)
          }
          if bytes.isEmpty { bytes = [0x0A] }
        }
        let whole = read(bytes, status: status, pieces: bytes.count)
        let split = read(bytes, status: status, pieces: 1)
        #expect(whole.1 != nil)
        #expect(whole.0 == split.0)
        #expect(whole.1 == split.1)
      }
    }
  }

  @Test func `JSON that was damaged is read, or refused, and written as it was read`() {
    var noise = SeededGenerator(seed: 2)
    let seed = Array(#"{"a":[1,-2.5e3,"x\u0041\n",true,null,{"b":"é\ud83d\ude00"}],"c":""}"#.utf8)
    for _ in 0..<3000 {
      var bytes = seed
      for _ in 0..<3 {
        bytes[Int.random(in: bytes.indices, using: &noise)] = .random(in: 0...255, using: &noise)
      }
      guard let value = JSONValue(parsing: bytes) else { continue }
      #expect(JSONValue(parsing: value.bytes) == value)
    }
  }
}
