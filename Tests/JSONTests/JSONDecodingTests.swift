import JSON
import Testing

/// Types of our own from values.
@Suite struct JSONDecodingTests {
  private struct Inner: Codable, Equatable {
    var flags: [Bool]
    var name: String?
  }

  private struct Sample: Codable, Equatable {
    var whole: Int64
    var fraction: Double
    var inner: [String: Inner]
    var absent: Int?
  }

  @Test func `A type reads its members, whatever their order`() throws {
    let json = try #require(
      JSONValue(
        parsing:
          #"{"inner": {"a": {"flags": [true, false], "name": null}}, "more": [1], "fraction": 1e-2, "whole": 9007199254740993}"#
      ))
    let inner = Inner(flags: [true, false], name: nil)
    #expect(
      try json.decode(Sample.self)
        == Sample(whole: 9_007_199_254_740_993, fraction: 0.01, inner: ["a": inner]))
  }

  @Test func `Numbers that are whole are whole, others are not cut`() throws {
    let values = try #require(JSONValue(parsing: "[1e3, 2.0]"))
    #expect(try values.decode([Int].self) == [1000, 2])
    for text in ["1.5", "1e30", "\"1\"", "true", "null"] {
      let value = try #require(JSONValue(parsing: text))
      #expect(throws: DecodingError.self, "\(text)") { try value.decode(Int.self) }
    }
    #expect(throws: DecodingError.self) { try JSONValue.number("300").decode(UInt8.self) }
    #expect(throws: DecodingError.self) { try JSONValue.number("1e999").decode(Double.self) }
  }

  @Test func `An error names the way to what does not fit`() throws {
    let json = try #require(
      JSONValue(parsing: #"{"whole": 1, "fraction": 1, "inner": {"a": {"flags": [true, 3]}}}"#))
    let error = try #require(throws: DecodingError.self) { try json.decode(Sample.self) }
    guard case .typeMismatch(_, let context) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(context.codingPath.map(\.stringValue) == ["inner", "a", "flags", "1"])
  }

  @Test func `A value within a type stays as it was written`() throws {
    struct Holder: Decodable { var any: JSONValue }
    let json = try #require(JSONValue(parsing: #"{"any": {"b": 1.50, "a": null}}"#))
    #expect(try json.decode(Holder.self).any.description == #"{"b":1.50,"a":null}"#)
  }
}
