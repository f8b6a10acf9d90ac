import DemoServer
import Foundation
import JSON
import OfficialSchemas
import Testing

/// The calls of `docs/CALLS.md` are made as they stand there, and send what stands below them.
@Suite(.seated) struct CallPageTests {
  /// A call and the JSON that its request holds, by the name of the wire.
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String { line }
    var line: String
    var bodies: [String: String] = [:]
  }

  static let rows: [Row] = {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/CALLS.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    var rows: [Row] = []
    for block in text.components(separatedBy: "```").enumerated() where block.offset % 2 == 1 {
      let lines = block.element.split(separator: "\n").map(String.init)
      guard let kind = lines.first, let rest = lines.dropFirst().first else { continue }
      if kind == "sh" { rows.append(Row(line: rest)) }
      if kind != "sh", !rows.isEmpty { rows[rows.count - 1].bodies[kind] = rest }
    }
    return rows
  }()

  @Test func `The page has calls, each with what it sends on responses`() {
    #expect(Self.rows.count >= 15)
    #expect(Self.rows.allSatisfy { $0.bodies["responses"] != nil })
    #expect(Self.rows.count { $0.bodies["chat"] != nil } >= 13)
  }

  /// A home in which there is all that the calls need, and whose server takes documents.
  private func furnish(_ home: inout Home) throws {
    let address = home.environment["OPENAI_BASE_URL"] ?? ""
    home.environment["OPENAI_BASE_URL"] = nil
    try FileManager.default.createDirectory(
      atPath: home.path + "/config/iris", withIntermediateDirectories: true)
    let settings =
      "provider: here\nproviders: {here: {like: openrouter, base_url: \"\(address)\", "
      + "api_key_env: OPENAI_API_KEY, model: demo}}\n"
    try home.write(Array(settings.utf8), to: "config/iris/config.yaml")
    try home.write(Samples.png(40, 30), to: "a.png")
    try home.write(Array("%PDF-1.4\n%%EOF\n".utf8), to: "report.pdf")
    try home.write(Array(#"{"type":"object"}"#.utf8), to: "winners.json")
    try home.write(Array("Press the button.\n".utf8), to: "manual.txt")
    try #require(try home.run("library", "add", "manuals", "manual.txt").status == 0)
  }

  @Test(arguments: rows) func `A call sends what the page says`(row: Row) async throws {
    try await withServer { (plain, log) async throws in
      var home = try plain.equipped(with: ["pdfinfo": "exit 127", "pdftotext": "exit 127"])
      try furnish(&home)
      try #require(row.line.hasPrefix("iris ask "))
      let rest = row.line.dropFirst("iris ask ".count)
      for (api, body) in row.bodies {
        let outcome = try home.shell("$IRIS ask --api \(api) \(rest) < /dev/null")
        // The demo takes every shape and answers in words, which is told as no success.
        let wantsJSON = row.line.contains("--json") || row.line.contains("--schema")
        #expect(outcome.status == (wantsJSON ? 69 : 0), "\(api): \(outcome.errors)")
        let path = api == "chat" ? "/v1/chat/completions" : "/v1/responses"
        let request = try #require(log.requests.last { $0.path == path })
        let sent = try JSONSerialization.jsonObject(with: Data(request.body))
        let wanted = try JSONSerialization.jsonObject(with: Data(body.utf8))
        #expect(Self.missing(wanted, in: sent) == [], "\(api)")
        // OpenAI's own members alone are described; others are for other servers.
        guard let schema = OfficialSchema.shared, !row.line.contains("--seed"),
          let body = JSON.JSONValue(parsing: request.body)
        else { continue }
        let name = api == "chat" ? "CreateChatCompletionRequest" : "CreateResponse"
        #expect(schema.faults(in: body, as: name) == [], "\(api)")
      }
    }
  }

  /// Where `wanted` has what `sent` has not; `…` in a text stands for anything.
  private static func missing(_ wanted: Any, in sent: Any?, at place: String = "$") -> [String] {
    switch (wanted, sent) {
    case (let wanted as [String: Any], let sent as [String: Any]):
      wanted.sorted { $0.key < $1.key }.flatMap {
        missing($0.value, in: sent[$0.key], at: "\(place).\($0.key)")
      }
    case (let wanted as [Any], let sent as [Any]):
      wanted.count == sent.count
        ? zip(wanted, sent).enumerated().flatMap { missing($1.0, in: $1.1, at: "\(place)[\($0)]") }
        : ["\(place): \(sent.count) elements"]
    case (let wanted as String, let sent as String):
      matches(sent, wanted) ? [] : ["\(place): \(sent.prefix(80))"]
    case (let wanted as NSNumber, let sent as NSNumber): wanted == sent ? [] : ["\(place): \(sent)"]
    default: ["\(place): \(sent.map { "\($0)" } ?? "nothing")"]
    }
  }

  private static func matches(_ text: String, _ pattern: String) -> Bool {
    guard pattern.contains("…") else { return text == pattern }
    let ends = pattern.components(separatedBy: "…")
    return text.hasPrefix(ends[0]) && text.hasSuffix(ends[1])
  }
}
