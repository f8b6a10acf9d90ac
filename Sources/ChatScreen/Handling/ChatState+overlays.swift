import ChatEngine
import Conversation
import Language
import Screen

extension ChatState {
  /// Puts something in front of the transcript; the composer's line is its filter or answer.
  mutating func open(_ overlay: Overlay) -> [ChatEffect] {
    var overlay = overlay
    if case .picker(var picker) = overlay {
      picker.start(on: choiceInForce(picker.subject))
      overlay = .picker(picker)
      // The same list anew takes the place of the old one.
      if case .picker(let front) = self.overlay, front.subject == picker.subject {
        self.overlay = overlay
        return composer.giveWay()
      }
    }
    overlays.push(overlay, covering: composer.text)
    return composer.giveWay()
  }

  /// What a list of such a subject would choose if nothing were to change.
  private func choiceInForce(_ subject: Picker.Subject) -> Picker.Choice? {
    switch subject {
    case .models: currentModel.map { .model($0) }
    case .providers: .provider(currentProvider.name)
    case .conversations: .conversation(conversation.id, at: nil)
    case .voices: sound.voice.map { .voice($0) }
    case .searchHits, .tools: nil
    }
  }

  mutating func show(_ page: Page) -> [ChatEffect] { open(.page(page)) }

  mutating func ask(_ question: Question) -> [ChatEffect] { open(.question(question)) }

  /// Takes away what stands in front; what it covered comes back as it was, its line too.
  mutating func closeOverlay() -> [ChatEffect] {
    guard overlay != nil else { return [] }
    guard let line = overlays.pop() else { return composer.comeBack() }
    return composer.show(line)
  }

  /// Takes away all that belongs to the conversation that is being left: a question that holds for any
  /// other stays.
  mutating func closeOverlays() -> [ChatEffect] {
    guard overlays.keep(where: \.outlivesConversation) else { return [] }
    return overlays.isEmpty ? composer.comeBack() : composer.show(overlays.line)
  }

  /// Takes away a list of models that waits for some, which do not come.
  mutating func closeEmptyModelPicker() -> [ChatEffect] {
    let isGone = overlays.keep { overlay in
      guard case .picker(let picker) = overlay, picker.subject == .models else { return true }
      return !picker.items.isEmpty
    }
    guard isGone else { return [] }
    return overlays.isEmpty ? composer.comeBack() : composer.show(overlays.line)
  }

  /// Takes the composer's changes while an overlay stands in front.
  mutating func typeIntoOverlay(_ text: String, at moment: Moment) -> [ChatEffect] {
    switch overlay {
    case .picker(var picker):
      picker.narrow(to: text)
      overlay = .picker(picker)
      return []
    case .question(let question): return answer(question, with: text, at: moment)
    case .calls(let question): return typeIntoCalls(text, question)
    case .form(let form): return typeIntoForm(text, form)
    case .page: return readOn(text)
    case .selection: return typeIntoSelection(text)
    case nil: return []
    }
  }

  /// On a page letters move as in `less` and `vi`, `/` begins a filter and `q` closes; whoever types
  /// anything else is back at the message.
  private mutating func readOn(_ text: String) -> [ChatEffect] {
    guard case .page(var page) = overlay, !text.isEmpty || page.isFiltering else { return [] }
    if page.isFiltering {
      page.filter = text
      page.offset = 0
      overlay = .page(page)
      return []
    }
    for (index, letter) in text.enumerated() {
      let rest = String(text.dropFirst(index))
      if let rows = rows(by: letter) {
        moveOverlay(by: rows)
      } else if letter == "q" || letter == "ｑ" {
        return closeOverlay()
      } else if letter == "/" {
        return filterPage(by: String(rest.dropFirst()))
      } else {
        composer.stash = composer.draft + rest
        return closeOverlay()
      }
    }
    return [.composer(.setText(""))]
  }

  /// How far a letter moves a page; nil for one that does not.
  private func rows(by letter: Character) -> Int? {
    switch letter {
    case "j", "e": 1
    case "k", "y": -1
    case " ", "f", "\u{3000}": overlayPage
    case "b": -overlayPage
    case "d": max(1, overlayPage / 2)
    case "u": -max(1, overlayPage / 2)
    case "g", "<": -1_000_000
    case "G", ">": 1_000_000
    default: nil
    }
  }

  /// From now on what is typed says which rows are shown.
  private mutating func filterPage(by text: String) -> [ChatEffect] {
    guard case .page(var page) = overlay else { return [] }
    page.isFiltering = true
    page.filter = text
    page.offset = 0
    overlay = .page(page)
    return [.composer(.setText(text))]
  }

  /// Enter on a page closes it; behind a filter it goes back to the letters that move.
  private mutating func acceptOnPage() -> [ChatEffect] {
    guard case .page(var page) = overlay, page.isFiltering else { return closeOverlay() }
    page.isFiltering = false
    overlay = .page(page)
    return [.composer(.setText(""))]
  }

  /// A paste while something stands in front: it answers no question.
  mutating func pasteIntoOverlay(_ text: String) -> [ChatEffect] {
    switch overlay {
    case .page, .selection: return closeOverlay() + pasteIntoOverlay(text)
    case .question:
      composer.stash = composer.draft + text
      return []
    case .calls(let question) where question.entry == .letters:
      composer.stash = composer.draft + text
      return []
    case .form(let form) where form.entry == .letters:
      composer.stash = composer.draft + text
      return []
    case .picker, .calls, .form, nil: return [.composer(.insert(text))]
    }
  }

  /// Enter while something stands in front.
  mutating func acceptInOverlay(_ text: String, at moment: Moment) -> [ChatEffect] {
    switch overlay {
    case .picker(var picker):
      picker.narrow(to: text)
      guard let item = picker.chosen else { return closeOverlay() }
      return closeOverlay() + choose(item.choice)
    case .question(let question): return answer(question, with: text, at: moment)
    case .calls(let question): return acceptInCalls(text, question)
    case .form(let form): return acceptInForm(text, form)
    case .selection(let selection): return pressInSelection(.accept, selection) ?? []
    case .page: return acceptOnPage()
    case nil: return closeOverlay()
    }
  }

  /// A key while something stands in front; nil where the key does what it always does.
  mutating func pressInOverlay(_ key: KeyAction, at moment: Moment) -> [ChatEffect]? {
    if case .selection(let selection) = overlay { return pressInSelection(key, selection) }
    if case .calls(let question) = overlay { return pressInCalls(key, question) }
    if case .form(let form) = overlay { return pressInForm(key, form) }
    switch key {
    case .cancel, .interrupt, .endOfInput:
      guard case .question(let question) = overlay else { return closeOverlay() }
      return answer(question, with: "n", at: moment)
    case .accept: return acceptInOverlay(composer.text, at: moment)
    case .up, .lineUp, .wheelUp: moveOverlay(by: -1)
    case .down, .lineDown, .wheelDown: moveOverlay(by: 1)
    case .pageUp: moveOverlay(by: -overlayPage)
    case .pageDown: moveOverlay(by: overlayPage)
    case .top, .home: moveOverlay(by: -1_000_000)
    case .bottom, .end: moveOverlay(by: 1_000_000)
    case .redraw, .suspend, .mouse: return nil
    default: break
    }
    return []
  }

  private var overlayPage: Int { max(1, capabilities.size.rows - 6) }

  private mutating func moveOverlay(by rows: Int) {
    switch overlay {
    case .picker(var picker):
      picker.move(by: rows)
      overlay = .picker(picker)
    case .page(var page):
      page.move(by: rows)
      overlay = .page(page)
    case .question, .calls, .form, .selection, nil: break
    }
  }

  private mutating func choose(_ choice: Picker.Choice) -> [ChatEffect] {
    switch choice {
    case .model(let name): setModel(name)
    case .provider(let name): setProvider(name)
    case .conversation(let id, let message): open(id, at: message)
    case .tool(let name): switchTool(name)
    case .voice(let name): setVoice(name)
    }
  }

  /// The letters that answer, also as an input method for Chinese or Japanese gives them.
  private static let yes: Set<Character> = ["y", "ｙ", "是", "对", "好", "は"]
  private static let no: Set<Character> = ["n", "ｎ", "不", "否", "い"]

  /// `y` does it, `n` (or leaving) does not; other letters are taken away again.
  private mutating func answer(
    _ question: Question, with text: String, at moment: Moment
  ) -> [ChatEffect] {
    guard let letter = text.trimmed.lowercased().first else { return [] }
    if Self.yes.contains(letter) {
      session.hasJustAnswered = true
      let closed = closeOverlay()
      let effects = accept(question.consequence)
      composer.pending?.goOn(with: effects)
      return closed + effects
    }
    guard Self.no.contains(letter) else { return [.composer(.setText(""))] }
    session.hasJustAnswered = true
    return closeOverlay() + decline(question.consequence)
  }

  private mutating func decline(_ consequence: Question.Consequence) -> [ChatEffect] {
    // A message that waits for the pictures is not sent without them.
    if case .attach = consequence { session.isSendingWhenReady = false }
    return tell(say("Nothing was changed."))
  }

  private mutating func accept(_ consequence: Question.Consequence) -> [ChatEffect] {
    switch consequence {
    case .delete(let query): delete(query)
    case .attach(let sources, let detail): prepare(sources.map { .written($0) }, detail: detail)
    case .overwriteName(let name): takeName(name)
    case .replaceFile(let path, let conversation):
      [.store(.export(conversation, path: path, isReplacing: true))]
    case .makeVectors(let query): allowVectors(for: query)
    }
  }
}

extension Overlay {
  /// Whether it still means the same when another conversation is open.
  fileprivate var outlivesConversation: Bool {
    guard case .question(let question) = self else { return false }
    switch question.consequence {
    case .attach, .delete, .replaceFile, .makeVectors: return true
    case .overwriteName: return false
    }
  }
}
