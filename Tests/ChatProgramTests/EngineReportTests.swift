import ChatEngine
import ChatProgram
import Conversation
import Language
import Testing

/// What is told of a question without a screen, and the exit status: both from types, never from the
/// wording of a sentence.
@Suite struct EngineReportTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let report: EngineReport
    let status: ChatProgram.ExitStatus?
    let sentence: String?
    var testDescription: String { "\(report)" }

    init(_ report: EngineReport, _ status: ChatProgram.ExitStatus?, _ sentence: String?) {
      self.report = report
      self.status = status
      self.sentence = sentence
    }

    static func failed(
      _ kind: ReplyFailure.Kind, _ status: ChatProgram.ExitStatus, says: String = "It failed."
    ) -> Case {
      Case(.ended(RunEnding(.failed(ReplyFailure(kind: kind, phrase: "It failed.")))), status, says)
    }

    static func prevented(
      _ obstacle: RequestObstacle, _ status: ChatProgram.ExitStatus, says: String?
    ) -> Case {
      Case(.ended(RunEnding(.prevented(obstacle))), status, says)
    }
  }

  private static let id = AttachmentID(rawValue: 1)
  private static let full = StoreFailure(kind: .unwritable, phrase: "The disk is full.")

  @Test(arguments: [
    Case(.remark("Look."), nil, "Look."),
    Case(.retrying(after: 2_400, because: "It is busy"), nil, "It is busy: trying again in 2 s."),
    Case(.retrying(after: 10, because: "It is busy"), nil, "It is busy: trying again in 1 s."),
    Case(
      .notOpened(StoreFailure(kind: .missing, phrase: "None.")), .missingInput, "None."),
    Case(
      .notOpened(StoreFailure(kind: .unreadable, phrase: "Damaged.")), .unusableInput, "Damaged."),
    Case(.notStored(full), .cannotWrite, "The disk is full."),
    Case(
      .nameTaken("trip"), .cannotWrite,
      "Another conversation is called trip. Ask in it with --load, or choose another name."),
    Case(
      .picturesMissing(
        request: 1, PictureFailure(kind: .missing, phrase: "No file."), isThere: false),
      .missingInput, "No file."),
    Case(
      .pictureFailed(Self.id, PictureFailure(kind: .unusable, phrase: "Text.")), .unusableInput,
      "Text."),
    Case(
      .pictureFailed(Self.id, PictureFailure(kind: .unwritable, phrase: "Full.")), .cannotWrite,
      "Full."),
    Case(
      .modelsFailed(ReplyFailure(kind: .keyRefused, phrase: "No key.")), .keyRefused, "No key."),
    Case(.ended(RunEnding(.finished(.stop, hasText: true))), nil, nil),
    Case(
      .ended(RunEnding(.finished(.length, hasText: true))), nil,
      "The reply reached its limit of tokens. Raise --max-tokens."),
    Case(
      .ended(RunEnding(.finished(.other("eos"), hasText: true))), nil,
      "The server ended the reply for the reason “eos”."),
    Case(
      .ended(RunEnding(.finished(nil, hasText: false))), .unavailable,
      "The server's reply was empty. Ask again."),
    Case(
      .ended(RunEnding(.thoughtOnly)), .unavailable,
      "The model wrote its thoughts alone, and no answer. "
        + "A server may take answers for thoughts: see its reasoning parser."),
    Case(
      .ended(RunEnding(.callCut(tool: "time", by: .length, hasText: false))), .unavailable,
      "The reply reached its limit of tokens in its call of time: it is not made. "
        + "Raise --max-tokens."),
    Case(
      .ended(RunEnding(.callCut(tool: "time", by: .contentFilter, hasText: true))), .unavailable,
      "The server's content filter ended the reply in its call of time: it is not made. "
        + "Ask again."),
    Case(.ended(RunEnding(.stopped)), nil, nil),
    Case(.lost("The picture is not kept."), .cannotWrite, "The picture is not kept."),
    .failed(.unreachable, .unavailable), .failed(.cutOff, .unavailable),
    .failed(.rateLimited, .unavailable), .failed(.keyRefused, .keyRefused),
    .failed(.pictureUnusable, .unusableInput),
    .failed(.pictureLimit(0, isLearned: false), .unusableInput),
    .failed(.replyLimitTooHigh, .unavailable),
    .failed(.unsendable, .usage),
    .failed(
      .pictureRefused(index: 1), .unavailable,
      says: "It failed. It is b.png; --detail low sends it smaller."),
    .failed(.pictureRefused(index: nil), .unavailable),
    .prevented(
      .providerMissing(name: "old", host: "h"), .usage,
      says:
        "This conversation was with old, which is not configured here. Choose a server: --provider openai"
    ),
    .prevented(
      .modelMissing(offered: []), .usage, says: "No model is chosen. Name one with --model."),
    .prevented(
      .modelMissing(offered: ["a", "b", "c", "d", "e", "f"]), .usage,
      says:
        "No model is chosen. Name one with --model; the server offers a, b, c, d, e, …."),
    .prevented(
      .nothingIncluded, .usage,
      says:
        "Every message is left out of requests. Open the conversation with iris --load, and put one back with /keep."
    ),
    .prevented(.notStored(full), .cannotWrite, says: nil),
    .prevented(
      .risk(.noVision(model: "gpt-4")), .unusableInput,
      says: "gpt-4 takes no pictures. --anyway sends it all the same."),
    .prevented(
      .risk(.originalTooWide(name: "a.png", side: 9000, most: 8000, host: "h")), .unusableInput,
      says: "a.png has a side of 9000 pixels; h takes 8000. --anyway sends it smaller."),
  ])
  func `Each report has its sentence and its status`(row: Case) {
    let pictures = ["a.png", "b.png"].map {
      PictureReference(source: .remote("https://e.org/a.png"), name: $0, detail: .auto)
    }
    let sentences = AskSentences(defaultProvider: "openai", pictures: pictures)
    #expect(sentences.phrase(of: row.report)?.text() == row.sentence)
    #expect(row.report.status == row.status)
  }
}
