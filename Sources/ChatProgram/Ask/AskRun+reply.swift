import ChatAPI
import ChatCore
import Configuration
import Conversation
import Language
import Pictures

extension AskRun {
  /// Sends one message and prints its reply as it comes; stores both where they are to be stored.
  func reply(
    to prompt: String, _ pictures: [PictureReference], in conversation: inout AskConversation
  ) async throws(AskFailure) {
    try await conversation.add(.user, pictures.map(ContentPart.picture) + [.text(prompt)])
    let order = order(for: conversation.value)
    var printer = ReplyPrinter(isRaw: options.raw)
    do {
      let endpoint = try await endpoint(of: order.provider, model: order.model)
      let builder = RequestBuilder(workshop: workshop, queue: PictureQueue(places: 1))
      let limits = client.learnedRules.pictureLimits(for: order.model, at: endpoint)
      let request = try await builder.request(
        for: order, rules: directory.pictureRules(of: order.provider).keeping(to: limits),
        isStreamed: options.streams && !options.raw)
      for try await event in client.reply(to: request, at: endpoint) {
        take(event, &printer)
        if printer.isClosed { break }
      }
    } catch {
      printer.end()
      let status: Message.Status = Task.isCancelled ? .stopped : .cutOff
      try await conversation.add(reply: printer, status: status, order)
      throw AskFailure(request: error)
    }
    printer.end()
    let isWhole = !Task.isCancelled && !printer.isClosed
    try await conversation.add(reply: printer, status: isWhole ? .complete : .stopped, order)
    try warn(about: printer)
  }

  private func take(_ event: ChatAPI.ReplyEvent, _ printer: inout ReplyPrinter) {
    switch event {
    case .text(let text, _), .refusal(let text, _): printer.print(text)
    case .responseObject(let json): printer.print(object: json)
    case .reasoning(let text, _): printer.reasoning += text
    case .reclassified(let channel): printer.reclassify(to: channel)
    case .usage(let usage): printer.usage = usage
    case .finished(let reason): printer.finishReason = reason
    case .adapted(let phrase): tell(phrase)
    case .retrying(_, let delay, let because):
      tell(say("\(because) Trying again in \(max(1, delay.milliseconds / 1000)) s."))
    case .connecting, .waiting, .systemFingerprint: break
    }
  }

  /// A reply that was cut short by a limit is whole for the exit status, but is told.
  private func warn(about printer: ReplyPrinter) throws(AskFailure) {
    switch printer.finishReason {
    case .length: tell(say("The reply reached its limit of tokens. Raise --max-tokens."))
    case .contentFilter: tell(say("The server's content filter ended the reply."))
    default: break
    }
    guard printer.hasText else {
      throw AskFailure(.unavailable, say("The server's reply was empty. Ask again."))
    }
  }

  private func order(for conversation: Conversation) -> ReplyOrder {
    let provider = conversation.provider ?? directory.defaultName
    let moment = SystemClock.moment()
    return ReplyOrder(
      id: moment.makeIdentifier(), provider: provider, model: conversation.model ?? "",
      instructions: conversation.instructions,
      messages: conversation.messages.path.compactMap(\.forRequest),
      parameters: conversation.parameters)
  }
}

/// Prints a reply as it comes and remembers it.
struct ReplyPrinter {
  let isRaw: Bool
  private(set) var text = ""
  var reasoning = ""
  var usage: TokenUsage?
  var finishReason: FinishReason?
  /// Nobody reads standard output any more.
  private(set) var isClosed = false

  init(isRaw: Bool) {
    self.isRaw = isRaw
  }

  var hasText: Bool { !text.isEmpty || isRaw }

  mutating func print(_ piece: String) {
    text += piece
    guard !isRaw else { return }
    // On a terminal, what the model wrote must not steer it; a pipe gets the bytes as they are.
    let shown = StandardOutput.isTerminal ? piece.sanitisedLines : piece
    if !StandardOutput.write(shown) { isClosed = true }
  }

  /// What was printed stays printed; it is stored where it belongs.
  mutating func reclassify(to channel: ReplyChannel) {
    switch channel {
    case .reasoning:
      if !isRaw, !text.hasSuffix("\n"), !StandardOutput.write("\n") { isClosed = true }
      (reasoning, text) = (reasoning + text, "")
    case .answer:
      let answer = reasoning
      reasoning = ""
      print(answer)
    }
  }

  mutating func print(object: String) {
    if isRaw, !StandardOutput.write(object) { isClosed = true }
  }

  /// Ends the last line.
  func end() {
    guard isRaw || (!text.isEmpty && !text.hasSuffix("\n")) else { return }
    StandardOutput.write("\n")
  }
}
