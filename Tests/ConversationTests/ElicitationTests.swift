import Conversation
import Testing

/// What is typed into the forms of tools' servers.
@Suite struct ElicitationTests {
  struct Typed: CustomTestStringConvertible, Sendable {
    var shape: ElicitationField.Shape
    var text: String
    /// The JSON of the value; nil where the text is none.
    var json: String?

    var testDescription: String { "\(shape): \(text)" }
  }

  private static let colours: [ElicitationField.Option] = [
    .init(value: "#f00", title: "Red"), .init(value: "#0f0", title: "Light green"),
  ]

  static let typed = [
    Typed(shape: .text(length: 0...Int.max, format: nil), text: "名前 \"x\"", json: #""名前 \"x\"""#),
    Typed(shape: .text(length: 2...3, format: nil), text: "a", json: nil),
    Typed(shape: .text(length: 2...3, format: nil), text: "世界世", json: #""世界世""#),
    Typed(shape: .text(length: 2...3, format: nil), text: "abcd", json: nil),
    Typed(shape: .text(length: 0...99, format: "email"), text: "a@b.c", json: #""a@b.c""#),
    Typed(shape: .text(length: 0...99, format: "email"), text: "a@", json: nil),
    Typed(shape: .text(length: 0...99, format: "date"), text: "2026-11-30", json: #""2026-11-30""#),
    Typed(shape: .text(length: 0...99, format: "date"), text: "30.11.2026", json: nil),
    Typed(shape: .text(length: 0...99, format: "unheard-of"), text: "x", json: #""x""#),
    Typed(shape: .number(isWhole: true, 1...9), text: "7", json: "7"),
    Typed(shape: .number(isWhole: true, 1...9), text: "7.5", json: nil),
    Typed(shape: .number(isWhole: true, 1...9), text: "10", json: nil),
    Typed(shape: .number(isWhole: false, -1...1), text: "-0.25", json: "-0.25"),
    Typed(shape: .number(isWhole: false, -1...1), text: "nan", json: nil),
    Typed(shape: .number(isWhole: false, -1...1), text: "0x1", json: nil),
    Typed(shape: .flag, text: "Yes", json: "true"),
    Typed(shape: .flag, text: "否", json: "false"),
    Typed(shape: .flag, text: "perhaps", json: nil),
    Typed(shape: .choice(colours), text: "light GREEN", json: ##""#0f0""##),
    Typed(shape: .choice(colours), text: "1", json: ##""#f00""##),
    Typed(shape: .choice(colours), text: "blue", json: nil),
    Typed(shape: .choices(colours, count: 1...2), text: "2，red", json: ##"["#0f0","#f00"]"##),
    Typed(shape: .choices(colours, count: 2...2), text: "red", json: nil),
  ]

  @Test(arguments: typed) func `A typed text is a value, or does not fit`(_ row: Typed) {
    let field = ElicitationField(name: "x", title: "X", isRequired: true, shape: row.shape)
    #expect(field.accepts(row.text) == (row.json != nil))
    let form = Elicitation(server: "s", message: "", kind: .form([field]))
    #expect(form.content(of: [0: row.text]) == (row.json.map { #"{"x":\#($0)}"# } ?? "{}"))
  }

  @Test func `What is not required may be left empty, and is left out`() {
    let shape = ElicitationField.Shape.text(length: 0...9, format: nil)
    let fields = [true, false].map { isRequired in
      ElicitationField(name: "\(isRequired)", title: "", isRequired: isRequired, shape: shape)
    }
    #expect(fields.map { $0.accepts("") } == [false, true])
    let form = Elicitation(server: "s", message: "", kind: .form(fields))
    #expect(form.content(of: [0: "a", 1: ""]) == #"{"true":"a"}"#)
  }
}
