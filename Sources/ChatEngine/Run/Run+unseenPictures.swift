import Conversation
import ModelCatalog

/// What a server's count says of pictures that it did not pass on to the model.
extension Run {
  /// Tells where the whole prompt counts for less than its pictures alone must.
  func remarks(onQuestion context: EngineContext) -> [EngineStep] {
    let question = parent.flatMap { context.conversation.messages[$0] }
    guard let details, let usage = details.usage, !usage.isEstimated, let question,
      question.role == .user, question.drawing == nil
    else { return [] }
    let least = question.pictures.reduce(0) { $0 + $1.leastTokens }
    guard least >= Self.tellingTokens else { return [] }
    // The rule of thumb is right by a factor of two: half of it is surely there.
    var asked = context.conversation
    asked.messages.select(leaf: parent)
    let target = context.target(of: details.model, at: details.provider)
    let words = asked.messagesForRequest.reduce(0) { sum, message in
      sum + (target.textTokens(of: message).tokens ?? 0)
    }
    let counted = usage.prompt.value
    guard counted > 0, counted < words / 2 + least else { return [] }
    return [
      .report(
        .picturesUnseen(
          count: question.pictures.count, counted: counted, server: details.provider))
    ]
  }

  /// Fewer tokens say nothing: the server's own words before each prompt are as many.
  private static let tellingTokens = 32
}

extension PictureReference {
  /// Fewer tokens than this no model takes for the picture: one for each square of 32 pixels (Qwen3-VL), and
  /// 64 are the least of those that have a fixed number (SmolVLM).
  fileprivate var leastTokens: Int {
    guard let size = stored?.size else { return Self.leastOfWhole }
    return min(Self.leastOfWhole, size.width * size.height / (32 * 32))
  }

  private static let leastOfWhole = 64
}
