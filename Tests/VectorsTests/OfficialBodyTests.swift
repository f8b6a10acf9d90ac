import ChatAPI
import JSON
import OfficialSchemas
import Testing
import Vectors

/// The body of the call that makes vectors, against OpenAI's own description of its API where that lies
/// beside the project.
@Suite struct OfficialBodyTests {
  @Test(
    .enabled("the official description of the API lies beside the project") {
      OfficialSchema.shared != nil
    }, arguments: [nil, 256] as [Int?], [true, false])
  func `Vectors are asked for as the description says`(dimensions: Int?, isCompact: Bool) throws {
    let schema = try #require(OfficialSchema.shared)
    var request = EmbeddingRequest(
      model: "text-embedding-3-small", texts: ["a cat", "利率"], dimensions: dimensions)
    request.isCompact = isCompact
    let bytes = request.body.pieces.flatMap { piece -> [UInt8] in
      if case .bytes(let bytes) = piece { bytes } else { [] }
    }
    let sent = try #require(JSONValue(parsing: bytes))
    #expect(sent["input"]?.elements?.count == 2)
    #expect(schema.faults(in: sent, as: "CreateEmbeddingRequest") == [])
  }
}
