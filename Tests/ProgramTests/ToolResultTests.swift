import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Results of tools that are more than text for the model: what is for the user alone, and sound.
@Suite(.seated) struct ToolResultTests {
  /// A home with a server `helper`, whose one tool `sing` gives a text, a text for the user alone, and a
  /// sound of four bytes.
  private func withHelper(_ body: (Home, RequestLog) async throws -> Void) async throws {
    try await withServer { (home, log) async throws in
      try FileManager.default.createDirectory(
        atPath: home.path + "/config/iris", withIntermediateDirectories: true)
      try home.write(
        executable: #"""
          #!/bin/sh
          while read -r line; do
            id=${line#*'"id":'}; id=${id%%[,\}]*}
            result() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"; }
            case $line in
            *'"server/discover"'*) result '{"supportedVersions":["2026-07-28"],"capabilities":{}}';;
            *'"tools/list"'*) result '{"tools":[{"name":"sing","inputSchema":{"type":"object"}}]}';;
            *'"tools/call"'*) result '{"content":[{"type":"text","text":"la la"},{"type":"text","text":"turn it up","annotations":{"audience":["user"]}},{"type":"audio","data":"UklGRg==","mimeType":"audio/wav"}]}';;
            esac
          done

          """#, to: "config/iris/helper")
      try home.write(
        Array("mcp: {helper: {command: \(home.path)/config/iris/helper}}\n".utf8),
        to: "config/iris/config.yaml")
      try await body(home, log)
    }
  }

  @Test func `What is for the user alone goes to the user alone`() async throws {
    try await withHelper { (home, log) async throws in
      let outcome = try home.run("ask", "-m", "demo", "--allow", "helper", "Please sing")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("helper__sing, for you alone: turn it up"))
      #expect(!outcome.output.contains("turn it up"))
      let result = try #require(try log.sent().last?.messages.last)
      #expect(result.role == "tool" && result.texts.contains { $0.contains("la la") })
      #expect(!result.texts.contains { $0.contains("turn it up") })
    }
  }

  @Test func `On the screen it stands open, where other results are folded`() async throws {
    try await withHelper { (home, _) async throws in
      try home.write(Array("allow helper__*\n".utf8), to: "config/iris/permissions")
      let program = try home.chat("-m", "demo", "--tool", "helper")
      program.enter("Please sing")
      try program.waits(for: "for you alone turn it up", within: .slow)
      try program.waits(for: "1 result, Ctrl-X t shows it", within: .slow)
    }
  }

  @Test func `Sound is kept by its content, and the model learns that there is some`() async throws
  {
    try await withHelper { (home, log) async throws in
      let arguments = ["ask", "-m", "demo", "--allow", "helper", "--save", "song", "Please sing"]
      #expect(try home.run(arguments).status == 0)
      // SHA-256 of the four letters RIFF.
      let digest = "a40ff3d5900fb7698b8c865041347cb49eccedc8f93945f89629ad104aaecce4"
      let kept = try FileManager.default.subpathsOfDirectory(
        atPath: home.path + "/data/iris/pictures"
      )
      .first { $0.hasSuffix(digest) }
      let path = home.path + "/data/iris/pictures/" + (try #require(kept))
      #expect(try Data(contentsOf: URL(filePath: path)) == Data("RIFF".utf8))
      let result = try #require(try log.sent().last?.messages.last)
      #expect(result.texts.contains { $0.contains("[audio/wav, 4 bytes: the user has it") })
    }
  }
}
