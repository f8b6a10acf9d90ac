import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Documents from a file to the wire, and back from the store.
@Suite(.seated) struct DocumentTests {
  private static let pdf = Array("%PDF-1.4\nnothing that a reader would take\n%%EOF\n".utf8)

  /// What poppler would say of any file: two pages, and their text.
  private static let poppler = [
    "pdfinfo": "echo 'Pages:           2'",
    "pdftotext": #"printf 'The first page.\f\nThe second page.\n\f'"#,
  ]

  @Test func `A text is part of the message, under its name`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Array("姓名,数\n王,3\n".utf8), to: "数据.csv")
      let outcome = try home.run("ask", "-m", "demo", "-i", "数据.csv", "Sum it up")
      #expect(outcome.status == 0)
      #expect(
        try log.sent().last?.messages.last?.texts == [
          "<document name=\"数据.csv\">\n姓名,数\n王,3\n\n</document>\nSum it up"
        ])
    }
  }

  @Test func `A server that takes no files gets a PDF's text, page by page`() async throws {
    try await withServer { (plain, log) async throws in
      let home = try plain.equipped(with: Self.poppler)
      try home.write(Self.pdf, to: "report.pdf")
      let outcome = try home.run("ask", "-m", "demo", "-i", "report.pdf", "Sum it up")
      #expect(outcome.status == 0)
      #expect(
        try log.sent().last?.messages.last?.texts == [
          "<document name=\"report.pdf\">\n[page 1]\nThe first page.\n\n[page 2]\nThe second page.\n</document>\nSum it up"
        ])
    }
  }

  @Test func `A server that takes files gets its bytes`() throws {
    let home = try Home().equipped(with: Self.poppler)
    try home.write(Self.pdf, to: "report.pdf")
    for api in ["chat", "responses"] {
      let outcome = try home.run("ask", "--api", api, "-i", "report.pdf", "Sum it up")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("report.pdf: PDF, \(Self.pdf.count) bytes"), "\(api)")
    }
  }

  struct Refused: CustomTestStringConvertible, Sendable {
    var testDescription: String { name }
    var name: String
    var bytes: [UInt8]
    var poppler: [String: String] = [:]
    var words: String
  }

  @Test(arguments: [
    Refused(
      name: "none.pdf", bytes: [0, 1, 2, 3], words: "none.pdf is not what its name says"),
    Refused(
      name: "locked.pdf", bytes: pdf,
      poppler: ["pdfinfo": "echo 'Command Line Error: Incorrect password' >&2; exit 1"],
      words: "locked.pdf asks for a password. Save it without one: qpdf --decrypt"),
    Refused(
      name: "broken.pdf", bytes: pdf, poppler: ["pdfinfo": "exit 1"],
      words: "broken.pdf is no PDF that can be read"),
    Refused(
      name: "report.pdf", bytes: pdf, words: "cannot be read without pdftotext"),
    Refused(
      name: "table.xlsx", bytes: Array("PK\u{3}\u{4}rest".utf8),
      words: "This server takes no files such as table.xlsx"),
    Refused(
      name: "fake.docx", bytes: Array("text".utf8), words: "fake.docx is not what its name says"),
    Refused(
      name: "gbk.csv", bytes: [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0x31, 0x0A],
      words: "gbk.csv is no UTF-8 text. Convert it: iconv -f GBK"),
    Refused(
      name: "large.txt", bytes: Array(repeating: 97, count: 4_000_001),
      words: "large.txt is larger than 4.0 MB"),
  ]) func `What cannot be sent is one sentence, and nothing leaves`(row: Refused) async throws {
    try await withServer { (plain, log) async throws in
      let home = try plain.equipped(with: row.poppler)
      try home.write(row.bytes, to: row.name)
      let outcome = try home.run("ask", "-m", "demo", "-i", row.name, "Sum it up")
      #expect(outcome.status == 65)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains(row.words), "\(outcome.errors)")
      #expect(log.questionCount == 0)
    }
  }

  @Test func `Many pages are told before they are sent`() async throws {
    try await withServer { (plain, _) async throws in
      let home = try plain.equipped(
        with: Self.poppler.merging(["pdfinfo": "echo 'Pages: 600'"]) { $1 })
      try home.write(Self.pdf, to: "book.pdf")
      let program = try home.chat("-m", "demo")
      program.enter("/attach book.pdf")
      try program.waits(for: "It has 600 pages: qpdf IN", within: .slow)
    }
  }

  @Test func `It waits in its row with pages and tokens, and stands in the transcript`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Array("Remember the milk.\n".utf8), to: "notes.txt")
      let program = try home.chat("-m", "demo", columns: 40, rows: 50)
      program.enter("/attach notes.txt")
      try program.waits(for: "▤ notes.txt 19 B ≈5 tok", within: .slow)
      program.enter("Sum it up")
      try program.waits(for: "No parameters were set.", within: .slow)
      #expect(program.screen.contains("▤ notes.txt 19 B"))
      #expect(
        try log.sent().last?.messages.last?.texts == [
          "<document name=\"notes.txt\">\nRemember the milk.\n\n</document>\nSum it up"
        ])
    }
  }

  @Test func `A conversation keeps it, whatever becomes of the file, and so does its archive`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Array("Remember the milk.\n".utf8), to: "notes.txt")
      #expect(
        try home.run("ask", "-m", "demo", "--save", "talk", "-i", "notes.txt", "One").status == 0)
      try home.remove("notes.txt")
      #expect(try home.run("export", "talk", "talk.iris.json").status == 0)
      var other = try Home()
      other.environment["OPENAI_BASE_URL"] = home.environment["OPENAI_BASE_URL"]
      other.environment["OPENAI_API_KEY"] = "sk-test"
      #expect(try other.run("import", home.path + "/talk.iris.json").status == 0)
      for place in [home, other] {
        #expect(try place.run("ask", "--load", "talk", "Two").status == 0)
        let first = try #require(try log.sent().last?.messages.first?.texts.first)
        #expect(first.hasPrefix("<document name=\"notes.txt\">\nRemember the milk."))
      }
    }
  }
}
