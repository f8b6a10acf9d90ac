import Conversation
import ExecutableFiles
import Foundation
import JSON
import MCP
import Processes
import Synchronization
import Tools

/// A server that is a shell script: what it answers to each method is written in the test.
///
/// It writes down all that it is sent. Within an answer `$id` is the request's number.
final class ScriptedServer: Sendable {
  let server: MCPServer
  private let folder: String

  /// `answers` are branches of a shell's `case` over the line that came, such as
  /// `*'"method":"ping"'*) echo '…';;`.
  init(
    _ answers: String, included: [String] = [], limit: Duration = .seconds(20),
    probeLimit: Duration = .seconds(20), knownRevision: Revision? = nil,
    onToolsChanged: @escaping @Sendable () -> Void = {}
  ) throws {
    folder = NSTemporaryDirectory() + "/iris-mcp-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let script = """
      #!/bin/sh
      echo $$ >> "\(folder)/started"
      say() { printf '%s\\n' "$1"; }
      result() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$1"; }
      error() { printf '{"jsonrpc":"2.0","id":%s,"error":%s}\\n' "$id" "$1"; }
      while read -r line; do
        printf '%s\\n' "$line" >> "\(folder)/received"
        id=${line#*'"id":'}; id=${id%%[,\\}]*}
        case $line in
        \(answers)
        esac
      done

      """
    try ExecutableFile.write(script, at: folder + "/server")
    var settings = MCPServerSettings(
      name: "helper",
      place: .program(ChildProgram(arguments: [folder + "/server"], environment: [:])),
      included: included, callLimit: limit, startLimit: .seconds(20), probeLimit: probeLimit)
    settings.startLimit = .seconds(20)
    server = MCPServer(
      settings, version: "1", answersQuestions: true, knownRevision: knownRevision,
      pause: { try await Task.sleep(for: $0) }, onToolsChanged: onToolsChanged)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The lines that the script was sent.
  var received: [String] { lines(of: "received") }

  /// How often it was started.
  var starts: Int { lines(of: "started").count }

  private func lines(of name: String) -> [String] {
    let text = try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  /// Waits until the script has been sent a line with these words; nil after 20 s.
  func line(with words: String) async -> String? {
    let deadline = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < deadline {
      if let line = received.first(where: { $0.contains(words) }) { return line }
      try? await Task.sleep(for: .milliseconds(2))
    }
    return nil
  }

  /// Calls a tool; what it tells and asks is kept, and questions get `answer`.
  func call(
    _ tool: String = "echo", _ arguments: String = "{}", _ told: Told = Told(),
    answer: ElicitationAnswer = .decline
  ) async -> ToolOutput {
    await server.call(
      tool, arguments: arguments,
      MCPServer.CallContext(
        progress: { words in told.progress.withLock { $0.append(words) } },
        ask: { elicitation in
          told.questions.withLock { $0.append(elicitation) }
          return answer
        }))
  }

  /// What a call told and asked.
  final class Told: Sendable {
    let progress = Mutex<[String]>([])
    let questions = Mutex<[Elicitation]>([])
  }

  // MARK: - Answers that many tests need

  /// A server of the newest revision.
  static let modern = #"""
    *'"method":"server/discover"'*)
      result '{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"resultType":"complete"}';;

    """#

  /// A server of an older revision.
  static let legacy = #"""
    *'"method":"server/discover"'*) error '{"code":-32601,"message":"Method not found"}';;
    *'"method":"initialize"'*)
      result '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"x"}}';;

    """#

  /// One tool, `echo`.
  static let echo = #"""
    *'"method":"tools/list"'*)
      result '{"tools":[{"name":"echo","description":"Says it.","inputSchema":{"type":"object"}}]}';;

    """#
}

/// The module's own JSON, whose name FlyingFox has too.
typealias WireValue = JSONValue
