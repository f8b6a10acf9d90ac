import Language
import Testing

@Suite struct CatalogueTests {
  private static let sentences = House.sources.flatMap { file in
    SentenceExtractor(file.source).sentences.map { (file, $0) }
  }

  @Test func `Every sentence has its Chinese`() {
    let missing = Self.sentences.filter {
      Language.simplifiedChinese.translation(of: $0.1.key) == nil
    }.map { "\($0.0.place(line: $0.1.line)): \($0.1.key)" }
    #expect(missing == [])
  }

  @Test func `Every translation is of a sentence that is said`() {
    let said = Set(Self.sentences.map(\.1.key))
    #expect(Language.simplifiedChinese.catalogueKeys.filter { !said.contains($0) } == [])
  }

  @Test func `Every translation has the arguments of its sentence`() {
    for key in Language.simplifiedChinese.catalogueKeys {
      let translation = Language.simplifiedChinese.translation(of: key) ?? ""
      #expect(translation.arguments == key.arguments, "\(key)")
    }
  }

  @Test func `No sentence puts a plural behind a bare number`() {
    let plurals = CountedNoun.allCases.map { $0.phrase(of: 2).key }
    let wrong = Self.sentences.filter { _, sentence in
      plurals.contains { sentence.key.contains($0) && sentence.key != $0 }
    }.map { "\($0.0.place(line: $0.1.line)): \($0.1.key)" }
    #expect(wrong == [])
  }

  @Test func `Every sentence is a literal, so that the catalogue can know it`() {
    let dark = House.sources.flatMap { file in
      SentenceExtractor(file.source).linesWithoutLiteral.map { file.place(line: $0) }
    }
    #expect(dark == [])
  }

  @Test func `No space follows a full-width mark, also where sentences are joined`() {
    for key in Language.simplifiedChinese.catalogueKeys {
      let translation = Language.simplifiedChinese.translation(of: key) ?? ""
      // Two spaces part columns.
      guard !translation.contains("  ") else { continue }
      let sentences = key.arguments.map { _ in Phrase.Argument.text("一句。") }
      let text = Phrase(key: key, arguments: sentences).text(in: .simplifiedChinese)
      let wrong = "。，；：！？）".filter { text.contains("\($0) ") }
      #expect(wrong.isEmpty, "\(text)")
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let code: String
    let keys: [String]
    var testDescription: String { code }
  }

  @Test(arguments: [
    Case(code: #"say("Plain.")"#, keys: ["Plain."]),
    Case(code: #"say("\(a) of \(b), 5%")"#, keys: ["%@ of %@, 5%%"]),
    Case(code: #"say("A \"b\"\n\u{2026}\\")"#, keys: ["A \"b\"\n…\\"]),
    Case(code: ##"say(#"A "b" \n \#(c)"#)"##, keys: [#"A "b" \n %@"#]),
    Case(code: #"say(a ? "One." : "Two.")"#, keys: ["One.", "Two."]),
    Case(
      code: #"say("Outer \(say("inner \(x)")) \(y ? "p" : "q")")"#,
      keys: [
        "Outer %@ %@", "inner %@",
      ]),
    Case(
      code: #"essay("No."); func say(_ p: Phrase) {}; speaker.say("No."); // say("No.")"#, keys: []),
    Case(
      code: #"import ArgumentParser\nA(abstract: "Make \"it\".", x: "No.", help:\n  "Some 5%.")"#
        .replacing(#"\n"#, with: "\n"),
      keys: ["Make \"it\".", "Some 5%%."]),
    Case(code: #"page(help: "No.")"#, keys: []),
    Case(
      code: """
        say(
          \"""
          First line \\
          goes on with \\(a(")")).

            Indented, 100%.
          \""")
        """,
      keys: ["First line goes on with %@.\n\n  Indented, 100%%."]),
  ])
  func `A sentence is found with the key that it has in Swift`(_ row: Case) {
    #expect(SentenceExtractor(SwiftSource(row.code)).sentences.map(\.key) == row.keys)
  }

  @Test func `A key that is found is the one that Swift makes`() {
    let (name, count) = ("a", 3)
    let phrase = say(
      """
      \(name) is \(count)% of \
      “\u{61}”.
        Next.
      """)
    let file = House.tests.first { $0.path.hasSuffix("CatalogueTests.swift") }
    let keys = file.map { SentenceExtractor($0.source).sentences.map(\.key) } ?? []
    #expect(keys.contains(phrase.key))
  }

  @Test func `A sentence that is no literal is told`() {
    let source = SwiftSource("say(\n  phrase)\nsay(\"A\")")
    #expect(SentenceExtractor(source).linesWithoutLiteral == [1])
  }
}

extension String {
  /// The places of the arguments that a key or a translation shows, in order.
  fileprivate var arguments: [Int] {
    var next = 0
    var places: [Int] = []
    var isAfterPercent = false
    for character in self {
      if isAfterPercent {
        isAfterPercent = false
        if character == "@" {
          next += 1
          places.append(next)
        } else if let place = character.wholeNumberValue {
          places.append(place)
        }
      } else if character == "%" {
        isAfterPercent = true
      }
    }
    return places.sorted()
  }
}
