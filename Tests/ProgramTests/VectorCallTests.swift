import DemoServer
import Foundation
import JSON
import Testing

/// `iris embed` and `iris similar`, as a shell uses them.
@Suite(.seated) struct VectorCallTests {
  private func lines(_ text: String) -> [JSONValue] {
    text.split(separator: "\n").compactMap { JSONValue(parsing: String($0)) }
  }

  @Test func `Each text is an object a line, with its vector`() async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.run(
        "embed", "-m", "demo-embed", "--dimensions", "8", "a cat", "利率")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let printed = lines(outcome.output)
      #expect(printed.map { $0["text"]?.string } == ["a cat", "利率"])
      #expect(printed.map { $0["embedding"]?.elements?.count } == [8, 8])
      #expect(printed.map { $0["model"]?.string } == ["demo-embed", "demo-embed"])
      let sent = try #require(log.requests.last.flatMap { JSONValue(parsing: $0.body) })
      #expect(sent["encoding_format"] == "base64")
      #expect(sent["dimensions"]?.integer == 8)
    }
  }

  @Test func `Floats are little-endian, and the same as the numbers`() async throws {
    try await withServer { (home, _) async throws in
      let numbers = lines(
        try home.run("embed", "-m", "demo-embed", "--dimensions", "4", "a").output)
      let outcome = try home.shell(
        "echo a | $IRIS embed -m demo-embed --dimensions 4 --format f32 - > v.f32")
      #expect(outcome.status == 0)
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: home.path + "/v.f32")))
      #expect(bytes.count == 16)
      let floats = (0..<4).map { place in
        Float(
          bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place * 4 + $1]) << ($1 * 8) })
      }
      let expected = numbers.first?["embedding"]?.elements?.compactMap(\.double).map(Float.init)
      // The demo looks at words alone: the line break of the pipe changes nothing.
      #expect(floats == expected)
    }
  }

  @Test func `Files are found by their meaning, and only what is new costs anything`() async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Array("The cat sat on the mat.\n\nInterest rates rise.".utf8), to: "a.txt")
      try home.write(Array("银行提高利率。".utf8), to: "b.txt")
      let made = try home.run("embed", "-m", "demo-embed", "--index", "notes", "a.txt", "b.txt")
      #expect(made.status == 0, "\(made.errors)")
      #expect(made.output == "")
      #expect(made.errors.contains("notes: texts added: 2, there before: 0, taken away: 0."))
      let asked = log.requests.count
      let again = try home.run("embed", "-m", "demo-embed", "--index", "notes", "a.txt", "b.txt")
      #expect(again.errors.contains("texts added: 0, there before: 2, taken away: 0."))
      #expect(log.requests.count == asked)
      let found = try home.run(
        "similar", "notes", "a", "cat", "on", "a", "mat", "-n", "1", "--json")
      #expect(found.status == 0, "\(found.errors)")
      let hits = try #require(JSONValue(parsing: found.output)?.elements)
      #expect(hits.count == 1)
      #expect(hits[0]["source"]?.string?.hasSuffix("/a.txt") == true)
      #expect(hits[0]["line"]?.integer == 1)
      #expect(hits[0]["score"]?.double ?? 0 > 0.4)
    }
  }

  @Test func `Two programs that index one file pay for its texts once`() async throws {
    try await withServer { (home, log) async throws in
      let lines = (0..<600).map { "text number \($0)" }.joined(separator: "\n")
      try home.write(Array(lines.utf8), to: "a.txt")
      let call = "$IRIS embed -m demo-embed --index n --lines a.txt"
      let outcome = try home.shell("\(call) & \(call) & \(call) & wait")
      #expect(outcome.errors.contains("texts added: 600, there before: 0, taken away: 0."))
      #expect(outcome.errors.contains("texts added: 0, there before: 600, taken away: 0."))
      let sent = log.requests.reduce(0) {
        $0 + (JSONValue(parsing: $1.body)?["input"]?.elements?.count ?? 0)
      }
      #expect(sent == 600)
    }
  }

  @Test func `What leaves a file leaves the index`() async throws {
    try await withServer { (home, _) async throws in
      try home.write(Array("one\ntwo\nthree\n".utf8), to: "a.txt")
      let call = ["embed", "-m", "demo-embed", "--index", "n", "--lines", "a.txt"]
      try #require(try home.run(call).status == 0)
      try home.write(Array("zero\nthree\n".utf8), to: "a.txt")
      let changed = try home.run(call)
      #expect(changed.errors.contains("texts added: 1, there before: 1, taken away: 2."))
      let rows = try home.run("similar", "n", "three").output.split(separator: "\n")
      #expect(rows.count == 2)
      #expect(rows.first?.contains("a.txt:2\tthree") == true)
    }
  }

  @Test func `Each line of a pipe is looked for, by the model of the index`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Array("cat\ndog\n".utf8), to: "a.txt")
      try #require(
        try home.run("embed", "-m", "demo-embed", "--index", "n", "--lines", "a.txt").status == 0)
      let outcome = try home.shell("printf 'dog\\ncat\\n' | $IRIS similar n - -n 1")
      let words = outcome.output.split(separator: "\n").map { $0.split(separator: "\t").last }
      #expect(words == ["dog", "cat"], "\(outcome.errors)")
      let sent = log.requests.compactMap { JSONValue(parsing: $0.body)?["model"]?.string }
      #expect(Set(sent) == ["demo-embed"])
    }
  }

  @Test func `Indexes of another model or size are refused, not mixed`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Array("cat".utf8), to: "a.txt")
      try #require(try home.run("embed", "-m", "demo-embed", "--index", "n", "a.txt").status == 0)
      let asked = log.requests.count
      for options in [["-m", "other"], ["-m", "demo-embed", "--dimensions", "9"]] {
        let outcome = try home.run(["embed"] + options + ["--index", "n", "a.txt"])
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("The index n was made by demo-embed"))
      }
      #expect(log.requests.count == asked)
    }
  }

  @Test func `What cannot be done is told in one sentence`() async throws {
    try await withServer { (home, _) async throws in
      try home.write([0xFF, 0xFE, 0], to: "binary")
      let cases: [([String], Int32, String)] = [
        (["similar", "none", "a"], 66, "There is no index named none."),
        (["embed", "--remove", "none"], 66, "There is no index named none."),
        (["embed", "-m", "demo-embed", "--index", "n", "binary"], 65, "binary is not UTF-8 text."),
        (["embed", "-m", "demo-embed", "--index", "n", "missing"], 66, "missing cannot be read"),
        (["embed", "-m", "demo-embed", "--index", "n"], 64, "There is no file."),
        (["embed", "-m", "demo-embed", "--", " "], 64, "There is no text."),
        (["embed", "a"], 64, "No model for vectors is known of 127.0.0.1"),
        (["embed", "-m", "demo-embed-broken", "a"], 69, "a number that is none"),
        (["embed", "-m", "demo-error-401", "a"], 77, "refuses the key"),
        (["embed", "-m", "x", "--dimensions", "0", "a"], 64, "--dimensions takes"),
      ]
      for (words, status, sentence) in cases {
        let outcome = try home.run(words)
        #expect(outcome.status == status, "\(words): \(outcome.errors)")
        #expect(outcome.errors.contains(sentence), "\(words): \(outcome.errors)")
        #expect(outcome.output == "", "\(words)")
      }
    }
  }

  private func home(_ server: LiteralServer) throws -> Home {
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    try home.write(Array("one\ntwo\n".utf8), to: "a.txt")
    return home
  }

  @Test(arguments: [
    #"{"error":{"message":"vec is still loading"}}"#, #"{"error":"vec is still loading"}"#,
    #"{"object":"error","message":"vec is still loading"}"#, #"{"detail":"vec is still loading"}"#,
  ])
  func `An error in an answer that began well is told in the server's words`(body: String) throws {
    let server = try LiteralServer { _ in LiteralServer.answer(200, body.utf8) }
    let outcome = try home(server).run("embed", "-m", "vec", "hi")
    #expect(outcome.status == 69 && outcome.output == "")
    #expect(outcome.errors.contains("vec is still loading"), "\(outcome.errors)")
  }

  @Test func `An index that is taken away while it is filled is told`() throws {
    let other = try Home()
    let server = try LiteralServer(
      halfway: { _ = try? other.run("embed", "--remove", "n") },
      { _ in LiteralServer.answer(200, #"{"data":[{"embedding":[1,2]},{"embedding":[2,1]}]}"#.utf8)
      })
    var home = try home(server)
    home.environment["XDG_DATA_HOME"] = other.environment["XDG_DATA_HOME"]
    let outcome = try home.run("embed", "-m", "vec", "--index", "n", "--lines", "a.txt")
    #expect(outcome.status == 66)
    #expect(
      outcome.errors.contains("Another program took the index n away meanwhile."),
      "\(outcome.errors)")
  }

  @Test func `Nothing is asked for no text, no name and an empty index`() throws {
    let server = try LiteralServer { _ in
      LiteralServer.answer(200, #"{"data":[{"embedding":[1,2]},{"embedding":[2,1]}]}"#.utf8)
    }
    let home = try home(server)
    try home.write([], to: "empty.txt")
    let unnamed = try home.run("embed", "-m", "vec", "--index", "", "a.txt")
    #expect(unnamed.status == 64)
    #expect(unnamed.errors.contains("An index needs a name."), "\(unnamed.errors)")
    #expect(try home.run("embed", "-m", "vec", "--index", "none", "empty.txt").status == 0)
    let none = try home.run("similar", "none", "x")
    #expect(none.errors.contains("The index none holds no texts."), "\(none.errors)")
    let listed = try home.run("similar", "none", "x", "--json").output
    #expect(listed.filter { !$0.isWhitespace } == "[]")
    #expect(server.requests.isEmpty)
    try #require(
      try home.run("embed", "-m", "vec", "--index", "n", "--lines", "a.txt").status == 0)
    for text in ["", " "] {
      let outcome = try home.run("similar", "n", text)
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("There is no text."), "\(outcome.errors)")
    }
    #expect(server.requests.count == 1)
  }

  @Test func `An index whose model now gives vectors of another size is told with the way out`()
    throws
  {
    let count = LiteralServer.Counter()
    let server = try LiteralServer { _ in
      let vector = count.next() == 1 ? "[1,2,3]" : "[1,2]"
      return LiteralServer.answer(200, #"{"data":[{"embedding":\#(vector)}]}"#.utf8)
    }
    let home = try home(server)
    try home.write(Array("cat".utf8), to: "a.txt")
    #expect(try home.run("embed", "-m", "v", "--index", "n", "a.txt").status == 0)
    let outcome = try home.run("similar", "n", "dog")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains(
        "The vectors of n have 3 numbers, and the server now gives 2. Take the index away, and make it anew: iris embed --remove 'n'"
      ), "\(outcome.errors)")
    #expect(try home.run("embed", "--remove", "n").status == 0)
    #expect(try home.run("embed", "-m", "v", "--index", "n", "a.txt").status == 0)
  }

  @Test func `A server that does not look at the size that was asked for is told, and fills none`()
    throws
  {
    let server = try LiteralServer { _ in
      LiteralServer.answer(200, #"{"data":[{"embedding":[1,2,3]}]}"#.utf8)
    }
    let home = try home(server)
    let printed = try home.run("embed", "-m", "vec", "--dimensions", "2", "hi")
    #expect(printed.status == 0 && lines(printed.output)[0]["dimensions"]?.integer == 3)
    #expect(
      printed.errors.contains(
        "gave vectors of 3 numbers where 2 were asked for. Leave out --dimensions, or try another model."
      ), "\(printed.errors)")
    let indexed = try home.run("embed", "-m", "vec", "--dimensions", "2", "--index", "n", "a.txt")
    #expect(indexed.status == 69)
    #expect(
      indexed.errors.contains("None is put into the index; leave out --dimensions"),
      "\(indexed.errors)")
    #expect(try home.run("similar", "n", "hi").status == 66)
  }

  @Test func `A damaged file of indexes is told as such`() throws {
    let home = try home(try LiteralServer { _ in [] })
    try FileManager.default.createDirectory(
      atPath: home.path + "/data/iris", withIntermediateDirectories: true)
    try home.write(
      Array(String(repeating: "garbage!", count: 1_000).utf8), to: "data/iris/vectors.sqlite")
    let outcome = try home.run("similar", "n", "x")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("are damaged: "), "\(outcome.errors)")
  }

  @Test func `The demo inside the program serves too, whatever its port`() throws {
    let home = try Home()
    try home.write(Array("cat\ndog".utf8), to: "a.txt")
    #expect(try home.run("embed", "--index", "n", "--lines", "a.txt").status == 0)
    let outcome = try home.run("similar", "n", "dog", "-n", "1")
    #expect(outcome.output.hasSuffix("dog\n"), "\(outcome.errors)")
    let list = try home.run("embed", "--list", "--json")
    let index = JSONValue(parsing: list.output)?[0]
    #expect(index?["name"] == "n" && index?["texts"]?.integer == 2)
    #expect(index?["dimensions"]?.integer == 256 && index?["server"] == "demo")
  }
}
