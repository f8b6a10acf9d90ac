import ChatEngine
package import Conversation
package import Language

/// The questions of tools' servers: letters decide, and a form's values are typed one after another.
extension ChatState {
  /// Shows a question before all else; one that is shown already stays.
  mutating func ask(_ question: ToolQuestion) -> [ChatEffect] {
    guard currentForm == nil else { return [] }
    return open(.form(ToolForm(question, at: moment.uptime)))
  }

  /// Takes away a question whose call is over.
  mutating func dropAnsweredForms() -> [ChatEffect] {
    let waiting = Set(engine.calls.questions.map(\.id))
    let isGone = overlays.keep { overlay in
      if case .form(let form) = overlay { waiting.contains(form.question.id) } else { true }
    }
    guard isGone else { return [] }
    return overlays.isEmpty ? composer.comeBack() : composer.show(overlays.line)
  }

  private var currentForm: ToolForm? {
    if case .form(let form)? = overlay { form } else { nil }
  }

  // MARK: - Input

  mutating func typeIntoForm(_ text: String, _ form: ToolForm) -> [ChatEffect] {
    guard form.entry == .letters, let letter = text.first else { return [] }
    let cleared: [ChatEffect] = [.composer(.setText(""))]
    let answer = FormLetter(letter)
    if answer == nil || moment.uptime - form.lastTyped < CallQuestion.pause {
      var form = form
      form.lastTyped = moment.uptime
      overlay = .form(form)
      composer.stash = composer.draft + text
      return cleared
    }
    switch answer {
    case .yes: return cleared + agree(form)
    case .open: return cleared + visit(form)
    case .edit where !form.fields.isEmpty: return enter(0, form)
    case .no: return cleared + self.answer(form, .decline)
    case .edit, nil: return cleared
    }
  }

  /// Enter: takes the typed value, and goes on to the next field.
  mutating func acceptInForm(_ text: String, _ form: ToolForm) -> [ChatEffect] {
    guard case .field(let number) = form.entry else { return [] }
    var form = form
    let typed = text.trimmed
    let field = form.fields[number]
    guard field.accepts(typed) else {
      return fail(say("\(field.title) does not fit: \(field.expectation)."))
    }
    form.typed[number] = typed
    notice = nil
    guard number + 1 < form.fields.count else { return leave(form) }
    return enter(number + 1, form)
  }

  mutating func pressInForm(_ key: KeyAction, _ form: ToolForm) -> [ChatEffect]? {
    var form = form
    switch key {
    // A server that asks without end must not stand before what stops it.
    case .interrupt where form.entry == .letters:
      return answer(form, .cancel) + send(.run(.stop))
    case .cancel, .interrupt, .endOfInput:
      return form.entry == .letters ? answer(form, .cancel) : leave(form)
    case .accept: return acceptInForm(composer.text, form)
    case .up:
      if case .field(let number) = form.entry, number > 0 { return enter(number - 1, form) }
      form.offset = max(0, form.offset - 1)
    case .pageUp, .lineUp, .wheelUp: form.offset = max(0, form.offset - 1)
    case .down, .pageDown, .lineDown, .wheelDown: form.offset += 1
    case .redraw, .suspend, .mouse: return nil
    default: return []
    }
    overlay = .form(form)
    return []
  }

  // MARK: - Steps

  /// Yes: fills in what is missing first.
  private mutating func agree(_ form: ToolForm) -> [ChatEffect] {
    if let field = form.openField { return enter(field, form) }
    return answer(form, .accept(content: form.elicitation.content(of: form.typed)))
  }

  /// Opens the address, which is a yes.
  private mutating func visit(_ form: ToolForm) -> [ChatEffect] {
    guard let address = form.webAddress else { return [] }
    return [.externalProgram(.open(address))] + answer(form, .accept(content: "{}"))
  }

  private mutating func enter(_ number: Int, _ form: ToolForm) -> [ChatEffect] {
    var form = form
    form.entry = .field(number)
    form.offset = 0
    overlay = .form(form)
    return composer.show(form.typed[number] ?? "")
  }

  /// Back to the letters, with all that was typed.
  private mutating func leave(_ form: ToolForm) -> [ChatEffect] {
    var form = form
    form.entry = .letters
    form.lastTyped = 0
    overlay = .form(form)
    return composer.show("")
  }

  private mutating func answer(
    _ form: ToolForm, _ answer: ElicitationAnswer
  ) -> [ChatEffect] {
    session.hasJustAnswered = true
    let effects = closeOverlay() + send(.calls(.answer(form.question.id, answer)))
    guard let next = engine.calls.questions.first else { return effects }
    return effects + ask(next)
  }
}

extension ElicitationField {
  /// What fits, in words.
  package var expectation: Phrase {
    switch shape {
    case .text(0...Int.max, nil): say("any text")
    case .text(_, let format?): say("expected a text like \(Self.example(of: format))")
    case .text(let length, nil):
      length.upperBound == .max
        ? say("expected a length of at least \(length.lowerBound)")
        : say("expected a length from \(length.lowerBound) to \(length.upperBound)")
    case .number(let isWhole, let range):
      Self.expectation(isWhole: isWhole, range)
    case .flag: say("expected y or n")
    case .choice(let options):
      say("expected one of \(options.map(\.title).joined(separator: ", "))")
    case .choices(let options, _):
      say("expected some of \(options.map(\.title).joined(separator: ", ")), with commas between")
    }
  }

  private static func expectation(isWhole: Bool, _ range: ClosedRange<Double>) -> Phrase {
    let isBounded = range.lowerBound > -1e300 && range.upperBound < 1e300
    let least = bound(range.lowerBound)
    let most = bound(range.upperBound)
    return switch (isWhole, isBounded) {
    case (true, true): say("expected a whole number from \(least) to \(most)")
    case (true, false): say("expected a whole number")
    case (false, true): say("expected a number from \(least) to \(most)")
    case (false, false): say("expected a number")
    }
  }

  private static func bound(_ number: Double) -> String {
    number.rounded() == number && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }

  private static func example(of format: String) -> String {
    switch format {
    case "email": "name@example.com"
    case "uri": "https://example.com"
    case "date": "2026-11-30"
    case "date-time": "2026-11-30T12:00:00Z"
    default: format
    }
  }
}

/// The letters that answer, also as an input method for Chinese or Japanese gives them.
private enum FormLetter {
  case yes, open, edit, no

  init?(_ letter: Character) {
    switch letter.lowercased() {
    case "y", "ｙ", "是", "对", "好", "は": self = .yes
    case "o", "ｏ": self = .open
    case "e", "ｅ": self = .edit
    case "n", "ｎ", "不", "否", "い": self = .no
    default: return nil
    }
  }
}
