import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Foundation
import Language
import Testing

/// Members of a request that Iris does not know.
@Suite struct BodyMemberTests {
  @Test func `Any member is set, told to be unchecked, listed and taken away`() {
    var chat = Chat(.of("One"))
    chat.enter("/set top_k 40")
    #expect(chat.says == "top_k is 40. Iris does not know it, and sends it unchecked.")
    chat.enter("/set options { \"num_ctx\": 8192 }")
    #expect(
      chat.conversation.parameters.others.map(\.json) == ["40", "{\"num_ctx\":8192}"])
    chat.enter("/set top_k 41")
    #expect(chat.conversation.parameters.others.map(\.json).first == "41")
    chat.enter("/params")
    #expect(
      chat.page?.rows.first { $0.lead == "top_k" }?.phrase.text()
        == "41, sent unchecked (set in this conversation)")
    chat.press(.cancel)
    chat.enter("/unset top_k")
    #expect(chat.says == "top_k is not set, and not sent.")
    #expect(chat.conversation.parameters.others.map(\.name) == ["options"])
    chat.enter("/unset top_k")
    #expect(chat.says?.hasPrefix("There is no parameter top_k") == true)
  }

  @Test(arguments: [
    ("/set model x", "Iris itself writes model into each request. Leave it out."),
    ("/set messages []", "Iris itself writes messages into each request. Leave it out."),
    (
      "/set top_k forty",
      "top_k takes JSON, such as 40, true, [1, 2] or \"text\" in quotes, not forty."
    ),
    (
      "/set temprature 0.5",
      "temprature is 0.5. Iris does not know it, and sends it unchecked. Did you mean temperature?"
    ),
  ])
  func `What cannot be meant is told`(_ row: (line: String, says: String)) {
    var chat = Chat(.of("One"))
    chat.enter(row.line)
    #expect(chat.says == row.says)
  }

  @Test(arguments: [
    ("temperature", "0.5", true), ("temperature", "7", false), ("temperature", "\"hot\"", false),
    ("max_tokens", "0", false), ("seed", "1.5", false), ("seed", "-9", true),
    ("stop", "[\"a\",\"b\"]", true), ("stop", "\"a\"", true), ("stop", "[1]", false),
    ("response_format", "{\"type\":\"json_object\"}", true), ("response_format", "7", false),
    ("reasoning_effort", "\"low\"", true), ("reasoning_effort", "3", false),
    ("store", "true", true), ("store", "on", true), ("store", "7", false), ("upload", "off", true),
  ])
  func `What Iris knows is checked as JSON too, and is no unchecked member`(
    _ row: (name: String, json: String, isTaken: Bool)
  ) {
    var parameters = Parameters()
    do throws(ParameterError) {
      try parameters.set(name: row.name, json: row.json)
      #expect(row.isTaken && parameters != Parameters())
    } catch {
      #expect(!row.isTaken && parameters == Parameters())
    }
    #expect(parameters.others.isEmpty)
  }

  @Test func `The server's and the model's body goes along, and what is set here goes before it`()
    throws
  {
    var servers = Servers.sample
    try servers.providers[0].parameters.set(name: "top_k", json: "40")
    try servers.providers[0].parameters.set(name: "min_p", json: "0.1")
    var ofModel = Parameters()
    try ofModel.set(name: "min_p", json: "0.2")
    ofModel.temperature = 0.3
    servers.providers[0].modelParameters["gpt-4o"] = ofModel
    var chat = Chat(.empty, servers)
    var parameters = try chat.ask("One").parameters
    #expect(parameters.others.map(\.json) == ["40", "0.2"])
    #expect(parameters.temperature == 0.3)
    chat.answer("Two")
    chat.enter("/unset top_k")
    #expect(
      chat.says == "top_k is set for openai in config.yaml. /set top_k VALUE goes before it here.")
    chat.enter("/temperature")
    #expect(chat.says == "temperature is 0.3, by config.yaml for openai.")
    chat.enter("/set top_k 7")
    chat.enter("/temperature 1")
    chat.enter("/model other")
    parameters = try chat.ask("Three").parameters
    #expect(parameters.others.map(\.json) == ["7", "0.1"])
    #expect(parameters.temperature == 1)
  }

  @Test func `Settings that earlier versions stored are read, and new ones come back`() throws {
    let old = try JSONDecoder().decode(
      Parameters.self, from: Data("{\"temperature\":0.5,\"stop\":[]}".utf8))
    #expect(old.temperature == 0.5 && old.others.isEmpty)
    var parameters = Parameters()
    parameters.set(try #require(BodyMember(name: "min_p", json: " 0.10 ")))
    let data = try JSONEncoder().encode(parameters)
    #expect(try JSONDecoder().decode(Parameters.self, from: data) == parameters)
  }

  @Test(arguments: ["", "a b", "1a", "é", "a\"b", String(repeating: "a", count: 65)])
  func `Nothing else is a name`(name: String) {
    #expect(BodyMember(name: name, json: "1") == nil)
  }
}
