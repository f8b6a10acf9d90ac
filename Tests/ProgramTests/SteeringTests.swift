import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Nothing that is printed steers a terminal, and a pipe gets every byte.
@Suite(.seated) struct SteeringTests {
  /// What a terminal is never sent, and how it would look in a reply, a name or an argument.
  private static let hostile = "\u{1B}]2;owned\u{7} \u{9B}2J \u{202E}txt \u{8} end"

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
    ["ask", "-m", "demo", "-s", "@" + hostile, "x"], ["ask", "-m", "demo", "echo \(hostile)"],
    ["ask", "-m", "demo", "--raw", "echo \(hostile)"],
  ])
  func `No output steers a terminal`(arguments: [String]) async throws {
    try await withServer { (home, _) async throws in
      let talk = ["role": "user", "content": Self.hostile]
      let body = try JSONSerialization.data(withJSONObject: ["messages": [talk]])
      try home.write(Array(body), to: "talk.json")
      try #require(try home.run("import", "talk.json").status == 0)
      let text = String(decoding: try bytes(arguments, in: home), as: UTF8.self)
      #expect(text.contains("end"))
      let steering = text.unicodeScalars.filter {
        $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\r" && $0 != "\t"
          || $0 == "\u{202E}"
      }
      #expect(steering.isEmpty)
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
