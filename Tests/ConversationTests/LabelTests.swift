import Conversation
import Foundation
import Screen
import Testing

/// Names that come from outside, or are typed.
@Suite struct LabelTests {
  @Test(arguments: [
    "walk", "trip photos", "Brücke 桥", "été", "שלום", "👍 done", "", "a\\b \"c\"",
  ])
  func `An ordinary name is kept as it is`(text: String) {
    #expect(Label(text).text == text)
  }

  static let longNames = [
    String(repeating: "a", count: 121), String(repeating: "字", count: 61),
    String(repeating: "e\u{301}", count: 5_000), String(repeating: "👩‍👩‍👧‍👦", count: 400),
    String(repeating: "x y ", count: 300_000), "a" + String(repeating: "\u{301}", count: 100_000),
    String(repeating: "\u{AC00}", count: 200_000), String(repeating: "\u{200B}", count: 9_000),
  ]

  @Test(arguments: longNames)
  func `No name is wider than the limit, or piles up more marks than a cell has`(text: String) {
    let label = Label(text)
    #expect(DisplayWidth.columns(of: label.text) <= Label.columns)
    #expect(label.text.unicodeScalars.count <= 5 * Label.columns)
    #expect(Label(label.text) == label)
  }

  @Test func `A name that is cut keeps both its ends`() {
    let text = Label("start " + String(repeating: "字", count: 99) + " 17").text
    #expect(text.hasPrefix("start 字"))
    #expect(text.hasSuffix("字 17"))
    #expect(text.contains("…"))
    #expect(DisplayWidth.columns(of: text) >= Label.columns - 2)
  }

  @Test func `A name is one line that steers no terminal`() {
    #expect(Label("a\r\nb\tc\u{2028}d  e ").text == "a b c d e")
    #expect(Label("a\u{1B}[2J\u{9B}b\u{7F}").text == "a\u{FFFD}[2J\u{FFFD}b\u{FFFD}")
    #expect(Label("a\u{202E}gnp.exe").text == "agnp.exe")
  }

  @Test func `A typed name is refused where it would be cut, or has no letters`() {
    let wide = String(repeating: "字", count: 61)
    #expect(throws: LabelError.tooWide(columns: 122)) { try Label(typed: wide) }
    #expect(throws: LabelError.empty) { try Label(typed: " \n\t") }
    #expect((try? Label(typed: " walk  "))?.text == "walk")
    #expect((try? Label(typed: String(wide.dropLast())))?.text == String(wide.dropLast()))
  }

  @Test func `A label stands in JSON as its text, and is cut when it is read`() throws {
    let label: Label = "Brücke"
    #expect(String(decoding: try JSONEncoder().encode([label]), as: UTF8.self) == "[\"Brücke\"]")
    let wide = try JSONEncoder().encode([String(repeating: "字", count: 9_999)])
    let read = try #require(try JSONDecoder().decode([Label].self, from: wide).first)
    #expect(DisplayWidth.columns(of: read.text) <= Label.columns)
  }

  @Test func `A picture's name is a label, also in what earlier versions stored`() throws {
    let json = """
      {"source":{"remote":{"_0":"https://e.org/a"}},"detail":"auto",
       "name":"\(String(repeating: "字", count: 9_999))"}
      """
    let picture = try JSONDecoder().decode(PictureReference.self, from: Data(json.utf8))
    #expect(DisplayWidth.columns(of: picture.name) <= Label.columns)
  }

  @Test(arguments: [
    ("gpt-4o", true), ("arn:aws:bedrock:us-east-1:1:inference-profile/us.a.b-v2:0", true),
    ("通义千问", true), ("", false), ("a\u{1B}[2J", false), ("a\nb", false),
    (String(repeating: "m", count: 513), false),
  ])
  func `A model's name is sent as it is, or is none`(_ row: (name: String, isOne: Bool)) {
    #expect(row.name.isModelName == row.isOne)
  }
}
