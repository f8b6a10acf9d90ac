import DemoServer
import Foundation
import JSON
import TerminalEmulator
import Testing

/// `/search ~TEXT` on the whole program, with the demo's vectors, in which texts that share words are near.
@Suite(.seated) struct MeaningTests {
  /// The texts that were sent to be made vectors of, request by request.
  private func embedded(_ log: RequestLog) -> [[String]] {
    log.requests.filter { $0.path.hasSuffix("/embeddings") }.map {
      JSONValue(parsing: $0.body)?["input"]?.elements?.compactMap(\.string) ?? []
    }
  }

  @Test func `What is new gets vectors, what has some costs nothing, what is deleted goes`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try home.configure("embedding_model: demo-embed\n")
      for text in ["The cat sat on the mat", "Interest rates rise", "银行提高利率"] {
        let outcome = try home.run("ask", "-m", "demo", "--save", text, text)
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
      let program = try home.chat("-m", "demo")
      program.enter("/search ~a cat on a mat")
      try program.waits(for: "Messages about “a cat on a mat”", within: .slow)
      try program.waits(for: "The cat sat on the mat", within: .slow)
      // Three questions and the replies, then the search itself.
      #expect(embedded(log).last == ["a cat on a mat"])
      let indexed = embedded(log).dropLast().flatMap { $0 }
      #expect(indexed.count { $0 == "Interest rates rise" } == 1)
      program.press(.enter)
      try program.waits(for: "user: The cat sat on the mat", within: .slow)
      let count = embedded(log).count
      program.enter("/search ~利率")
      try program.waits(for: "Messages about “利率”", within: .slow)
      #expect(embedded(log).count == count + 1)
      program.press(.escape)
      try program.waits(untilGone: "Messages about")
      #expect(try program.quits() == .status(0))
      let indexes = try home.run("embed", "--list")
      #expect(indexes.output.contains("conversations, demo-embed at "))
    }
  }

  @Test func `The demo needs no model for vectors to be named, neither here nor for embed`() throws
  {
    let home = try Home()
    #expect(try home.run("ask", "--save", "a", "The cat sat on the mat").status == 0)
    let printed = try home.run("embed", "a cat")
    #expect(printed.status == 0, "\(printed.errors)")
    #expect(printed.output.contains("demo-embed"))
    let program = try home.chat()
    program.enter("/search ~cat")
    try program.waits(for: "Messages about “cat”", within: .slow)
    program.press(.escape)
    try program.waits(untilGone: "Messages about")
    #expect(try program.quits() == .status(0))
    #expect(try home.run("embed", "--list").output.contains("conversations, demo-embed at demo"))
  }

  @Test func `Without a model for vectors nothing is sent, and the way there is told`() async throws
  {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("/search ~anything")
      try program.waits(for: "No model for vectors is known of", within: .slow)
      try program.waits(for: "embedding_model")
      #expect(embedded(log).isEmpty)
      #expect(try program.quits() == .status(0))
    }
  }

  @Test func `Another model gets an index of its own`() async throws {
    try await withServer { (home, log) async throws in
      #expect(try home.run("ask", "-m", "demo", "--save", "a", "The cat sat").status == 0)
      for model in ["demo-embed", "demo-embed-2"] {
        try home.configure("embedding_model: \(model)\n")
        let program = try home.chat("-m", "demo")
        program.enter("/search ~cat")
        try program.waits(for: "Messages about “cat”", within: .slow)
        program.press(.escape)
        try program.waits(untilGone: "Messages about")
        #expect(try program.quits() == .status(0))
      }
      let models = log.requests.filter { $0.path.hasSuffix("/embeddings") }.compactMap {
        JSONValue(parsing: $0.body)?["model"]?.string
      }
      #expect(models == ["demo-embed", "demo-embed", "demo-embed-2", "demo-embed-2"])
    }
  }
}
