import ChatEngine
import Conversation
import Language
import Markdown
import ModelCatalog

extension ChatState {
  /// “765 tok”, “≈90 tok, $0.002”, “tokens unknown”.
  func cost(of reference: PictureReference) -> Phrase { cost(tokens(of: reference)) }

  /// So it is of any estimate.
  func cost(_ estimate: TokenEstimate) -> Phrase {
    guard let tokens = estimate.tokens, let money = model.cost(ofPrompt: tokens) else {
      return estimate.phrase
    }
    return say("\(estimate.phrase), \(money)")
  }

  mutating func showContext() -> [ChatEffect] {
    var rows: [Page.Row] = []
    let sent = Set(conversation.messagesForRequest.map(\.id))
    if let instructions = conversation.instructions {
      rows.append(
        Page.Row(
          "system", say("\(TokenEstimate.ofText(instructions).phrase)  \(instructions.firstLine)"))
      )
    }
    for (index, message) in conversation.messages.path.enumerated() {
      rows += contextRows(message, number: index + 1, sent: sent)
    }
    if leaf.flatMap({ conversation.messages[$0] })?.isUnfinished == true {
      rows.append(Page.Row("user", say("(by /send: a line that asks the model to go on)")))
    }
    rows += leftBehindRows(sent)
    rows.append(Page.Row("", sum(corrected(requestTokens))))
    var page = Page(title: say("What the next request carries"), rows: rows)
    page.subject = .context
    return show(page) + (engine.nextRequest.map { [.countTokens($0)] } ?? [])
  }

  /// “3.1k tok, 2% of the model's window”.
  private func sum(_ total: TokenEstimate) -> Phrase {
    let share = total.tokens.flatMap { model.share(ofPrompt: $0) }.map { share in
      share < 0.005 ? "<1" : "\(Int((share * 100).rounded()))"
    }
    return share.map { say("\(total.phrase), \($0)% of the model's window") } ?? total.phrase
  }

  /// Puts the server's own count in the place of the estimate.
  mutating func showCount(_ tokens: Int) -> [ChatEffect] {
    let counted = say("\(sum(.exact(tokens))), counted by \(currentProvider.host)")
    overlays.updatePages(of: .context) { page in
      guard let last = page.rows.indices.last else { return }
      page.rows[last] = Page.Row("", counted)
    }
    return []
  }

  /// Says below the estimate why the server did not count.
  mutating func showCountFailure(_ reason: Phrase) -> [ChatEffect] {
    let phrase = say("\(currentProvider.host) does not count: \(reason)")
    overlays.updatePages(of: .context) { $0.rows.append(Page.Row("", phrase, isDim: true)) }
    return []
  }

  /// An estimate corrected by the ratio that the last reply of the model shows: between what its server
  /// counted of the request and what the rules of thumb say of it.
  private func corrected(_ total: TokenEstimate) -> TokenEstimate {
    guard case .approximate(let tokens) = total, let ratio = countedRatio else { return total }
    return .approximate(Int((Double(tokens) * ratio).rounded()))
  }

  /// Nil where no reply of this model was counted, or the ratio is no matter of its dictionary: from 0.5
  /// to 2 it can be.
  private var countedRatio: Double? {
    let path = conversation.messages.path
    let last = path.last { message in
      message.reply?.usage?.isEstimated == false && message.reply?.model == currentModel
        && message.reply?.provider == currentProvider.name
    }
    guard let last, let counted = last.reply?.usage?.prompt.value, counted > 0 else { return nil }
    var asked = conversation
    asked.messages.select(leaf: last.parent)
    guard let ruled = engine.target.tokens(of: asked).tokens, ruled > 0 else { return nil }
    let ratio = Double(counted) / Double(ruled)
    return (0.5...2).contains(ratio) ? ratio : nil
  }

  /// What the store keeps and the next request does not carry, since nobody there understands it.
  private func leftBehindRows(_ sent: Set<MessageID>) -> [Page.Row] {
    let messages = conversation.messages.path.filter { sent.contains($0.id) }
    let sealed = messages.count { message in
      message.parts.contains(where: \.isSealed)
        && (message.reply?.provider != currentProvider.name || currentProvider.api == .chat)
    }
    let unknown = messages.reduce(0) { $0 + $1.parts.unknownCount }
    var rows: [Page.Row] = []
    if sealed > 0 {
      rows.append(
        Page.Row(
          "", say("stays here: sealed reasoning of \(sealed, .replies), for its server alone"),
          isDim: true))
    }
    if unknown > 0 {
      rows.append(
        Page.Row("", say("stays here: \(unknown, .parts) that Iris cannot send"), isDim: true))
    }
    return rows
  }

  private func contextRows(
    _ message: Message, number: Int, sent: Set<MessageID>
  ) -> [Page.Row] {
    let lead = "\(number) \(message.role.rawValue)"
    guard sent.contains(message.id) || message.omission == .all else {
      return [Page.Row(lead, say("not sent  \(message.saidText.firstLine)"), isDim: true)]
    }
    let words = message.saidText
    let bytes = ByteCount(words.utf8.count)
    let text = engine.target.textTokens(of: message).phrase
    var rows: [Page.Row] = [
      message.omission == .all
        ? Page.Row(lead, say("left out  \(words.firstLine)"), isDim: true)
        : Page.Row(lead, say("\(text)  \(bytes)  \(words.firstLine)"))
    ]
    for document in message.parts.documents {
      let cost = cost(engine.target.tokens(of: document))
      let isOut = message.omission == .all
      rows.append(
        Page.Row(
          "", isOut ? say("▤ \(document.name) left out") : say("▤ \(document.name) \(cost)"),
          isDim: isOut))
    }
    for picture in message.pictures {
      let isOut = message.omission != .none
      let cost = cost(of: picture)
      rows.append(
        Page.Row(
          "", isOut ? say("▦ \(picture.name) left out") : say("▦ \(picture.name) \(cost)"),
          isDim: isOut))
    }
    return rows
  }

  /// `/forget N|N-M [pictures]|learned`.
  mutating func forget(_ words: [String]) -> [ChatEffect] {
    guard let first = words.first else { return misused(.forget) }
    if words == ["learned"] { return forgetLearned() }
    let onlyPictures = words.count > 1
    if onlyPictures, !"pictures".hasPrefix(words[1]) { return misused(.forget) }
    guard let range = messageRange(first) else { return fail(noMessage(first)) }
    return leaveOut(range, onlyPictures: onlyPictures)
  }

  /// Leaves messages, counted from 1, or only their pictures, out of requests.
  mutating func leaveOut(_ range: ClosedRange<Int>, onlyPictures: Bool) -> [ChatEffect] {
    let first = range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    guard range.upperBound <= conversation.messages.pathIDs.count else {
      return fail(noMessage(first))
    }
    guard onlyPictures else {
      return setOmission(.all, of: range)
        + tell(
          range.count == 1
            ? say("Message \(first) is left out of requests now. /keep \(first) undoes it.")
            : say("Messages \(first) are left out of requests now. /keep \(first) undoes it."),
          offers: offerToSend)
    }
    guard messages(in: range).contains(where: { !$0.pictures.isEmpty }) else {
      return fail(say("Message \(first) has no pictures. /images lists them all."))
    }
    return setOmission(.pictures, of: range)
      + tell(
        say("The pictures of message \(first) are left out now. /keep \(first) undoes it."),
        offers: offerToSend)
  }

  /// What a server was found to take or to refuse is found out anew.
  private mutating func forgetLearned() -> [ChatEffect] {
    let model = currentModel ?? ""
    return send(.settings(.forgetLearned))
      + tell(
        say("What was learned of \(model) at \(currentProvider.host) is found out anew."),
        offers: offerToSend)
  }

  mutating func keep(_ words: [String]) -> [ChatEffect] {
    guard let first = words.first, words.count == 1 else { return misused(.keep) }
    guard let range = messageRange(first) else { return fail(noMessage(first)) }
    return setOmission(.none, of: range)
      + tell(
        range.count == 1
          ? say("Message \(first) is sent again.") : say("Messages \(first) are sent again."))
  }

  private mutating func setOmission(
    _ omission: Message.Omission, of range: ClosedRange<Int>
  ) -> [ChatEffect] {
    send(.conversation(.omit(omission, of: messages(in: range).map(\.id))))
  }

  private func messages(in range: ClosedRange<Int>) -> [Message] {
    range.compactMap { conversation.messages[conversation.messages.pathIDs[$0 - 1]] }
  }

  /// `3` or `3-5`, if those messages are there.
  private func messageRange(_ word: String) -> ClosedRange<Int>? {
    let numbers = word.split(separator: "-", omittingEmptySubsequences: false).map {
      Int(typed: $0)
    }
    guard let first = numbers.first ?? nil, let last = numbers.last ?? nil, first <= last,
      numbers.count <= 2, first >= 1, last <= conversation.messages.pathIDs.count
    else { return nil }
    return first...last
  }
}

extension String {
  /// The first line without the marks of Markdown, at most 60 characters of it.
  var firstLine: String {
    let line = PlainWords(of: split(whereSeparator: \.isNewline).first ?? "").text
    return line.count > 60 ? line.prefix(59) + "…" : line
  }
}

extension Message {
  /// The plain text without the names of documents and recordings, which have rows of their own.
  fileprivate var saidText: String {
    var said = self
    said.parts.removeAll { if case .media = $0 { true } else { false } }
    return said.plainText
  }
}
