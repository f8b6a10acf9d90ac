import ChatEngine
import Conversation
import Language

extension ChatState {
  /// The line changed: an overlay is filtered or answered by it; else it is the draft.
  mutating func change(to snapshot: ComposerSnapshot, at moment: Moment) -> [ChatEffect] {
    let isNewText = snapshot.text != composer.line.text
    if snapshot.text.isEmpty, isNewText { composer.former = composer.line }
    composer.line = snapshot
    let isByOrder = composer.changesByOrder
    composer.changesByOrder = false
    guard isNewText else { return [] }
    composer.candidates = []
    if !isByOrder { endNotice(by: snapshot.text) }
    if !snapshot.text.isEmpty {
      forgetQuitting()
      session.hasJustAnswered = false
    }
    if overlay != nil { return typeIntoOverlay(snapshot.text, at: moment) }
    if !snapshot.text.isEmpty { composer.pending = nil }
    session.isSendingWhenReady = false
    return send(.draft(.changed)) + listModelsForCompletion(snapshot.text)
  }

  /// Asks for the models as soon as a command that completes them is begun.
  private mutating func listModelsForCompletion(_ text: String) -> [ChatEffect] {
    guard let name = CommandLine(text)?.name, let command = Command.named(name),
      [.models, .draw, .redraw].contains(command.name) || command.completions.contains(.models)
    else { return [] }
    return send(.settings(.listModelsOnce))
  }

  /// Ends a notice as one types on: what only informs goes with the first letter, what wants an
  /// answer stays for the rest of the line.
  private mutating func endNotice(by text: String) {
    guard let old = notice, overlay == nil, !text.isEmpty else { return }
    let isPlain = old.kind == .information && old.offers.isEmpty
    if isPlain || text.utf8.contains(UInt8(ascii: "\n")) { notice = nil }
  }

  /// The next Ctrl-C does not quit any more, and nothing says so.
  mutating func forgetQuitting() {
    session.isAboutToQuit = false
    if notice?.topic == .quitting { notice = nil }
  }

  /// Enter on a line.
  mutating func accept(_ text: String, at moment: Moment) -> [ChatEffect] {
    composer.setLine("")
    composer.candidates = []
    forgetQuitting()
    if overlay != nil { return acceptInOverlay(text, at: moment) }
    // Enter ends a recording; what stood in the line stays there.
    if sound.recording != nil {
      let rest = text.trimmed == "/listen" ? "" : text
      let former = composer.former
      let cursor = former.text == rest ? former.cursor : rest.utf8.count
      return [.composer(.place(rest, cursor: cursor))] + endRecording()
    }
    let endsAnswer = session.hasJustAnswered && text.trimmed.isEmpty
    session.hasJustAnswered = false
    guard !endsAnswer else { return [] }
    return send(.draft(.changed)) + enter(text, at: moment)
  }

  /// Does what a line says, or sends it.
  private mutating func enter(_ text: String, at moment: Moment) -> [ChatEffect] {
    guard !text.trimmed.isEmpty || !pictures.isEmpty || session.editing != nil else {
      return []
    }
    if isUsersMessage, Self.vimQuits.contains(text) { return leave(.asked) }
    if let effects = holdBackKey(text) { return effects }
    if let effects = attachLeading(text) { return effects }
    let remember = remember(text)
    if let line = CommandLine(text) { return remember + perform(line, typed: text, at: moment) }
    notice = nil
    return remember + write(text.hasPrefix("//") ? String(text.dropFirst()) : text, at: moment)
  }

  /// Hands what is being written to the editor; a message that waits does not go without its changes.
  mutating func openEditor() -> [ChatEffect] {
    session.isSendingWhenReady = false
    composer.textInEditor = composer.text
    return [.terminal(.edit(composer.text))]
  }

  /// The editor came back: to the composer, or behind what stands in front meanwhile.
  ///
  /// Moves what came into the composer since into the history.
  mutating func comeBack(with text: String) -> [ChatEffect] {
    let news = composer.draft == composer.textInEditor ? [] : remember(composer.draft)
    return news + giveBack(text.withoutLastBreak)
  }

  /// The editor failed, or was told to (vim's `:cq`): what it had saved may be all that is left of it.
  mutating func comeBack(afterFailureWith saved: String?) -> [ChatEffect] {
    let saved = saved?.withoutLastBreak ?? ""
    guard !saved.trimmed.isEmpty, saved != composer.textInEditor.withoutLastBreak else {
      notice = Notice(
        .error, say("The editor ended with an error; the text is as it was. Check $EDITOR."))
      return []
    }
    notice = Notice(
      .error, say("The editor failed; the text is as it was. Up brings back what it had saved."))
    return remember(saved)
  }

  /// Puts a text that could not be used back where it was typed.
  mutating func giveBack(_ text: String) -> [ChatEffect] {
    guard overlay == nil else {
      composer.stash = text
      return []
    }
    return [.composer(.setText(text))]
  }

  /// Gives back the line of the command that waits for such an effect, which has failed.
  mutating func giveBackCommand(for isIt: (ChatEffect) -> Bool) -> [ChatEffect] {
    composer.pending?.awaits(isIt) ?? false ? giveBackCommand() : []
  }

  /// Gives back the line of the command that was typed last, if nothing else was typed since.
  mutating func giveBackCommand() -> [ChatEffect] {
    guard let pending = composer.pending else { return [] }
    composer.pending = nil
    return giveBack(pending.line)
  }

  /// Puts a text into the history, from where Up brings it back; keys are left out.
  func remember(_ text: String) -> [ChatEffect] {
    let text = text.withoutKeys
    return text.trimmed.isEmpty ? [] : [.composer(.remember(text))]
  }

  /// Vim's commands that end it; nobody asks a model for them, and with a blank before it one is sent.
  private static let vimQuits: Set = [":q", ":q!", ":qa", ":qa!", ":wq", ":wqa", ":x", ":xa"]
  /// The words that end other chats and shells (`llm chat`, aichat, psql, Python).
  private static let farewells: Set = [
    "exit", "quit", "exit()", "quit()", "\\q", ".exit", ".quit",
  ]

  /// Whether Enter sends what is in the line to the model.
  private var isUsersMessage: Bool { session.role == .user && session.editing == nil }

  /// Ends the program; the word in the line was no message to come back to.
  mutating func leaveWithoutDraft() -> [ChatEffect] {
    composer.setLine("")
    return send(.draft(.changed)) + leave(.asked)
  }

  /// Drops a key that was typed behind `/key`, and holds a message back that is nothing but a key, or a
  /// word that would leave another program, unless it is sent again; nil where the text is neither.
  private mutating func holdBackKey(_ text: String) -> [ChatEffect]? {
    if let line = CommandLine(text.trimmed), line.name == CommandName.key.rawValue,
      !line.rest.isEmpty
    {
      return fail(
        say(
          "What stands behind /key was dropped: here a key is seen and kept. /key alone asks for it."
        ), offers: [.key])
    }
    let isKey = KeyText.isKeyAlone(text)
    let isFarewell = isUsersMessage && Self.farewells.contains(text.trimmed.lowercased())
    guard isKey || isFarewell, composer.heldText != text else {
      composer.heldText = nil
      return nil
    }
    composer.heldText = text
    guard isKey else {
      return fail(
        say("Not sent: /quit leaves Iris. Enter again sends “\(text.trimmed)”."), offers: [.quit])
        + giveBack(text)
    }
    return fail(
      say("That looks like a key, and was not sent. /key asks for one; Enter again sends it."),
      offers: [.key]) + giveBack(text)
  }
}

extension String {
  /// The text without the line break that editors put behind the last line.
  fileprivate var withoutLastBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}
