import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Tools from the user's folder, called by the demo: the walk-through of three cities.
@Suite(.seated) struct ToolCallTests {
  private static let question = "What is the weather in Paris, Rome and Oslo?"

  /// A home with a tool that tells the weather of a city, and writes down each call.
  private func withWeather(
    _ body: (Home, RequestLog) async throws -> Void
  ) async throws {
    try await withServer { (home, log) async throws in
      let folder = "config/iris/tools"
      try FileManager.default.createDirectory(
        atPath: home.path + "/" + folder, withIntermediateDirectories: true)
      try home.write(
        executable: """
          #!/bin/sh
          echo "$1" >> "\(home.path)/calls"
          echo "21 degrees: $1"

          """, to: folder + "/weather")
      try home.write(
        Array(
          """
          description: The weather of a city.
          parameters: {type: object, properties: {city: {type: string}}, required: [city]}

          """.utf8), to: folder + "/weather.yaml")
      try await body(home, log)
    }
  }

  private func calls(_ home: Home) -> [String] {
    ((try? home.text(of: "calls")) ?? "").split(separator: "\n").map(String.init).sorted()
  }

  private static let cities = [#"{"city":"Oslo"}"#, #"{"city":"Paris"}"#, #"{"city":"Rome"}"#]

  @Test func `An allowed tool is called for each city, and only the reply is printed`() async throws
  {
    try await withWeather { (home, log) async throws in
      let outcome = try home.run(
        "ask", "-m", "demo", "--allow", "weather", "--show-calls", Self.question)
      #expect(outcome.status == 0)
      #expect(calls(home) == Self.cities)
      #expect(outcome.output.contains("21 degrees") && !outcome.output.contains("▸"))
      #expect(outcome.errors.contains(#"▸ weather {"city":"Rome"}"#))
      let sent = try #require(try log.sent().last)
      #expect(sent.messages.map(\.role) == ["user", "assistant", "tool", "tool", "tool"])
      #expect(
        sent.messages.dropFirst(2).map { $0.texts.first?.contains("Paris") } == [
          true, false, false,
        ])
    }
  }

  @Test func `Calls of one reply run side by side`() async throws {
    try await withWeather { (home, log) async throws in
      // Each waits until all have begun, for ten seconds at most.
      try home.write(
        executable: """
          #!/bin/sh
          echo "$1" >> "\(home.path)/calls"
          tries=0
          while [ "$(wc -l < "\(home.path)/calls")" -lt 3 ]; do
            tries=$((tries + 1)); [ $tries -gt 500 ] && exit 3
            sleep 0.02
          done
          echo together

          """, to: "config/iris/tools/weather")
      let outcome = try home.run("ask", "-m", "demo", "--allow", "weather", Self.question)
      #expect(outcome.status == 0)
      let results = try #require(try log.sent().last).messages.suffix(3)
      #expect(results.map(\.texts) == [["together\n"], ["together\n"], ["together\n"]])
    }
  }

  @Test func `An imported conversation switches nothing on, and that is told`() async throws {
    try await withWeather { (home, log) async throws in
      try #require(try home.run("ask", "-m", "demo", "--save", "trip", "Hello").status == 0)
      try #require(try home.run("export", "trip", "trip.iris.json").status == 0)
      let text = Data(try home.text(of: "trip.iris.json").utf8)
      var archive = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
      var conversation = try #require(archive["conversation"] as? [String: Any])
      conversation["parameters"] = ["tools": ["weather"], "web": "on", "store": true]
      archive["conversation"] = conversation
      let changed = try JSONSerialization.data(withJSONObject: archive)
      try home.write(Array(changed), to: "trip.iris.json")
      var home = home
      home.environment["XDG_DATA_HOME"] = home.path + "/elsewhere"
      let imported = try home.run("import", "trip.iris.json")
      #expect(imported.status == 0)
      #expect((imported.output + imported.errors).contains("switched-on tools"))
      let outcome = try home.run("ask", "-m", "demo", "--load", "trip", "The weather in Paris?")
      #expect(outcome.status == 0)
      #expect(calls(home).isEmpty)
      let sent = String(decoding: try #require(log.requests.last).body, as: UTF8.self)
      #expect(!sent.contains("\"tools\"") && !sent.contains("\"store\""))
    }
  }

  @Test func `A tool that nobody allowed is not called without a screen`() async throws {
    try await withWeather { (home, _) async throws in
      let outcome = try home.run("ask", "-m", "demo", "--tool", "weather", Self.question)
      #expect(outcome.status == 0)
      #expect(calls(home).isEmpty)
      #expect(outcome.errors.contains("--allow weather"))
    }
  }

  @Test func `On a terminal each call is asked about there, and what is answered holds`()
    async throws
  {
    try await withWeather { (home, log) async throws in
      let program = try TerminalProgram(
        Home.program, ["ask", "-m", "demo", "--tool", "weather", Self.question],
        environment: home.environment, directory: home.path, columns: 80, rows: 40)
      try program.waits(for: "call weather (1 of 3)", within: .slow)
      try program.waits(for: #"city: "Paris""#, within: .slow)
      program.enter("n")
      try program.waits(for: "call weather (2 of 3)", within: .slow)
      program.enter("y")
      try program.waits(for: "call weather (3 of 3)", within: .slow)
      program.enter("r")
      try program.waits(for: "Why not?", within: .slow)
      program.enter("too far")
      #expect(try program.waitsForExit(within: .slow) == .status(0))
      #expect(calls(home) == [#"{"city":"Rome"}"#])
      let results = try #require(try log.sent().last).messages.suffix(3).map(\.texts)
      #expect(
        Set(results.compactMap(\.first)) == [
          "The user declined this call.", #"21 degrees: {"city":"Rome"}"# + "\n",
          "The user declined this call: too far",
        ])
    }
  }

  @Test func `With replay nothing runs again`() async throws {
    try await withWeather { (home, _) async throws in
      _ = try home.run(
        "ask", "-m", "demo", "--save", "trip", "--allow", "weather", Self.question)
      let again = try home.run(
        "ask", "-m", "demo", "--load", "trip", "--tool", "weather", "--replay", Self.question)
      #expect(again.status == 0)
      #expect(calls(home) == Self.cities)
      #expect(again.output.contains("21 degrees"))
    }
  }

  @Test(arguments: [
    (["ask", "--tool", "none", "Hi"], Int32(66), "There is no tool none."),
    (["ask", "--rounds=-1", "Hi"], 64, "--rounds takes a whole number"),
  ]) func `What cannot be is told`(arguments: [String], status: Int32, sentence: String)
    async throws
  {
    try await withWeather { (home, _) async throws in
      let outcome = try home.run(arguments)
      #expect(outcome.status == status)
      #expect(outcome.errors.contains(sentence))
    }
  }

  @Test func `The tools on this machine are listed`() async throws {
    try await withWeather { (home, _) async throws in
      let outcome = try home.run("tools")
      #expect(outcome.status == 0)
      #expect(
        outcome.output.contains("\tweather\talways") && outcome.output.contains("\ttime\tnever"))
      let json = try home.run("tools", "--json").output
      #expect(json.contains(#""name" : "read_picture""#))
    }
  }

  @Test func `A result that is sent cut ends no turn, however long it is`() async throws {
    try await withWeather { (home, log) async throws in
      // 150,000 tokens, more than the model's window; what is sent of it are 16,000.
      try home.write(
        executable: "#!/bin/sh\nhead -c 600000 /dev/zero | tr '\\0' a\n",
        to: "config/iris/tools/weather")
      let asked = [
        ["--save", "talk", "What is the weather in Paris?"], ["--load", "talk", "Thank you."],
      ]
      for arguments in asked {
        let outcome = try home.run(["ask", "-m", "gpt-4o", "--allow", "weather"] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
      let result = try #require(try log.sent().last?.messages.first { $0.role == "tool" })
      #expect(result.texts.joined().contains("[cut: 65536 of 600000 bytes are shown]"))
    }
  }

  @Test func `What it took is that of every round`() async throws {
    try await withWeather { (home, _) async throws in
      let question = "What is the weather in Paris?"
      let told = try home.run("ask", "-m", "gpt-4o", "--usage", "--allow", "weather", question)
      #expect(told.status == 0)
      #expect(told.errors.contains("gpt-4o: 2 replies, "), "\(told.errors)")
      let first = try #require(try Self.used(home).first)
      #expect(first.replies == 2)
      try home.write(Samples.png(3, 3), to: "a.png")
      let result = try home.run(
        "ask", "-m", "gpt-4o", "--each", "--jsonl", "-i", "a.png", "--allow", "weather", question)
      #expect(result.status == 0, "\(result.errors)")
      let line = try JSONDecoder().decode(Line.self, from: Data(result.output.utf8))
      let both = try #require(try Self.used(home).first)
      #expect(both.replies == 4)
      #expect(line.usage.promptTokens == both.promptTokens - first.promptTokens)
      #expect(line.usage.completionTokens == both.completionTokens - first.completionTokens)
      let dollars = try #require(both.dollars) - (try #require(first.dollars))
      #expect(abs(try #require(line.dollars) - dollars) < 1e-9)
    }
  }

  /// A line of results, as far as the tests look.
  private struct Line: Decodable {
    var usage: Used
    var dollars: Double?

    private enum CodingKeys: String, CodingKey {
      case usage
      case dollars = "cost_usd"
    }
  }

  /// What was used, by a line of results or by `iris usage`.
  private struct Used: Decodable {
    var replies: Int?
    var promptTokens: Int
    var completionTokens: Int
    var dollars: Double?

    private enum CodingKeys: String, CodingKey {
      case replies, dollars
      case promptTokens = "prompt_tokens"
      case completionTokens = "completion_tokens"
    }
  }

  private static func used(_ home: Home) throws -> [Used] {
    let outcome = try home.run("usage", "--json")
    return try JSONDecoder().decode([Used].self, from: Data(outcome.output.utf8))
  }
}
