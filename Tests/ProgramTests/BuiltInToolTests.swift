import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Tools inside Iris, which the demo calls; and what a conversation remembers of tools.
@Suite(.seated) struct BuiltInToolTests {
  /// The width and the height in the header of a PNG (PNG 1.2 §11.2.2) that a `data:` URL holds.
  private func size(of picture: Sent.Picture?) throws -> [Int] {
    let letters = try #require(picture?.url.split(separator: ",").last)
    let bytes = [UInt8](try #require(Data(base64Encoded: String(letters))))
    #expect(Array(bytes.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
    return [16, 20].map { start in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
  }

  @Test func `A region of a picture that was sent small is shown at full detail`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(1600, 900), to: "menu.png")
      let outcome = try home.run(
        "ask", "-m", "demo", "-i", "menu.png", "--detail", "low", "--allow", "read_picture",
        #"Use read_picture {"picture":1,"left":0.5,"top":0,"width":0.25,"height":1}"#)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let sent = try log.sent()
      let first = try #require(sent.first?.messages.first?.pictures.first)
      #expect(try size(of: first).allSatisfy { $0 <= 512 })
      // A tool's answer holds no picture on this wire: it follows in a message of the user's role.
      let last = try #require(sent.last?.messages.last)
      #expect(last.role == "user" && last.pictures.count == 1)
      #expect(try size(of: last.pictures.first) == [400, 900])
    }
  }

  @Test(arguments: [
    (#"{"picture":2,"left":0,"top":0,"width":1,"height":1}"#, "the conversation has 1"),
    (#"{"picture":1,"left":1.5,"top":0,"width":0.5,"height":1}"#, "inside the picture"),
    (#"{"picture":1}"#, "inside the picture"),
  ]) func `A region that is none is told to the model`(arguments: String, words: String)
    async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(9, 6), to: "a.png")
      let outcome = try home.run(
        "ask", "-m", "demo", "-i", "a.png", "--allow", "read_picture",
        "Use read_picture \(arguments)")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try log.sent().last?.messages.last?.texts.first?.contains(words) == true)
    }
  }

  @Test func `Earlier conversations are searched`() async throws {
    try await withServer { (home, log) async throws in
      for words in ["A wooden walkway", "An iron bridge"] {
        #expect(
          try home.run("ask", "-m", "demo", "--save", words, "\(words) in the hills").status == 0)
      }
      let found = try home.run(
        "ask", "-m", "demo", "--allow", "search_conversations",
        #"Use search_conversations {"text":"walkway"}"#)
      #expect(found.status == 0, "\(found.errors)")
      let result = try #require(try log.sent().last?.messages.last)
      #expect(result.role == "tool")
      #expect(
        result.texts.first?.contains("A wooden walkway | user: A wooden walkway in the hills")
          == true)
      #expect(result.texts.first?.contains("bridge") == false)
    }
  }

  @Test func `A conversation remembers its tools, and others have none of them`() async throws {
    try await withServer { (home, log) async throws in
      let arguments = ["ask", "-m", "demo"]
      _ = try home.run(arguments + ["--tool", "time", "--save", "clock", "Hello"])
      _ = try home.run(arguments + ["--load", "clock", "Hello again"])
      _ = try home.run(
        arguments + ["--load", "clock", "--tool", "search_conversations", "And now?"])
      _ = try home.run(arguments + ["Hello"])
      #expect(try log.toolNames() == [["time"], ["time"], ["time", "search_conversations"], []])
    }
  }

  @Test func `Where nothing came but a call that nobody allowed, the status says so`() async throws
  {
    try await withServer { (home, _) async throws in
      let arguments = ["--tool", "search_conversations", #"Use search_conversations {"text":"x"}"#]
      let silent = try home.run(["ask", "-m", "demo-empty"] + arguments)
      #expect(silent.status == 77 && silent.output.isEmpty)
      #expect(silent.errors.contains("--allow search_conversations"))
      let answered = try home.run(["ask", "-m", "demo"] + arguments)
      #expect(answered.status == 0 && !answered.output.isEmpty)
    }
  }

  @Test
  func
    `Lines of the rules that are none are told, and nothing is offered by rules that cannot be read`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try FileManager.default.createDirectory(
        atPath: home.path + "/config/iris", withIntermediateDirectories: true)
      try home.write(Array("allow time\ndeny a b\n".utf8), to: "config/iris/permissions")
      let told = try home.run("ask", "-m", "demo", "--tool", "time", "Hello")
      #expect(told.status == 0 && told.errors.contains("permissions, line 2, is no rule"))
      #expect(try home.run("tools").errors.contains("permissions, line 2, is no rule"))
      // A folder in the place of the file: not even root reads it.
      try FileManager.default.removeItem(atPath: home.path + "/config/iris/permissions")
      try FileManager.default.createDirectory(
        atPath: home.path + "/config/iris/permissions", withIntermediateDirectories: false)
      let denied = try home.run("ask", "-m", "demo", "--tool", "time", "Hello")
      #expect(denied.errors.contains("no tool is offered"))
      #expect(try log.toolNames() == [["time"], []])
    }
  }
}

extension RequestLog {
  /// The names of the tools that each question offered.
  fileprivate func toolNames() throws -> [[String]] {
    struct Body: Decodable {
      struct Tool: Decodable {
        struct Function: Decodable { var name: String }
        var function: Function
      }
      var tools: [Tool]?
    }
    return try requests.filter { $0.path.hasSuffix("/chat/completions") }.map {
      try JSONDecoder().decode(Body.self, from: Data($0.body)).tools?.map(\.function.name) ?? []
    }
  }
}
