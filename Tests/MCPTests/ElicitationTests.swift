import Conversation
import JSON
import MCP
import Synchronization
import Testing
import Tools

/// Questions of servers to the user, in both ways in which the revisions put them.
@Suite struct ElicitationTests {
  private static let params = #"""
    {"message":"Which one?","requestedSchema":{"type":"object","properties":{"name":{"type":"string","title":"Your name","minLength":2},"age":{"type":"integer","minimum":1,"maximum":9},"fast":{"type":"boolean","default":true},"colour":{"type":"string","enum":["red","blue"]},"tags":{"type":"array","items":{"anyOf":[{"const":"a","title":"Apple"},{"const":"b","title":"Bee"}]},"minItems":1}},"required":["name"]}}
    """#

  private static let form = Elicitation(
    server: "helper", message: "Which one?",
    kind: .form([
      ElicitationField(
        name: "name", title: "Your name", isRequired: true,
        shape: .text(length: 2...Int.max, format: nil)),
      ElicitationField(
        name: "age", title: "age", isRequired: false, shape: .number(isWhole: true, 1...9)),
      ElicitationField(
        name: "fast", title: "fast", isRequired: false, shape: .flag, initial: "yes"),
      ElicitationField(
        name: "colour", title: "colour", isRequired: false,
        shape: .choice([.init(value: "red", title: "red"), .init(value: "blue", title: "blue")])),
      ElicitationField(
        name: "tags", title: "tags", isRequired: false,
        shape: .choices(
          [.init(value: "a", title: "Apple"), .init(value: "b", title: "Bee")], count: 1...Int.max)),
    ]))

  @Test(arguments: ["\"nan\"", "\"inf\"", "1e999", "\"0x1p9\"", "{}", "null"])
  func `A bound that is no number is none`(bound: String) async throws {
    let schema =
      #"{"type":"object","properties":{"age":{"type":"number","minimum":\#(bound),"maximum":\#(bound)}}}"#
    let asking = """
      *'"method":"tools/call"'*) call=$id
        say '{"jsonrpc":"2.0","id":"q","method":"elicitation/create","params":{"message":"?","requestedSchema":\(schema)}}';;
      *'"id":"q"'*) id=$call; result '{"content":[]}';;

      """
    let script = try ScriptedServer(ScriptedServer.legacy + asking)
    let told = ScriptedServer.Told()
    _ = await script.call("echo", "{}", told, answer: .decline)
    await script.server.close()
    let most = Double.greatestFiniteMagnitude
    #expect(
      told.questions.withLock { $0 }.map(\.kind) == [
        .form([
          ElicitationField(
            name: "age", title: "age", isRequired: false,
            shape: .number(isWhole: false, -most...most))
        ])
      ])
  }

  @Test func `A server that asks without end is not passed on without end`() async throws {
    let asking = """
      *'"method":"tools/call"'*) call=$id; n=1
        say '{"jsonrpc":"2.0","id":"q1","method":"elicitation/create","params":\(Self.params)}';;
      *'"id":"q'*) n=$((n + 1))
        if [ $n -gt 50 ]; then id=$call; result '{"content":[]}'
        else say '{"jsonrpc":"2.0","id":"q'$n'","method":"elicitation/create","params":\(Self.params)}'; fi;;

      """
    let script = try ScriptedServer(ScriptedServer.legacy + asking)
    let told = ScriptedServer.Told()
    #expect(await script.call("echo", "{}", told, answer: .decline) == ToolOutput([]))
    await script.server.close()
    #expect(told.questions.withLock { $0.count } == 20)
    let answers = script.received.compactMap { JSONValue(parsing: $0) }
      .compactMap { $0["result"]?["action"]?.string }
    #expect(answers.count == 50)
    #expect(answers.prefix(20).allSatisfy { $0 == "decline" })
    #expect(answers.dropFirst(20).allSatisfy { $0 == "cancel" })
  }

  @Test func `An older server asks while its call waits`() async throws {
    let asking = """
      *'"method":"tools/call"'*) call=$id
        say '{"jsonrpc":"2.0","id":"q","method":"elicitation/create","params":\(Self.params)}';;
      *'"id":"q"'*) id=$call; result '{"content":[{"type":"text","text":"thanks"}]}';;

      """
    let script = try ScriptedServer(ScriptedServer.legacy + asking)
    let told = ScriptedServer.Told()
    let output = await script.call(
      "echo", "{}", told, answer: .accept(content: #"{"name":"Mo"}"#))
    #expect(output == ToolOutput([.text("thanks")]))
    #expect(told.questions.withLock { $0 } == [Self.form])
    await script.server.close()
    let answer = script.received.compactMap { JSONValue(parsing: $0) }
      .first { $0["id"]?.string == "q" }
    #expect(answer?["result"] == ["action": "accept", "content": ["name": "Mo"]])
  }

  @Test func `A server of the newest revision gets the call again, with the answers and its state`()
    async throws
  {
    let asking = """
      *'"method":"tools/call"'*'"inputResponses"'*)
        result '{"content":[{"type":"text","text":"thanks"}],"resultType":"complete"}';;
      *'"method":"tools/call"'*)
        result '{"resultType":"input_required","requestState":"s 1","inputRequests":{"k":{"method":"elicitation/create","params":\(Self.params)},"r":{"method":"roots/list"}}}';;

      """
    let script = try ScriptedServer(ScriptedServer.modern + asking)
    let output = await script.call(
      "echo", #"{"a":1}"#, answer: .accept(content: #"{"name":"Mo"}"#))
    #expect(output == ToolOutput([.text("thanks")]))
    await script.server.close()
    let calls = script.received.compactMap { JSONValue(parsing: $0) }
      .filter { $0["method"]?.string == "tools/call" }
    #expect(calls.count == 2 && calls.first?["id"] != calls.last?["id"])
    let again = calls.last?["params"]
    #expect(again?["arguments"] == ["a": 1])
    #expect(again?["requestState"] == "s 1")
    #expect(
      again?["inputResponses"]?["k"] == ["action": "accept", "content": ["name": "Mo"]])
    #expect(again?["inputResponses"]?["r"]?["action"] == "decline")
  }

  @Test func `An address is asked about as it is, and a yes sends no contents`() async throws {
    let asking = #"""
      *'"method":"tools/call"'*) call=$id
        say '{"jsonrpc":"2.0","id":"q","method":"elicitation/create","params":{"mode":"url","message":"Log in","url":"https://x.example/a?b"}}';;
      *'"id":"q"'*) id=$call; result '{"content":[]}';;
      """#
    let script = try ScriptedServer(ScriptedServer.legacy + asking)
    let told = ScriptedServer.Told()
    _ = await script.call("echo", "{}", told, answer: .accept(content: "{}"))
    #expect(
      told.questions.withLock { $0 } == [
        Elicitation(server: "helper", message: "Log in", kind: .url("https://x.example/a?b"))
      ])
    await script.server.close()
    let answer = script.received.compactMap { JSONValue(parsing: $0) }
      .first { $0["id"]?.string == "q" }
    #expect(answer?["result"] == ["action": "accept"])
  }

  @Test func `A server that asks without an end gets no answer any more`() async throws {
    let asking = #"""
      *'"method":"tools/call"'*) result '{"resultType":"input_required","requestState":"x"}';;
      """#
    let script = try ScriptedServer(ScriptedServer.modern + asking)
    #expect(await script.call().isError)
    await script.server.close()
  }
}
