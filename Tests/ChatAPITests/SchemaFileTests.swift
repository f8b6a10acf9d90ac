import ChatAPI
import Conversation
import Language
import Testing

/// A JSON Schema in a file, in each of the shapes that people keep it in.
@Suite struct SchemaFileTests {
  private static let schema = #"{"type":"object"}"#

  @Test(arguments: [
    (#"{"type":"object"}"#, "my_list"),
    (#"{"name":"list","schema":{"type":"object"}}"#, "list"),
    (#"{"schema":{"type":"object"}}"#, "my_list"),
    (
      #"{"type":"json_schema","json_schema":{"name":"a b","schema":{"type":"object"}}}"#, "a_b"
    ),
  ])
  func `A schema is taken by itself, and as the API writes it`(text: String, name: String) throws {
    let format = try ResponseFormat(schema: text, path: "/home/a/my list.schema.json")
    #expect(format == .jsonSchema(name: name, schema: Self.schema))
  }

  @Test func `A schema without any name has one`() throws {
    #expect(
      try ResponseFormat(schema: Self.schema, path: "/")
        == .jsonSchema(name: "reply", schema: Self.schema))
  }

  @Test func `What is no schema is said`() {
    typealias Fault = ResponseFormat.SchemaFault
    #expect(throws: Fault.notJSON) { try ResponseFormat(schema: "{", path: "s.json") }
    #expect(throws: Fault.notAnObject) { try ResponseFormat(schema: "[1]", path: "s.json") }
    #expect(
      Fault.notJSON.phrase(path: "s.json").text()
        == "s.json is not valid JSON. Correct it, or name a file with a JSON Schema.")
    #expect(
      Fault.notAnObject.phrase(path: "s.json").text()
        == #"s.json is no JSON Schema. It must hold an object such as {"type": "object"}."#)
  }
}
