package import ChatAPI
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

extension EmbeddingRequest {
  /// The most numbers of a vector that is taken: four times as many as any known model gives.
  static let mostNumbers = 32_768

  /// The largest answer that is taken, in bytes: numbers of 15 digits for each text, and some room.
  package var byteLimit: Int { 1 << 20 + texts.count * (Self.mostNumbers * 16) }
}
