import ChatProgram
import Conversation
import Language
import Testing

/// What of JSON Schema a reply is held against.
@Suite struct ReplyShapeTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let schema: String
    let reply: String
    /// What is said of it; nil where it fits.
    let says: String?
    var testDescription: String { schema + " " + reply }
  }

  @Test(arguments: [
    Row(schema: #"{"type":"object"}"#, reply: "{}", says: nil),
    Row(schema: #"{"type":"object"}"#, reply: "[]", says: "$ is of another type."),
    Row(schema: #"{"type":["string","null"]}"#, reply: "null", says: nil),
    Row(schema: #"{"type":"integer"}"#, reply: "7.0", says: nil),
    Row(schema: #"{"type":"integer"}"#, reply: "7.5", says: "$ is of another type."),
    Row(schema: #"{"required":["a"]}"#, reply: #"{"a":null}"#, says: nil),
    Row(schema: #"{"required":["a"]}"#, reply: #"{"b":1}"#, says: "$.a is missing."),
    Row(
      schema: #"{"properties":{"a":{"enum":["x","y"]}}}"#, reply: #"{"a":"z"}"#,
      says: "$.a is none of the values that are allowed."),
    Row(
      schema: #"{"properties":{"a":{}},"additionalProperties":false}"#, reply: #"{"a":1,"b":2}"#,
      says: "$.b is not allowed."),
    Row(
      schema: #"{"additionalProperties":{"type":"string"}}"#, reply: #"{"a":1}"#,
      says: "$.a is of another type."),
    Row(
      schema: #"{"properties":{"l":{"items":{"required":["n"]}}}}"#, reply: #"{"l":[{"n":1},{}]}"#,
      says: "$.l[1].n is missing."),
    Row(
      schema: #"{"anyOf":[{"type":"string"},{"type":"null"}]}"#, reply: "1",
      says: "$ fits none of the choices."),
    Row(
      schema:
        ##"{"$defs":{"tree":{"required":["n"],"properties":{"sub":{"$ref":"#/$defs/tree"}}}},"$ref":"#/$defs/tree"}"##,
      reply: #"{"n":1,"sub":{"n":2,"sub":{}}}"#, says: "$.sub.sub.n is missing."),
    // References that refer to each other say nothing of a value, and end.
    Row(schema: ##"{"$ref":"#"}"##, reply: "1", says: nil),
    // What is not known forbids nothing.
    Row(schema: #"{"pattern":"^a$","format":"date"}"#, reply: #""b""#, says: nil),
  ]) func `A value is held against its schema`(row: Row) throws {
    let shape = try #require(ReplyShape(.jsonSchema(name: "s", schema: row.schema)))
    let says = shape.fault(of: row.reply, isCut: false)?.text()
    #expect(
      says
        == row.says.map {
          "The reply does not fit the schema: \($0) Ask again, or try another model."
        })
  }

  @Test func `Where the call may leave the schema out, the other one is named`() throws {
    let shape = try #require(ReplyShape(.jsonSchema(name: "s", schema: #"{"type":"object"}"#)))
    #expect(
      shape.fault(of: "[]", isCut: false, isOnResponses: true)?.text()
        == "The reply does not fit the schema: $ is of another type. "
        + "Try --api chat, or another model.")
  }

  @Test func `What is no JSON is told, and whether it was cut`() throws {
    let shape = try #require(ReplyShape(.jsonObject))
    #expect(shape.fault(of: "\n\n{\"a\": [1]}\n", isCut: false) == nil)
    #expect(
      shape.fault(of: "```json\n{}\n```", isCut: false)?.text().contains("is not JSON") == true)
    #expect(shape.fault(of: "{\"a\": [1", isCut: true)?.text().contains("was cut") == true)
    #expect(ReplyShape(.text).map { _ in true } == nil)
    #expect(ReplyShape(nil).map { _ in true } == nil)
  }
}
