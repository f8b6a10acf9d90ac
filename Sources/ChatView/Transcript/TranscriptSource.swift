import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen

/// The contents of the transcript for one frame: the instructions, then the path.
struct TranscriptSource {
  /// Stands for the system message that opens every request.
  static let instructions = MessageID(rawValue: 0)

  let state: ChatState
  let context: ViewContext
  let entries: [MessageID]

  init(_ state: ChatState, _ context: ViewContext) {
    self.state = state
    self.context = context
    let path = state.conversation.messages.pathIDs
    entries = state.conversation.instructions == nil ? path : [Self.instructions] + path
  }

  func index(of id: MessageID) -> Int? { entries.lastIndex(of: id) }

  func message(_ entry: Int) -> Message {
    let id = entries[entry]
    if let message = state.conversation.messages[id] { return message }
    return Message(
      id: id, parent: nil, role: .system, parts: [.text(state.conversation.instructions ?? "")],
      created: Timestamp(milliseconds: 0))
  }

  /// The number by which commands call a message; nil for the instructions.
  func number(_ entry: Int) -> Int? {
    guard state.conversation.instructions != nil else { return entry + 1 }
    return entry == 0 ? nil : entry
  }
}

// MARK: - The column of roles

extension TranscriptSource {
  /// The labels beside the first row of a message that is on the screen, and beside its second.
  ///
  /// `isCut` says that the message begins above.
  func label(_ entry: Int, isCut: Bool) -> (first: [Cell], second: [Cell]) {
    let message = message(entry)
    let theme = context.theme
    let (name, style): (Phrase, Style) =
      switch message.role {
      case .system: (say("system"), theme.system)
      case .user: (say("you"), theme.user)
      case .assistant: (say("iris"), theme.assistant)
      case .tool: (say("tool"), theme.dim)
      case .unknown(let word): (.verbatim(word), theme.dim)
      }
    let isFaint = isCut || message.omission == .all
    let role = context.cells(" " + context.text(name), isFaint ? theme.dim : style)
    let number = self.number(entry).map { context.cells(" \($0)", theme.dim) } ?? []
    let room = context.labelColumns - 1
    guard role.count + number.count > room else { return (role + number, []) }
    return (
      role.truncated(to: room, rules: context.rules), number.count > room ? [] : number
    )
  }
}

// MARK: - Rows beside the text

extension TranscriptSource {
  /// The pictures of a message by name, and drawn where previews are on.
  func pictureRows(_ message: Message) -> [[Cell]] {
    guard !message.shownPictures.isEmpty || message.drawing != nil else { return [] }
    let first = firstNumber(ofPicturesIn: message)
    let drawing =
      message.drawing.map { drawing in
        [context.cells("\(context.glyphs.picture) \(drawing.line)", context.theme.dim)]
      } ?? []
    let items =
      drawing
      + message.shownPictures.enumerated().map { index, reference in
        // Only pictures that people attached are called by a number.
        let number = message.role == .tool ? "" : "\(first + index) "
        return context.cells(
          "\(context.glyphs.picture) \(number)\(reference.name) ", context.theme.picture)
          + context.cells(figures(of: reference), context.theme.dim)
      }
    let columns = context.textColumns
    let names = items.packed(into: columns, gap: 3).flatMap {
      $0.wrapped(by: Wrapping(columns: columns, continuationIndent: 2))
    }
    return names + Previews(of: message, state, context).rows
  }

  /// What is known of a picture; of one that is not finished no cost, since it is not sent.
  private func figures(of reference: PictureReference) -> String {
    guard reference.isUnfinished else { return PictureLine.figures(reference, state) }
    let size = reference.stored.map { "\($0.size) " } ?? ""
    return size + context.text(say("unfinished"))
  }

  /// The number of a message's first picture: they are counted from the conversation's start.
  private func firstNumber(ofPicturesIn message: Message) -> Int {
    state.conversation.messages.path.prefix { $0.id != message.id }
      .reduce(1) { $0 + $1.pictures.count }
  }

  /// The line that a model's reasoning is folded to, or stands below.
  func reasoningTitle(_ message: Message) -> [[Cell]] {
    let reasoning = message.reasoning
    guard !reasoning.isEmpty else { return [] }
    let isUnfolded = state.transcript.unfolded.contains(message.id)
    let sign = isUnfolded ? context.glyphs.unfolded : context.glyphs.folded
    let size = ByteCount(reasoning.utf8.count)
    if state.drawing(ofReply: message) != nil { return revisedTitle(sign, size, isUnfolded) }
    let title =
      isUnfolded
      ? say("reasoning, \(size), Ctrl-X r hides it") : say("reasoning, \(size), Ctrl-X r shows it")
    return StyledLine("\(sign) \(context.text(title))", context.theme.dim)
      .wrapped(to: context.textColumns, continuationIndent: 2, rules: context.rules)
  }

  /// The same of a prompt that the server put otherwise before it drew.
  private func revisedTitle(_ sign: String, _ size: ByteCount, _ isUnfolded: Bool) -> [[Cell]] {
    let title =
      isUnfolded
      ? say("revised prompt, \(size), Ctrl-X r hides it")
      : say("revised prompt, \(size), Ctrl-X r shows it")
    return StyledLine("\(sign) \(context.text(title))", context.theme.dim)
      .wrapped(to: context.textColumns, continuationIndent: 2, rules: context.rules)
  }

  /// The remarks and usage below a message's text.
  func remarkRows(_ message: Message) -> [[Cell]] {
    let remarks = Remarks(of: message, in: state.conversation).phrases.map(context.text)
    guard !remarks.isEmpty else { return [] }
    let text = remarks.joined(separator: " \(context.glyphs.separator) ")
    return StyledLine(text, context.theme.dim).flattened
      .wrapped(to: context.textColumns, rules: context.rules)
  }
}
