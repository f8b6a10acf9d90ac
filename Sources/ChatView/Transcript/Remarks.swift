import Conversation
import Language

/// Remarks about a message beside its text: how it ended, what is left out, which variant.
struct Remarks {
  let phrases: [Phrase]

  init(of message: Message, in conversation: Conversation) {
    phrases = [
      Self.variant(message, conversation.messages), Self.text(message),
      Self.status(
        message, isLast: conversation.messages.leaf == message.id,
        isDrawn: message.parent.flatMap { conversation.messages[$0]?.drawing } != nil),
      Self.finish(message), Self.omission(message), Self.kept(message, conversation),
    ].compactMap { $0 }
  }

  /// Parts that this version cannot send, and calls that nothing answers.
  private static func kept(_ message: Message, _ conversation: Conversation) -> Phrase? {
    let isSent = Role.written.contains(message.role) || message.role == .tool
    let left = message.parts.filter(\.standsBesideText).filter { part in
      switch part {
      case .toolCall(let call):
        !conversation.messages.results(behind: message.id).contains { $0.callID == call.id }
      case .toolResult(let result):
        !conversation.messages.calls(before: message.id).contains { $0.id == result.callID }
      case .media(let media): !media.isKeptDocument
      // They are no part of what was said.
      case .hostedCall, .citations: false
      default: true
      }
    }
    guard !isSent || !left.isEmpty else { return nil }
    // Of the newest calls it is not decided yet what becomes of them.
    let isOpen =
      message.id == conversation.messages.leaf && !left.isEmpty
      && left.count == message.parts.toolCalls.count
      && message.reply?.finishReason == .toolCalls
    if isOpen { return nil }
    return isSent && !message.text.isEmpty
      ? say("what is no text is kept, not sent") : say("kept, not sent")
  }

  /// The place among the variants of its turn, beside the message that differs; of pictures that were asked
  /// for beside those, which are what is looked at.
  private static func variant(_ message: Message, _ tree: MessageTree) -> Phrase? {
    let isDrawn = message.parent.flatMap { tree[$0]?.drawing } != nil
    let isAnswered = message.drawing != nil && tree.leaf != message.id
    guard isDrawn || !isAnswered && tree.variants(of: message.id).count > 1 else { return nil }
    let variants = tree.turnVariants(of: message.id)
    guard variants.count > 1, let index = variants.firstIndex(where: tree.pathIDs.contains) else {
      return nil
    }
    let (number, count) = (index + 1, variants.count)
    let isWhole = message.pictures.contains { !$0.isUnfinished }
    if isDrawn, isWhole, tree.leaf == message.id, message.omission == .none {
      return say("‹\(number)/\(count)› goes with the next message; Alt-Left, Alt-Right")
    }
    let models = Set(variants.compactMap { tree[$0]?.reply?.model })
    guard models.count > 1, let model = message.reply?.model else {
      return say("‹\(number)/\(count)› Alt-Left, Alt-Right")
    }
    return say("‹\(number)/\(count)› \(model), Alt-Left, Alt-Right")
  }

  /// Something stands also where a message has nothing to show.
  private static func text(_ message: Message) -> Phrase? {
    guard !message.hasContent, message.status != .streaming else { return nil }
    return say("no text")
  }

  /// Only the last message can be answered by what is offered.
  private static func status(_ message: Message, isLast: Bool, isDrawn: Bool) -> Phrase? {
    switch message.status {
    case .complete: nil
    case .streaming where message.role == .tool: nil
    case .streaming: !message.hasContent ? say("…") : nil
    case .unsent: isLast ? say("not answered yet, /send asks again") : nil
    case .stopped: say("stopped")
    case .cutOff where message.role == .tool: say("cut off while calls ran, /send asks about them")
    case .cutOff where isDrawn: say("cut off, /send asks again")
    case .cutOff: say("cut off, /send lets it go on")
    }
  }

  private static func finish(_ message: Message) -> Phrase? {
    if message.reply?.isRefusal == true { return say("the model refused") }
    return switch message.reply?.finishReason {
    case .length: say("reached its limit of tokens")
    case .contentFilter: say("ended by the content filter")
    case .other(let reason): say("ended by the server: \(reason)")
    case .stop, .toolCalls, nil: nil
    }
  }

  private static func omission(_ message: Message) -> Phrase? {
    switch message.omission {
    case .none: nil
    case .pictures: say("its pictures are left out of requests, /keep brings them back")
    case .all: say("left out of requests, /keep brings it back")
    }
  }
}
