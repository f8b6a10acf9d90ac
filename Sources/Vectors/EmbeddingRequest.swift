package import ChatAPI
import FoundationEssentials
import JSON

/// Texts to be made vectors of (OpenAI API reference, embeddings/create).
package struct EmbeddingRequest: Equatable, Sendable {
  package static let path = "/embeddings"

  package var model: String
  /// 1 to 2,048 texts, none of them empty.
  package var texts: [String]
  /// How many numbers a vector shall have; nil for as many as the model gives.
  package var dimensions: Int?
  /// Whether vectors come in base64, a quarter of the bytes of numbers in JSON.
  package var isCompact = true

  package init(model: String, texts: [String], dimensions: Int? = nil) {
    self.model = model
    self.texts = texts
    self.dimensions = dimensions
  }

  /// The body of the request.
  package var body: RequestBody {
    var members = [
      JSONMember("model", .string(model)),
      JSONMember("input", .array(texts.map { .string($0) })),
    ]
    if let dimensions { members.append(JSONMember("dimensions", JSONValue(dimensions))) }
    if isCompact { members.append(JSONMember("encoding_format", "base64")) }
    return RequestBody(json: .object(members))
  }
}

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
  /// - Throws: ``VectorError/answerUnreadable(server:)``, ``VectorError/wrongCount(server:sent:came:)``
  ///   and ``VectorError/vectorUnusable(server:)``.
  package init(_ bytes: [UInt8], count: Int, server: String) throws(VectorError) {
    guard let json = JSONValue(parsing: bytes),
      let list = json["data"]?.elements ?? json["embeddings"]?.elements ?? json.elements
    else { throw .answerUnreadable(server: server) }
    guard list.count == count else {
      throw .wrongCount(server: server, sent: count, came: list.count)
    }
    var places = [Vector?](repeating: nil, count: count)
    for (place, entry) in list.enumerated() {
      let index = entry["index"]?.count ?? place
      guard index < count, places[index] == nil else {
        throw .wrongCount(server: server, sent: count, came: list.count)
      }
      places[index] = try Self.vector(entry["embedding"] ?? entry, server: server)
    }
    vectors = places.compactMap(\.self)
    tokens = (json["usage"]?["prompt_tokens"] ?? json["usage"]?["total_tokens"])?.count
    model = json["model"]?.string
  }

  private static func vector(_ json: JSONValue, server: String) throws(VectorError) -> Vector {
    let vector: Vector?
    if let text = json.string {
      // Nearly every text is plain base64, which Foundation reads several times as fast.
      let plain = Data(base64Encoded: text).map { Array($0) }
      guard let bytes = plain ?? Base64.decoded(text.utf8) else {
        throw .answerUnreadable(server: server)
      }
      vector = Vector(littleEndian: bytes)
    } else if let numbers = json.elements {
      let values = numbers.compactMap { $0.double.map(Float.init) }
      vector = values.count == numbers.count ? Vector(values) : nil
    } else {
      throw .answerUnreadable(server: server)
    }
    guard let vector else { throw .vectorUnusable(server: server) }
    return vector
  }
}
