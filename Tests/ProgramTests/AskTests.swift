import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// `iris ask`: what scripts rely on.
@Suite(.seated) struct AskTests {
  @Test
  func `A question takes the model that was chosen on the screen where nothing else names one`()
    async throws
  {
    try await withServer { (home, log) async throws in
      let refused = try home.run("Hello")
      #expect(refused.status == 64 && refused.errors.contains("No model is chosen."))
      let program = try home.chat()
      program.enter("/model demo-fast")
      try program.waits(for: "The model is demo-fast now.")
      #expect(try program.quits() == .status(0))
      #expect(try home.run("Hello").status == 0)
      #expect(try home.run("ask", "-m", "demo", "Hello").status == 0)
      try FileManager.default.createDirectory(
        atPath: home.path + "/config/iris", withIntermediateDirectories: true)
      try home.write(Array("model: demo\n".utf8), to: "config/iris/config.yaml")
      #expect(try home.run("Hello").status == 0)
      #expect(try log.sent().map(\.model) == ["demo-fast", "demo", "demo"])
    }
  }

  @Test func `Only the reply's text is on standard output`() async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.run("ask", "-m", "demo", "count", "3")
      #expect(outcome.status == 0)
      #expect(outcome.output.hasSuffix("1 2 3\n"))
      #expect(!outcome.output.contains("\u{1B}"))
      #expect(outcome.errors == "")
      let sent = try #require(try log.sent().last)
      #expect(sent.messages.map(\.texts) == [["count 3"]])
      #expect(sent.names.isDisjoint(with: ["temperature", "top_p", "seed"]))
    }
  }

  @Test(arguments: [
    ([], "from the pipe", "from the pipe"), (["Read:"], "from the pipe", "Read:\n\nfrom the pipe"),
  ])
  func `Standard input is the prompt, or stands behind it`(
    words: [String], input: String, prompt: String
  ) async throws {
    try await withServer { (home, log) async throws in
      #expect(try home.run(["ask", "-m", "demo"] + words, input: input).status == 0)
      #expect(try log.sent().last?.messages.last?.texts == [prompt])
    }
  }

  @Test func `Pictures, the system message and sampling are sent`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(7, 2), to: "a.png")
      let outcome = try home.run(
        "ask", "-m", "demo", "-s", "Be brief.", "-t", "0.2", "-i", "a.png", "--detail", "low", "Hi")
      #expect(outcome.output.contains("PNG 7×2"))
      let sent = try #require(try log.sent().last)
      #expect(sent.messages.map(\.role) == ["system", "user"])
      #expect(sent.messages.last?.pictures.map(\.detail) == ["low"])
      #expect(sent.names.isSuperset(of: ["temperature"]))
    }
  }

  struct Case: CustomTestStringConvertible {
    var arguments: [String]
    var status: Int32
    var sentence: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(arguments: [
    Case(arguments: ["--nonsense"], status: 64, sentence: "--nonsense"),
    Case(arguments: ["ask", "-t", "7", "Hi"], status: 64, sentence: "from 0 to 2, not 7"),
    Case(arguments: ["ask"], status: 64, sentence: "There is no question."),
    Case(arguments: ["ask", ""], status: 64, sentence: "There is no question."),
    Case(
      arguments: ["ask", "--add", "user", "2+2"], status: 64,
      sentence: "Nothing is asked of what --add adds."),
    Case(
      arguments: ["ask", "-m", "demo", "-i", "text.png", "Hi"], status: 65, sentence: "is text"),
    Case(
      arguments: ["ask", "-m", "demo", "-i", "none.png", "Hi"], status: 66, sentence: "none.png"),
    Case(
      arguments: ["ask", "--load", "none", "Hi"], status: 66,
      sentence: "There is no conversation named “none”"),
    Case(
      arguments: ["show", "none"], status: 66, sentence: "There is no conversation named “none”"),
    Case(arguments: ["import", "none.json"], status: 66, sentence: "none.json"),
    Case(arguments: ["import", "text.png"], status: 65, sentence: "text.png"),
    Case(arguments: ["ask", "-m", "demo-error-500", "Hi"], status: 69, sentence: "failed"),
    Case(arguments: ["ask", "-m", "demo-cut", "Hi"], status: 69, sentence: "broke off"),
    Case(
      arguments: ["ask", "-m", "demo-error-401", "Hi"], status: 77, sentence: "refuses the key"),
  ])
  func `What fails is said on standard error, and the exit code tells which`(
    row: Case
  ) async throws {
    try await withServer { (home, _) async throws in
      try home.write(Array("words".utf8), to: "text.png")
      let outcome = try home.run(row.arguments)
      #expect(outcome.status == row.status)
      #expect(outcome.errors.contains(row.sentence))
    }
  }

  @Test func `A server that is not there has its exit code`() async throws {
    let server = try await DemoServer.start()
    await server.stop()
    let outcome = try Home(server: server).run("ask", "-m", "demo", "Hi")
    #expect(outcome.status == 69)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("does not take connections"))
  }

  @Test func `A reply that breaks off is printed up to there`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run("ask", "-m", "demo-cut", "Hi")
      #expect(outcome.output.hasPrefix("**This is the demo, not a model**"))
      #expect(!outcome.output.contains("No parameters were set."))
    }
  }

  @Test func `Ctrl-C ends it with 130`() async throws {
    try await withServer(pace: .milliseconds(20)) { (home, _) async throws in
      let program = try TerminalProgram(
        Home.program, ["ask", "-m", "demo", "count 100000"], environment: home.environment)
      try program.waits(for: "1 2 3", within: .slow)
      program.press(.control("c"))
      // A shell counts the end by SIGINT as 130 too.
      let exit = try program.waitsForExit(within: .slow)
      #expect(exit == .status(130) || exit == .signal(SIGINT))
    }
  }

  @Test func `Nobody who reads any more ends it quietly`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.shell("$IRIS ask -m demo-burst-200000 Hi </dev/null | head -n 1")
      #expect(outcome.output.hasSuffix("end.\n"))
      #expect(outcome.errors == "")
    }
  }

  @Test func `A question in a stored conversation sends all of it`() async throws {
    try await withServer { (home, log) async throws in
      #expect(try home.run("ask", "-m", "demo", "--save", "talk", "One").status == 0)
      #expect(try home.run("ask", "-m", "demo", "--load", "talk", "Two").status == 0)
      #expect(try log.sent().map(\.messages.count) == [1, 3])
      #expect(try home.run("list").output.hasPrefix("talk\t"))
      #expect(try home.run("show", "talk").output.contains("user\tTwo\n"))
    }
  }

  @Test(arguments: [
    ["-i", "a.png", "b.png", "c.png", "What are they?"],
    ["a.png", "What are", "b.png", "c.png", "they?"],
  ])
  func `Words that are pictures are pictures, as a shell's pattern gives them`(
    words: [String]
  ) async throws {
    try await withServer { (home, log) async throws in
      for name in ["a", "b", "c"] { try home.write(Samples.png(3, 3), to: name + ".png") }
      #expect(try home.run(["ask", "-m", "demo"] + words).status == 0)
      let message = try #require(try log.sent().last?.messages.last)
      #expect(message.pictures.count == 3)
      #expect(message.texts == ["What are they?"])
    }
  }

  @Test func `A question alone is asked, and a mistyped call is none`() async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.run("-m", "demo", "count 3")
      #expect(outcome.status == 0)
      #expect(outcome.output.hasSuffix("1 2 3\n"))
      let mistyped = try home.run("lst")
      #expect(mistyped.status == 64)
      #expect(mistyped.errors.contains("Did you mean list?"))
      #expect(try log.sent().count == 1)
    }
  }

  @Test func `Messages are added first, and alone are not answered`() async throws {
    try await withServer { (home, log) async throws in
      let added = try home.run(
        "ask", "-m", "demo", "--save", "talk", "--add", "user", "2+2", "--add", "assistant", "4")
      #expect(added.status == 0, "\(added.errors)")
      #expect(added.output == "")
      #expect(try log.sent().isEmpty)
      #expect(try home.run("ask", "--load", "talk", "3+3").status == 0)
      #expect(try log.sent().last?.messages.map(\.texts) == [["2+2"], ["4"], ["3+3"]])
    }
  }

  @Test func `What is asked without --save is counted, and not a word of it is kept`() async throws
  {
    try await withServer { (home, _) async throws in
      #expect(try home.run("ask", "-m", "demo", "A secret question").status == 0)
      #expect(try home.run("list").output == "")
      #expect(!home.isStored("secret", in: "data"))
      let line = try #require(try home.run("usage").output.split(separator: "\n").dropFirst().first)
      let fields = line.split(separator: "\t").map(String.init)
      #expect(fields[2...3] == ["demo", "1"])
      #expect(try #require(Int(fields[4])) > 0)
    }
  }

  @Test func `A question that cannot be stored is not sent`() async throws {
    guard Home.takesFaults else { return }
    try await withServer { (home, log) async throws in
      let home = try home.faulty()
      try home.begin(.readonly)
      let outcome = try home.run("ask", "-m", "demo", "--save", "talk", "Hi")
      #expect(outcome.status == 73)
      #expect(outcome.output == "")
      #expect(try log.sent().isEmpty)
    }
  }

  @Test func `What it took is told with --usage, on standard error alone`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run("ask", "-m", "demo", "--usage", "hello")
      #expect(outcome.status == 0)
      #expect(outcome.errors.hasPrefix("iris: demo: 1 reply, "))
      #expect(outcome.errors.contains(" in (") && outcome.errors.hasSuffix("\n"))
      #expect(!outcome.output.contains("1 reply, "))
    }
  }

  @Test func `A limit that is known is told before, and passed with --anyway`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(3, 3), to: "a.png")
      let arguments = ["ask", "-m", "gpt-4", "-i", "a.png", "What is it?"]
      let outcome = try home.run(arguments)
      #expect(outcome.status == 65)
      #expect(
        outcome.errors == "iris: gpt-4 takes no pictures. --anyway sends it all the same.\n")
      #expect(try log.sent().isEmpty)
      _ = try home.run(arguments + ["--anyway"])
      #expect(try log.sent().count == 1)
    }
  }

  @Test func `Every picture that cannot be sent is named`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Array("words".utf8), to: "text.png")
      let outcome = try home.run(
        "ask", "-m", "demo", "-i", "text.png", "-i", "none.png", "What is it?")
      #expect(outcome.errors.contains("text.png"))
      #expect(outcome.errors.contains("none.png"))
      #expect(outcome.status == 65 || outcome.status == 66)
      #expect(try log.sent().isEmpty)
    }
  }

  @Test func `A picture in the pipe that no option names is told`() async throws {
    try await withServer { (home, _) async throws in
      try home.write(Samples.png(3, 3), to: "a.png")
      let outcome = try home.shell("$IRIS ask -m demo What <a.png")
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("-i -"))
      #expect(try home.shell("$IRIS ask -m demo -i - What <a.png").output.contains("PNG 3×3"))
    }
  }

  @Test func `A standard input that stays open is told`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.shell(
        """
        mkfifo pipe; exec 9<>pipe
        $IRIS ask -m demo "count 3" <pipe 9>&- 2>told & asked=$!
        until grep -q . told; do read -t 0.1 <> <(:); done
        exec 9>&-; wait $asked; cat told
        """)
      #expect(
        outcome.output.contains(
          "iris: Reading standard input until it ends; without any, add: </dev/null\n"))
      #expect(outcome.output.contains("1 2 3\n"))
    }
  }

  @Test func `A pipe with more than any model takes is told, and nothing of it is sent`()
    async throws
  {
    try await withServer { (home, log) async throws in
      let outcome = try home.shell(
        "head -c 70000000 /dev/zero | tr '\\0' a | $IRIS ask -m demo; exit ${PIPESTATUS[2]}")
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("Standard input has more than 67 MB"))
      #expect(try log.sent().isEmpty)
    }
  }

  @Test func `With --each every picture has its own request`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(3, 3), to: "a.png")
      try home.write(Samples.png(4, 4), to: "b.png")
      let outcome = try home.run(
        "ask", "-m", "demo", "--each", "-i", "a.png", "-i", "b.png", "What is it?")
      #expect(outcome.status == 0)
      #expect(try log.sent().map(\.messages.count) == [1, 1])
      #expect(try log.sent().map { $0.messages.last?.pictures.count } == [1, 1])
      let places = ["PNG 3×3", "PNG 4×4"].map { outcome.output.firstRange(of: $0)?.lowerBound }
      #expect(try #require(places[0]) < #require(places[1]))
    }
  }

  @Test func `With --raw the whole response is one JSON object`() async throws {
    struct Response: Decodable {
      var object: String
      var model: String
    }
    try await withServer { (home, log) async throws in
      let outcome = try home.run("ask", "-m", "demo", "--raw", "Hi")
      let response = try JSONDecoder().decode(Response.self, from: Data(outcome.output.utf8))
      #expect(response.object == "chat.completion")
      #expect(response.model == "demo")
      #expect(try log.sent().count == 1)
    }
  }

  @Test func `With --raw an answer in events is told, not passed over`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run("ask", "-m", "demo-events", "--raw", "Hi")
      #expect(outcome.status == 69)
      #expect(outcome.output == "")
      #expect(
        outcome.errors
          == "iris: The server sent its answer in events, not as one object. Ask without --raw to read it.\n"
      )
    }
  }

  @Test func `With --raw and --each there are the responses alone`() async throws {
    try await withServer { (home, _) async throws in
      for name in ["a.png", "b.png"] { try home.write(Samples.png(3, 3), to: name) }
      let outcome = try home.run(
        "ask", "-m", "demo", "--raw", "--each", "-i", "a.png", "-i", "b.png", "Hi")
      #expect(outcome.status == 0)
      let lines = outcome.output.split(separator: "\n")
      #expect(
        lines.map { $0.first == "=" ? "header" : "object" }
          == ["header", "object", "header", "object"])
      for line in lines where line.first == "{" {
        _ = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
      }
    }
  }
}
