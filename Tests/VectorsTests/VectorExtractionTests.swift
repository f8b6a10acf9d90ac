import ChatAPI
import JSON
import SeededNumbers
import Testing
import Vectors

/// Answers of `/embeddings` as servers write them, and as none should.
@Suite struct VectorExtractionTests {
  private func answer(_ text: String, count: Int = 1) throws(VectorError) -> EmbeddingAnswer {
    try EmbeddingAnswer(Array(text.utf8), count: count, server: "s")
  }

  @Test(arguments: [
    #"{"data":[{"index":0,"embedding":"AACAPwAAAMA="}],"usage":{"prompt_tokens":3}}"#,
    #"{"data":[{"embedding" : "AACAPwAAAMA","index":0}],"usage":{"total_tokens":3}}"#,
    #"{"data":[{"embedding":"AACAPwAA\u0041MA="}],"usage":{"total_tokens":3}}"#,
    #"{"data":[{"embedding":[1, -2.0 ]}],"usage":{"prompt_tokens":3}}"#,
    #"{"embeddings":[[1e0,-200E-2]],"usage":{"prompt_tokens":3}}"#,
    #"{"note":[1,2,3],"data":[{"text":"a [b] \"c","embedding":[1,-2]}],"usage":{"prompt_tokens":3}}"#,
  ]) func `A vector is read in every form`(text: String) throws {
    let answer = try answer(text)
    #expect(answer.vectors.map(\.values) == [[1, -2]])
    #expect(answer.tokens == 3)
  }

  @Test func `A bare list, and an index, say whose each vector is`() throws {
    #expect(try answer("[[1,2],[3,4]]", count: 2).vectors.map(\.values) == [[1, 2], [3, 4]])
    let turned = #"{"data":[{"index":1,"embedding":[3,4]},{"index":0,"embedding":[1,2]}]}"#
    #expect(try answer(turned, count: 2).vectors.map(\.values) == [[1, 2], [3, 4]])
  }

  @Test(arguments: [
    "[1,NaN]", "[1,null]", "[1,-Infinity]", "[0,0]", "[]", "[1e99]", #"[1,"a"]"#, #""AADAfw==""#,
  ])
  func `What is no direction is told as such`(vector: String) {
    #expect(throws: VectorError.vectorUnusable(server: "s")) {
      try answer(#"{"data":[{"embedding":\#(vector)}]}"#)
    }
  }

  @Test(arguments: [
    "", "{", "<html>", #"{"data":[{"embedding":[1,2}]}"#, #"{"data":[{"embedding":[1 2]}]}"#,
    #"{"data":[{"embedding":"not base64"}]}"#, #"{"data":[{"embedding":{"$vector":7}}]}"#,
  ]) func `What is no answer is told as such`(text: String) {
    #expect(throws: VectorError.answerUnreadable(server: "s")) { try answer(text) }
  }

  @Test func `Numbers are what the language makes of them`() throws {
    var numbers = SeededGenerator(seed: 11)
    let values = (0..<2_000).map { _ in Float.random(in: -1...1, using: &numbers) }
    let texts =
      values.map { "\($0)" } + [
        "1e-30", "12345678901234567890123", "0.000000000000000000001", "-7E+3",
      ]
    let expected = texts.map { Float($0) ?? 0 }
    let read = try answer("[[\(texts.joined(separator: ","))]]").vectors[0].values
    #expect(read.count == expected.count)
    for (one, other) in zip(read, expected) { #expect(abs(one - other) <= other.ulp) }
  }

  @Test func `An answer is bounded by what was asked for, and no list of numbers by what comes`() {
    let few = EmbeddingRequest(model: "m", texts: ["a"]).byteLimit
    #expect(few < 2 << 20)
    #expect(EmbeddingRequest(model: "m", texts: ["a", "b"]).byteLimit > few)
    let endless = #"{"data":[{"embedding":["# + String(repeating: "1,", count: 500_000) + "1]}]}"
    #expect(throws: VectorError.answerUnreadable(server: "s")) { try answer(endless) }
    let nested = #"{"data":["# + String(repeating: "[],", count: 600_000) + "[]]}"
    #expect(throws: VectorError.answerUnreadable(server: "s")) { try answer(nested) }
  }
}
