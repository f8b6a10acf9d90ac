import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Nothing that is printed steers a terminal, and a pipe gets every byte.
@Suite(.seated) struct SteeringTests {
  /// What a terminal is never sent, and how it would look in a reply, a name or an argument.
  private static let hostile = "\u{1B}]2;owned\u{7} \u{1B}[8mhid \u{9B}2J \u{202E}txt \u{8} end"

  private func bytes(_ arguments: [String], in home: Home) throws -> [UInt8] {
    let program = try TerminalProgram(
      Home.program, arguments, environment: home.environment, directory: home.path, columns: 120)
    _ = try program.waitsForExit(within: .slow)
    return program.terminal.output
  }

  @Test(arguments: [
    ["show"], ["list"], ["list", "--search", "end"], ["show", hostile],
    ["ask", "--" + hostile], ["ask", "-t", hostile, "x"],
    ["ask", "-m", "demo", "--config", hostile, "x"], ["ask", "-m", "demo", "-i", hostile, "x"],
    ["ask", "-m", "demo", "-s", "@" + hostile, "x"],
    ["ask", "-m", "demo", "--raw", "echo \(hostile)"],
  ])
  func `No output steers a terminal`(arguments: [String]) async throws {
    let text = try await printed(arguments)
    #expect(text.contains("end"))
    #expect(steering(in: text).isEmpty)
  }

  @Test func `A reply on a terminal has colours, and steers it in no other way`() async throws {
    let text = try await printed(["ask", "-m", "demo", "echo \(Self.hostile)"])
    #expect(text.contains("end"))
    // Ours begin anew each time; the reply's own does not.
    let withoutColours = text.replacing(#/\u{1B}\[0(;[0-9]+)*m/#, with: "")
    #expect(withoutColours.count < text.count)
    #expect(steering(in: withoutColours).isEmpty)
  }

  /// What a call prints on a terminal, in a home with a conversation that would steer it.
  private func printed(_ arguments: [String]) async throws -> String {
    var text = ""
    try await withServer { (home, _) async throws in
      let talk = ["role": "user", "content": Self.hostile]
      let body = try JSONSerialization.data(withJSONObject: ["messages": [talk]])
      try home.write(Array(body), to: "talk.json")
      try #require(try home.run("import", "talk.json").status == 0)
      text = String(decoding: try bytes(arguments, in: home), as: UTF8.self)
    }
    return text
  }

  private func steering(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter {
      $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\r" && $0 != "\t"
        || $0 == "\u{202E}"
    }
  }

  @Test func `A pipe gets the text as it is`() async throws {
    try await withServer { (home, _) async throws in
      let talk = ["role": "user", "content": Self.hostile]
      let body = try JSONSerialization.data(withJSONObject: ["messages": [talk]])
      try home.write(Array(body), to: "talk.json")
      try #require(try home.run("import", "talk.json").status == 0)
      #expect(try home.run("show").output == "user\t\(Self.hostile)\n")
    }
  }
}
