import ChatAPI
import ChatEngine
import ChatScreen
import Configuration
import Conversation
import FoundationEssentials
import Language
import ModelCatalog
import Screen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `iris doctor`: asks a server a handful of small questions, and prints what it can do and what was
/// learned of it.
///
/// What was learned before of the model and the server is taken back first, so that what the server
/// takes by now is found out anew.
package struct DoctorCall: Sendable {
  private let installation: Installation
  private let directory: ServerDirectory

  package init(_ installation: Installation) {
    self.installation = installation
    directory = ServerDirectory(installation)
  }

  /// Says the price, asks whether to go on unless it `isConfirmed`, examines, prints; blocks.
  package func run(isConfirmed: Bool, asJSON: Bool) -> ExitStatus {
    Blocking.wait { () -> ExitStatus in
      let status: ExitStatus
      do {
        status = try await examine(isConfirmed: isConfirmed, asJSON: asJSON)
      } catch {
        let failure = ReplyFailure(error)
        tell(failure.phrase)
        status = failure.kind.status
      }
      await directory.close()
      return status
    } ?? .unavailable
  }

  private func examine(isConfirmed: Bool, asJSON: Bool) async throws -> ExitStatus {
    let provider = directory.defaultName
    let learned = LearnedRules.load(from: installation.folders)
    let client = ChatClient(learned: learned)
    var server = try await directory.provider(named: provider)
    guard let model = try await model(of: provider, client, server) else {
      tell(say("No model is chosen, and \(server.name) lists none. Name one with --model."))
      return .usage
    }
    // Azure's address depends on the model.
    server = try await directory.provider(named: provider, model: model)
    guard try mayAsk(server, model, isConfirmed: isConfirmed) else { return .usage }
    client.forgetRules(for: model, at: server)
    var report = DoctorReport(server: server.name, model: model)
    let examination = ServerExamination(client: client, provider: server, model: model)
    if !asJSON { write(report.title) }
    for question in ServerExamination.Question.allCases {
      let finding = await examination.ask(question)
      report.findings.append(finding)
      if !asJSON { write(report.row(of: finding, in: installation.language)) }
    }
    report.learned = client.learnedRules.adaptations(for: model, at: server)
      .map { $0.phrase(server: server.name).text(in: installation.language) }.sorted()
    let failure = client.learnedRules.save(to: installation.folders, since: learned)
    if asJSON {
      write(report.json(in: installation.language))
    } else {
      for sentence in report.learned { write(sentence) }
    }
    guard let failure else { return report.status }
    tell(failure)
    return report.status == .done ? .cannotWrite : report.status
  }

  private func model(
    of provider: String, _ client: ChatClient, _ server: Provider
  ) async throws -> String? {
    if let model = installation.settings.model ?? directory.usualModel(of: provider) {
      return model
    }
    return try await client.models(at: server).first?.id
  }

  /// Says what the questions cost; whether they may be asked.
  private func mayAsk(_ server: Provider, _ model: String, isConfirmed: Bool) throws -> Bool {
    tell(price(server, model))
    if isConfirmed || server.base.isLoopback { return true }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      tell(say("Nothing was asked. Add --yes where nobody can be asked for leave."))
      return false
    }
    StandardError.sink.write(say("Go on? y or n:").text(in: installation.language) + " ")
    return readLine()?.lowercased().hasPrefix("y") == true
  }

  private func price(_ server: Provider, _ model: String) -> Phrase {
    let questions = ServerExamination.paidQuestions
    let usage = TokenUsage(
      prompt: TokenCount(ServerExamination.promptTokens),
      completion: TokenCount(questions * ServerExamination.replyTokens))
    guard let cost = installation.catalog.model(named: model).cost(of: usage) else {
      return say(
        "\(server.name) is asked \(questions) questions of some 700 tokens with \(model).")
    }
    return say(
      "\(server.name) is asked \(questions) questions with \(model), for ≈\(cost.description).")
  }

  private func tell(_ phrase: Phrase) { StandardError.say(phrase, in: installation.language) }

  private func write(_ text: String) {
    let lines = text.split(separator: "\n").map { String($0).sanitised }
    StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }
}

/// What an examination found, as rows for people and as JSON for programs.
struct DoctorReport {
  var server: String
  var model: String
  var findings: [ServerExamination.Finding] = []
  /// What was learned, a sentence each.
  var learned: [String] = []

  init(server: String, model: String) {
    self.server = server
    self.model = model
  }

  var title: String { "\(server), \(model)" }

  func row(of finding: ServerExamination.Finding, in language: Language) -> String {
    let name = Self.label(of: finding.question)
    let answer = Self.sign(of: finding.answer).text(in: language)
    return Self.padded(name, to: 13) + Self.padded(answer, to: 9)
      + finding.detail.text(in: language)
  }

  private static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(1, columns - DisplayWidth.columns(of: text)))
  }

  /// `{"server", "model", "findings": [{"question", "answer", "detail"}], "learned"}`.
  func json(in language: Language) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let rows = findings.map { finding in
      Report.Row(
        question: finding.question.rawValue, answer: "\(finding.answer)",
        detail: finding.detail.text(in: language))
    }
    let report = Report(server: server, model: model, findings: rows, learned: learned)
    guard let data = try? encoder.encode(report) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  /// Done where the server talks: the rest is what the call is there to tell.
  var status: ExitStatus {
    findings.contains { $0.question == .stream && $0.answer != .yes } ? .unavailable : .done
  }

  private static func label(of question: ServerExamination.Question) -> String {
    switch question {
    case .parameter: "temperature"
    case .responses: "/responses"
    default: question.rawValue
    }
  }

  private static func sign(of answer: ServerExamination.Finding.Answer) -> Phrase {
    switch answer {
    case .yes: say("yes")
    case .no: say("no")
    case .unknown: say("unclear")
    }
  }

  private struct Report: Encodable {
    struct Row: Encodable {
      var question: String
      var answer: String
      var detail: String
    }

    var server: String
    var model: String
    var findings: [Row]
    var learned: [String]
  }
}
