import ChatAPI
import Conversation
import Language

/// Reads whatever bytes come as a server's answer: it must end, the same however it was split, and
/// its error must not tell the key.
///
/// The first byte says whether the answer has succeeded, the second how long the pieces are. Built
/// twice: `ERRORS` is the target for answers that failed. libFuzzer calls it (LLVM documentation,
/// "libFuzzer", "Fuzz Target").
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard input.count > 2 else { return 0 }
  #if ERRORS
    let status = 400 + Int(input[0]) % 200
  #else
    let status = 200
  #endif
  let bytes = Array(input.dropFirst(2))
  let whole = read(bytes, status: status, pieces: bytes.count)
  let split = read(bytes, status: status, pieces: Int(input[1] % 16) + 1)
  precondition(whole.answer == split.answer, "the text depends on how the bytes came")
  precondition(whole.reasoning == split.reasoning, "the reasoning depends on how the bytes came")
  precondition(whole.calls == split.calls, "the calls depend on how the bytes came")
  precondition(whole.usage == split.usage, "the usage depends on how the bytes came")
  precondition(whole.ending == split.ending, "the ending depends on how the bytes came")
  guard let ending = whole.ending else { preconditionFailure("the answer has no end") }
  if case .failed(let error) = ending { check(error) }
  return 0
}

private let key = "sk-0123456789abcdef"

private func check(_ error: ChatAPIError) {
  for language in Language.allCases {
    let sentence = error.phrase.text(in: language)
    precondition(!sentence.isEmpty && !sentence.contains(key), "the error tells the key")
  }
  precondition(error.message?.contains { $0.isNewline } != true, "the words are on several lines")
  precondition(error.message?.count ?? 0 <= 500, "the words are too long")
}

/// What a reader has given out, with pieces that belong together joined.
private struct Reading {
  var answer = ""
  var reasoning = ""
  /// The arguments of calls, by the place of their part.
  var calls: [Int: String] = [:]
  var usage: TokenUsage?
  var ending: ReplyReader.Ending?

  mutating func add(_ events: [ReplyEvent]) {
    for event in events {
      switch event {
      case .partDelta(let part, let piece, _):
        switch part.kind {
        case .text, .refusal: answer += piece
        case .reasoning: reasoning += piece
        case .toolCall: calls[part.index, default: ""] += piece
        }
      case .reclassified(isReasoning: true): (reasoning, answer) = (reasoning + answer, "")
      case .reclassified(isReasoning: false): (answer, reasoning) = (answer + reasoning, "")
      case .usage(let usage): self.usage = usage
      default: break
      }
    }
  }
}

private func read(_ bytes: [UInt8], status: Int, pieces: Int) -> Reading {
  var reader = ReplyReader(
    head: ResponseHead(status: status), server: "api.a.com", key: APIKey(key),
    decoder: ChatCompletions(Dialect()).makeDecoder(startsInReasoning: false))
  var reading = Reading()
  for start in stride(from: 0, to: bytes.count, by: pieces) {
    reader.feed(Array(bytes[start..<min(start + pieces, bytes.count)]))
    reading.add(reader.takeEvents())
  }
  reader.finish()
  reading.add(reader.takeEvents())
  reading.ending = reader.ending
  return reading
}
