import Markdown
import Testing

/// What the words behind a fence tell of the code.
@Suite struct CodeInfoTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let info: String
    let language: String
    let title: String
    var testDescription: String { info }
  }

  static let cases = [
    Case(info: "", language: "", title: ""),
    Case(info: "swift", language: "swift", title: "swift"),
    Case(info: "c++ x", language: "c++", title: "c++"),
    Case(info: "objective-c", language: "objective-c", title: "objective-c"),
    Case(info: "python:src/main.py", language: "python", title: "python src/main.py"),
    Case(info: "{.haskell .numberLines}", language: "haskell", title: "haskell"),
    Case(info: "js{1,3}", language: "js", title: "js"),
    Case(info: "rust,ignore", language: "rust", title: "rust"),
    Case(info: "js {1} title=\"a b.js\"", language: "js", title: "js a b.js"),
    Case(info: "ts filename=b.ts", language: "ts", title: "ts b.ts"),
    Case(info: "src/main.rs", language: "rs", title: "src/main.rs"),
    Case(info: "{}", language: "", title: ""),
  ]

  @Test(arguments: cases)
  func `A fence names the language, and maybe the file`(_ sample: Case) {
    let code = CodeBlock(info: sample.info, lines: [])
    #expect(code.language == sample.language)
    #expect(code.title == sample.title)
  }
}
