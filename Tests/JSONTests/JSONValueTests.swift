import JSON
import Testing

@Suite struct JSONValueTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var value: JSONValue?
    var testDescription: String { String(text.prefix(40)) }

    init(_ text: String, _ value: JSONValue?) {
      self.text = text
      self.value = value
    }
  }

  static let texts = [
    Case(" { } ", .object([])), Case("[]", []), Case("\t[ 1 ,2\n]\r", [1, 2]),
    Case("{\"b\":1,\"a\":null}", ["b": 1, "a": .null]),
    Case("\"\"", ""), Case("true", true), Case("false", false), Case("null", .null),
    Case("-0.5e+10", .number("-0.5e+10")), Case("0", 0), Case("1E5", .number("1E5")),
    Case("12345678901234567890123", .number("12345678901234567890123")),
    Case(#""a\"\\\/\b\f\n\r\tz""#, .string("a\"\\/\u{8}\u{C}\n\r\tz")),
    Case(#""\u4f60\u597D\ud83d\ude00""#, "你好😀"), Case(#""你好😀""#, "你好😀"),
    Case(#""\ud83d""#, "\u{FFFD}"), Case(#""\ud83dx""#, "\u{FFFD}x"),
    Case(#""\ude00\ud83d\u0041""#, "\u{FFFD}\u{FFFD}A"), Case("\"a\nb\"", "a\nb"),
    Case("", nil), Case(" ", nil), Case("{", nil), Case("[1,]", nil), Case("[1 2]", nil),
    Case("{\"a\"}", nil), Case("{\"a\":}", nil), Case("{a:1}", nil), Case("{\"a\":1,}", nil),
    Case("\"a", nil), Case(#""\x""#, nil), Case(#""\u12""#, nil), Case(#""\"#, nil),
    Case("01", nil), Case("+1", nil), Case("1.", nil), Case(".5", nil), Case("-", nil),
    Case("1e", nil), Case("tru", nil), Case("nulll", nil), Case("1 2", nil), Case("'a'", nil),
    Case(
      String(repeating: "[", count: 100) + String(repeating: "]", count: 100), .some(nested(100))),
    Case(String(repeating: "[", count: 129) + String(repeating: "]", count: 129), nil),
    Case(String(repeating: "[", count: 1_000_000), nil),
  ]

  static func nested(_ depth: Int) -> JSONValue {
    (1..<depth).reduce([]) { value, _ in .array([value]) }
  }

  @Test(arguments: texts) func `A text is read as its value, or refused`(_ row: Case) {
    #expect(JSONValue(parsing: row.text) == row.value)
  }

  @Test(arguments: texts.compactMap(\.value)) func `What is written reads as the same value`(
    _ value: JSONValue
  ) {
    #expect(JSONValue(parsing: value.bytes) == value)
  }

  @Test(arguments: ["nan", "NaN", "inf", "infinity", "0x1p9", "1e999", "-1e999", "", " 1", "1 "])
  func `What is no finite number is none`(text: String) {
    #expect(JSONValue.string(text).double == nil)
    #expect(JSONValue.string(text).integer == nil)
    #expect(JSONValue.number(text).double == nil)
  }

  @Test func `Text is escaped as far as it must be`() {
    let value: JSONValue = ["k/\"": "\\ \n \u{1} \u{1F} é"]
    #expect(String(decoding: value.bytes, as: UTF8.self) == #"{"k/\"":"\\ \n \u0001 \u001f é"}"#)
  }

  @Test func `Bytes that are not UTF-8 become replacement characters`() {
    #expect(JSONValue(parsing: [0x22, 0x61, 0xFF, 0x62, 0x22]) == "a\u{FFFD}b")
  }

  @Test func `A member that is null is as good as absent`() {
    let value = JSONValue(parsing: #"{"a":null,"b":{"c":[1]}}"#)
    #expect(value?["a"] == nil)
    #expect(value?["b"]?["c"]?[0] == 1)
    #expect(value?["b"]?["c"]?[1] == nil)
    #expect(value?["b"]?["c"]?["d"] == nil)
  }

  @Test func `A number may be a string, and a whole number a fraction`() {
    let value = JSONValue(parsing: #"["12", 3.0, "4.9", 1e400, "x", true]"#)
    #expect((0..<6).map { value?[$0]?.integer } == [12, 3, 4, nil, nil, nil])
    #expect(value?[2]?.double == 4.9)
  }
}

@Suite struct IgnoredMembersTests {
  @Test func `Ignored members of the outermost object are left out`() {
    let text = #"{"id" : "x", "a":1,"id":"y","b":{"id":"z"},"created":12 , "model":"m"}"#
    let value = JSONValue(parsing: Array(text.utf8), ignoring: ["id", "created", "model"])
    #expect(value == ["id": "x", "a": 1, "b": ["id": "z"]])
  }

  @Test func `An ignored member that is no plain text or number is read`() {
    let text = #"{"id":"a\nb","id":null,"id":[1],"idx":1,"i":2}"#
    let value = JSONValue(parsing: Array(text.utf8), ignoring: ["id"])
    #expect(value == ["id": "a\nb", "id": .null, "id": [1], "idx": 1, "i": 2])
  }

  @Test(arguments: [#"{"id":"x"#, #"{"id":"x" 1}"#, #"{"id":1.}"#, #"{"id":"x",}"#, #"{"id":"#])
  func `An ignored member does not hide damage`(text: String) {
    #expect(JSONValue(parsing: Array(text.utf8), ignoring: ["id"]) == nil)
  }
}
