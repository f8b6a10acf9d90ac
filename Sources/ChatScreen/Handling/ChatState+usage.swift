import ChatEngine
import Conversation
import Language
import ModelCatalog

extension ChatState {
  mutating func askUsage() -> [ChatEffect] { [.store(.usage)] }

  /// Tokens and money of each reply on the path, of the conversation with its variants, and of all
  /// conversations by month.
  mutating func showUsage(_ months: [UsageLine]) -> [ChatEffect] {
    let here = replyRows + conversationRows + serverToolRows
    guard !here.isEmpty || !months.isEmpty else {
      return tell(say("No server has told what this conversation used yet."))
    }
    var rows: [Page.Row] = []
    if !here.isEmpty { rows += [Page.Row.heading(say("This conversation"))] + here }
    if !months.isEmpty {
      rows += [Page.Row.heading(say("All conversations"))]
      rows += months.map { Page.Row($0.label, $0.phrase) }
    }
    return show(Page(title: say("Tokens and money"), rows: rows))
  }

  private var replyRows: [Page.Row] {
    conversation.messages.path.enumerated().compactMap { index, message -> Page.Row? in
      guard let reply = message.reply else { return nil }
      let label = "\(index + 1)"
      let line = UsageLine(reply, label: label, engine.settings.catalog)
      guard drawing(ofReply: message) != nil else {
        return line.map { Page.Row(label, $0.phraseOfOne) }
      }
      let count = message.pictures.count { !$0.isUnfinished }
      // Servers that charge by the picture tell no tokens.
      let phrase =
        line?.phrase(ofPictures: count)
        ?? say("\(reply.model): \(count, .pictures), \(say("price unknown"))")
      return Page.Row(label, phrase)
    }
  }

  /// What the server's own tools cost, variants included; it is no part of the models' sums, and nothing at the demo.
  private var serverToolRows: [Page.Row] {
    let priced = conversation.messages.all.filter { message in
      !(message.reply.map { engine.settings.isDemo($0.provider) } ?? false)
    }
    let uses = priced.reduce(into: [HostedToolCall.Tool: Int]()) { sum, message in
      sum.merge(message.parts.serverToolUses, uniquingKeysWith: +)
    }
    return HostedToolCall.Tool.allCases.compactMap { tool in
      guard let count = uses[tool] else { return nil }
      guard let price = tool.price(of: count) else {
        let cost = priced.compactMap(\.parts.pictureToolCost).reduce(nil) { ($0 ?? .zero) + $1 }
        let text = cost.map { Phrase.verbatim($0.text(isEstimated: true)) } ?? say("price unknown")
        let told = say("\(tool.phrase) × \("\(count)"): \(text)")
        let isWhole = cost == nil || !priced.contains(where: mayChangePictures)
        return Page.Row(
          "+", isWhole ? told : say("\(told), without the pictures that went in: not known"))
      }
      return Page.Row("+", say("\(tool.phrase) × \("\(count)"): \(price)"))
    }
  }

  /// Whether a reply has pictures of the server's own tool, which may have got earlier ones.
  private func mayChangePictures(_ reply: Message) -> Bool {
    guard reply.parts.serverToolUses[.imageGeneration] != nil else { return false }
    var visited: Set<MessageID> = []
    var next = reply.parent
    while let id = next, let message = conversation.messages[id], visited.insert(id).inserted {
      if message.pictures.contains(where: { !$0.isUnfinished }) { return true }
      next = message.parent
    }
    return false
  }

  /// A sum for each model that replied, variants included.
  private var conversationRows: [Page.Row] {
    let replies = conversation.messages.all.filter { $0.reply != nil }
    var sums = UsageLine.sums(
      of: replies.compactMap(\.reply), label: "=", engine.settings.catalog)
    for index in sums.indices {
      sums[index].pictures = replies.filter { $0.reply?.model == sums[index].model }
        .map { $0.pictures.count { !$0.isUnfinished } }.reduce(0, +)
    }
    return sums.map { Page.Row($0.label, $0.phrase) }
  }
}
