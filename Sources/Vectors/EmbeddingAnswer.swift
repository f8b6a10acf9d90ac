import CVectors
import JSON

/// Vectors that a server gave, in the order of the texts.
package struct EmbeddingAnswer: Equatable, Sendable {
  package var vectors: [Vector]
  /// How many tokens the server counted; nil where it does not say.
  package var tokens: Int?
  /// The model that made them, where the server says.
  package var model: String?

  /// Reads an answer to `count` texts: vectors in base64 or as numbers, told by what came; in the order of
  /// their `index` (OpenAI), else as they stand (`embeddings` of Ollama, or a bare list).
  ///
  /// - Throws: ``VectorError/answerUnreadable(server:)``, ``VectorError/wrongCount(server:sent:came:)``,
  ///   ``VectorError/placesWrong(server:)``, ``VectorError/sizesDiffer(server:one:other:)`` and
  ///   ``VectorError/vectorUnusable(server:)``.
  package init(_ bytes: [UInt8], count: Int, server: String) throws(VectorError) {
    // What is left of each text's entry are some dozen bytes.
    let limit = 1 << 20 + count * 4_096
    let extraction = VectorExtraction(bytes, upTo: limit)
    guard extraction.rest.count <= limit,
      let json = JSONValue(parsing: extraction.rest),
      let list = json["data"]?.elements ?? json["embeddings"]?.elements ?? json.elements
    else { throw .answerUnreadable(server: server) }
    guard list.count == count else {
      throw .wrongCount(server: server, sent: count, came: list.count)
    }
    var places = [Vector?](repeating: nil, count: count)
    for (place, entry) in list.enumerated() {
      let index = entry["index"]?.count ?? place
      guard index < count, places[index] == nil else { throw .placesWrong(server: server) }
      places[index] = try Self.vector(entry["embedding"] ?? entry, extraction, server: server)
    }
    vectors = places.compactMap(\.self)
    let sizes = vectors.map(\.values.count)
    if let size = sizes.first, let other = sizes.first(where: { $0 != size }) {
      throw .sizesDiffer(server: server, one: size, other: other)
    }
    tokens = (json["usage"]?["prompt_tokens"] ?? json["usage"]?["total_tokens"])?.count
    model = json["model"]?.string
  }

  private static func vector(
    _ json: JSONValue, _ extraction: VectorExtraction, server: String
  ) throws(VectorError) -> Vector {
    if let number = json[VectorExtraction.mark]?.count {
      guard extraction.vectors.indices.contains(number) else {
        throw .answerUnreadable(server: server)
      }
      guard let vector = extraction.vectors[number] else { throw .vectorUnusable(server: server) }
      return vector
    }
    let vector: Vector?
    if let text = json.string {
      // A short text, or base64 of another kind.
      guard let bytes = Base64.decoded(text.utf8) else { throw .answerUnreadable(server: server) }
      vector = Vector(littleEndian: bytes)
    } else if let numbers = json.elements {
      // Lists of numbers were taken out: these are written as texts, or too many.
      guard numbers.count <= EmbeddingRequest.mostNumbers else {
        throw .answerUnreadable(server: server)
      }
      let values = numbers.compactMap { $0.double.map(Float.init) }
      vector = values.count == numbers.count ? Vector(values) : nil
    } else {
      throw .answerUnreadable(server: server)
    }
    guard let vector else { throw .vectorUnusable(server: server) }
    return vector
  }
}

/// Takes the vectors out of an answer before the rest of it is read as JSON: numbers never become values of
/// JSON, which take twenty times their bytes.
///
/// Lists of numbers, and plain base64 under the name `embedding`, are replaced by an object that says which
/// vector stood there. What is no JSON stays so.
struct VectorExtraction {
  /// The name of the object's member.
  static let mark = "$vector"

  /// Nil where the numbers are no vector.
  private(set) var vectors: [Vector?] = []
  /// The answer without them.
  private(set) var rest: [UInt8] = []

  /// Behind what was copied.
  private var copied = 0
  private var numbers = [Float](repeating: 0, count: EmbeddingRequest.mostNumbers)

  /// Copies not much more than `limit` bytes of what is no vector.
  init(_ bytes: [UInt8], upTo limit: Int) {
    bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      read(start, bytes.count, upTo: limit)
      rest.append(contentsOf: bytes[copied...].prefix(limit + 1))
    }
  }

  private mutating func read(_ bytes: UnsafePointer<UInt8>, _ count: Int, upTo limit: Int) {
    var place = 0
    var isVector = false
    while place < count, rest.count <= limit {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        let end = Self.endOfString(bytes, count, from: place)
        if isVector, let vector = Self.vector(bytes, from: place + 1, to: end - 1) {
          replace(place..<end, by: vector, bytes)
        }
        isVector = Self.isName(bytes, place..<end)
        place = end
      case UInt8(ascii: "["): place = readList(bytes, count, from: place)
      // A name stands before its value, with a colon and blanks between them.
      case UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "]"):
        isVector = false
        place += 1
      default: place += 1
      }
    }
  }

  /// Behind the closing quote; the end where there is none.
  private static func endOfString(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, from start: Int
  ) -> Int {
    var place = start + 1
    while place < count {
      if bytes[place] == UInt8(ascii: "\"") { return place + 1 }
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return count
  }

  private static func isName(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Bool {
    let name: StaticString = "\"embedding\""
    guard range.count == name.utf8CodeUnitCount else { return false }
    return range.indices.allSatisfy { bytes[$0] == name.utf8Start[$0 - range.lowerBound] }
  }

  /// The vector of plain base64; nil where it is none.
  private static func vector(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Vector?
  {
    guard end > start else { return nil }
    return Vector(base64: UnsafeBufferPointer(start: bytes + start, count: end - start))
  }

  /// Reads a list of numbers and goes behind it; else behind the bracket.
  private mutating func readList(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, from start: Int
  ) -> Int {
    var end = 0
    let found = numbers.withUnsafeMutableBufferPointer { numbers in
      numbers.baseAddress.map {
        cvectors_read_numbers(bytes + start + 1, count - start - 1, $0, numbers.count, &end)
      } ?? -1
    }
    guard found > 0 else { return start + 1 }
    let range = start..<start + 1 + end
    replace(range, by: Vector(Array(numbers[..<found])), bytes)
    return range.upperBound
  }

  private mutating func replace(
    _ range: Range<Int>, by vector: Vector?, _ bytes: UnsafePointer<UInt8>
  ) {
    rest.append(
      contentsOf: UnsafeBufferPointer(start: bytes + copied, count: range.lowerBound - copied))
    rest.append(contentsOf: "{\"\(Self.mark)\":\(vectors.count)}".utf8)
    vectors.append(vector)
    copied = range.upperBound
  }
}
