import Foundation
import TerminalEmulator
import Testing

/// `iris doctor` against the demo's server.
@Suite(.seated) struct DoctorTests {
  private struct Report: Decodable {
    struct Row: Decodable {
      var question: String
      var answer: String
      var detail: String
    }

    var server: String
    var model: String
    var findings: [Row]
    var learned: [String]
  }

  @Test func `It prints what a server can do, a line each`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run("doctor", "-m", "demo-fast")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("is asked 5 questions"))
      let rows = outcome.output.split(separator: "\n").map { $0.split(separator: " ").prefix(2) }
      #expect(
        rows.dropFirst().map { Array($0.map(String.init)) } == [
          ["models", "yes"], ["stream", "yes"], ["picture", "yes"], ["temperature", "yes"],
          ["tool", "unclear"], ["/responses", "yes"],
        ])
    }
  }

  @Test func `What it learns is kept, and told to programs as JSON`() async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.run("doctor", "-m", "demo-blind", "--json")
      let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      #expect(report.model == "demo-blind")
      #expect(report.findings.first { $0.question == "picture" }?.answer == "no")
      #expect(report.learned.count == 1)
      let asked = try log.sent().count
      try home.write(Samples.png(7, 2), to: "a.png")
      let reply = try home.run("ask", "-m", "demo-blind", "-i", "a.png", "What?")
      #expect(reply.status != 0)
      #expect(try log.sent().count == asked)
    }
  }

  @Test func `A program that was open meanwhile takes nothing of it back`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      #expect(try home.run("doctor", "-m", "demo-blind", "--yes").status == 0)
      #expect(try program.quits() == .status(0))
      let asked = try log.sent().count
      try home.write(Samples.png(7, 2), to: "a.png")
      #expect(try home.run("ask", "-m", "demo-blind", "-i", "a.png", "What?").status != 0)
      #expect(try log.sent().count == asked)
    }
  }

  @Test func `Nothing that may cost is asked where nobody can give leave`() throws {
    var home = try Home()
    home.environment["OPENAI_API_KEY"] = "sk-test"
    let outcome = try home.run(
      "doctor", "-m", "gpt-4o", "--base-url", "https://192.0.2.1/v1")
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("for ≈$"))
    #expect(outcome.errors.contains("Nothing was asked."))
  }
}
