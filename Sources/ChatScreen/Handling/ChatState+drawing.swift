import ChatEngine
package import Conversation
import Language
import ModelCatalog

/// `/draw`, `/redraw` and `/again`: pictures made, changed and made once more.
extension ChatState {
  /// Whether the run makes pictures.
  package var isDrawing: Bool {
    guard !reply.isIdle, let message = leaf.flatMap({ conversation.messages[$0] }) else {
      return false
    }
    return message.drawing != nil || drawing(ofReply: message) != nil
  }

  /// How the pictures of a reply were asked for; nil for any other message.
  package func drawing(ofReply message: Message) -> Drawing? {
    guard message.role == .assistant else { return nil }
    return message.parent.flatMap { conversation.messages[$0] }?.drawing
  }

  /// `/draw [SETTINGS] PROMPT`: pictures of a prompt, or of the pictures that wait and are named.
  mutating func draw(_ rest: String) -> [ChatEffect] {
    guard let line = drawLine(rest) else { return [] }
    guard !line.prompt.isEmpty else {
      return line.hasSettings ? misused(.draw) : tellUsualDrawing()
    }
    guard let base = usualDrawing(line) else { return failWithoutDrawingModel() }
    guard let references = pictures(numbered: line.references) else { return [] }
    var drawing = line.over(base)
    // The marks of a prompt that was taken back go along with their picture again.
    let first = pictures.waiting.first?.prepared?.reference ?? references.first
    var effects: [ChatEffect] = []
    if let masked = session.mask, masked.picture.stored == first?.stored {
      drawing.mask = masked.mask
      effects = setMask(nil)
    }
    return effects
      + draw(drawing, line.prompt(behind: pictures.waiting.count), references)
  }

  /// `/redraw [SETTINGS] [WORDS]`: the last picture changed, or made once more, as a variant.
  mutating func redraw(_ rest: String) -> [ChatEffect] {
    guard let line = drawLine(rest) else { return [] }
    let masked = line.prompt.isEmpty ? nil : session.mask
    if masked == nil, let open = unmadeChange, !line.prompt.isEmpty {
      return changeAgain(open, line)
    }
    let whole = sentPictures.filter { !$0.reference.isUnfinished }
    let marked = whole.last { $0.reference.stored == masked?.picture.stored }
    guard let last = masked == nil ? whole.last : marked ?? whole.last else {
      return fail(say("There is no picture to change yet. /draw PROMPT makes one."))
    }
    let question = drawn(last.message)
    guard !line.prompt.isEmpty else { return vary(last.reference, question, line) }
    guard let base = question?.drawing.map(standing) ?? usualDrawing(line) else {
      return failWithoutDrawingModel()
    }
    guard let more = pictures(numbered: line.references) else { return [] }
    var drawing = line.over(base)
    if line.looks == nil { drawing.looks = [] }
    drawing.varied = nil
    drawing.mask = marked == nil ? nil : masked?.mask
    // What is marked is the first picture of the request.
    let before = drawing.mask == nil ? pictures.waiting.count : 0
    let effects =
      setMask(nil)
      + draw(
        drawing, line.prompt(behind: before + 1), [last.reference] + more, replacing: question?.id)
    if masked != nil, marked == nil, let told = notice?.phrase {
      _ = tell(say("\(told) The marks were of a picture of another branch, and are gone."))
    }
    return effects
  }

  /// The question at the end of the path that asks for a change of pictures, and has not got its pictures: it
  /// was stopped, or the program was ended.
  private var unmadeChange: Message? {
    guard let message = leaf.flatMap({ conversation.messages[$0] }) else { return nil }
    let isReply = message.drawing == nil
    let question = isReply ? drawn(message) : message
    let hasCome = message.status == .complete || message.pictures.contains { !$0.isUnfinished }
    guard let question, !question.pictures.isEmpty, !isReply || !hasCome else { return nil }
    return question
  }

  /// `/redraw WORDS` behind a change that has not come to its end: of the same picture, with the same marks.
  private mutating func changeAgain(_ question: Message, _ line: DrawLine) -> [ChatEffect] {
    guard let base = question.drawing else { return [] }
    guard line.hasSettings || line.prompt != question.text else {
      return repeatDrawing(question, line, beside: true)
    }
    guard let more = pictures(numbered: line.references) else { return [] }
    var drawing = line.over(standing(base))
    drawing.varied = nil
    return draw(
      drawing, line.prompt(behind: question.pictures.count), question.pictures + more,
      replacing: question.id)
  }

  /// `/redraw` without words: pictures like the last one, by the server's own call for that where the
  /// model may have it; else the same once more.
  private mutating func vary(
    _ picture: PictureReference, _ question: Message?, _ line: DrawLine
  ) -> [ChatEffect] {
    guard var drawing = question?.drawing ?? usualDrawing(line) else {
      return failWithoutDrawingModel()
    }
    drawing = line.over(drawing)
    let varies = engine.settings.catalog.model(named: drawing.model).drawing?.varies
    guard varies ?? true, drawing.looks.isEmpty else {
      guard let question else { return fail(say("Say what to change: /redraw WORDS.")) }
      return repeatDrawing(question, line, beside: true)
    }
    (drawing.varied, drawing.mask) = (picture, nil)
    return draw(
      drawing, question?.text ?? "", question?.pictures ?? [picture], replacing: question?.id,
      takesWaiting: false)
  }

  /// `/again N [SETTINGS]`: picture N asked for once more, with all its settings.
  mutating func drawAgain(_ rest: String) -> [ChatEffect] {
    let words = rest.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    let all = sentPictures
    guard let number = words.isEmpty ? all.count : Int(typed: words[0]) else {
      return misused(.again)
    }
    guard all.indices.contains(number - 1) else {
      return failWithoutPicture(number, of: all.count)
    }
    guard let line = drawLine(words.dropFirst().first.map(String.init) ?? "") else { return [] }
    let picture = all[number - 1]
    guard let question = drawn(picture.message) ?? question(of: picture.reference) else {
      return drawAgain(ofReply: picture, number: number, line)
    }
    return repeatDrawing(question, line, beside: picture.message.id == leaf)
  }

  /// The user's message that a picture's message answers, where it asked for pictures.
  private func drawn(_ message: Message) -> Message? {
    guard drawing(ofReply: message) != nil else { return nil }
    return message.parent.flatMap { conversation.messages[$0] }
  }

  /// The user's message that a picture was drawn for, on whatever branch; nil for one that was attached.
  private func question(of reference: PictureReference) -> Message? {
    guard let digest = reference.stored?.digest else { return nil }
    let reply = conversation.messages.all.first { message in
      drawing(ofReply: message) != nil && message.pictures.contains { $0.stored?.digest == digest }
    }
    return reply.flatMap(drawn)
  }

  /// Asks for the same once more: beside the reply where it is the last, else at the end.
  private mutating func repeatDrawing(
    _ question: Message, _ line: DrawLine, beside isVariant: Bool
  ) -> [ChatEffect] {
    guard let drawing = question.drawing else { return [] }
    let isLast =
      leaf == question.id || leaf.flatMap { conversation.messages[$0] }?.parent == question.id
    guard line.hasSettings || !isLast else {
      transcript.jump(to: .bottom)
      tellPrice(of: drawing)
      return send(.run(.retry))
    }
    return draw(
      line.over(drawing), question.text, question.pictures,
      replacing: isVariant ? question.id : nil, takesWaiting: false)
  }

  private mutating func drawLine(_ rest: String) -> DrawLine? {
    guard !engine.isBusy else {
      _ = failWhileReplyComes()
      return nil
    }
    if let awaited, [.conversation, .pictures].contains(awaited) {
      _ = refuse(until: awaited)
      return nil
    }
    do throws(DrawLine.Problem) {
      return try DrawLine(rest)
    } catch {
      _ = fail(error.phrase)
      return nil
    }
  }

  /// A drawing with what `/set` says of pictures, and the model's usual values for the rest.
  ///
  /// An option behind `/draw` holds for that picture alone. Where nothing else names a model, that of the
  /// last drawing is taken.
  func usualDrawing(_ line: DrawLine = DrawLine()) -> Drawing? {
    let set = engine.requestParameters.pictures ?? PictureSettings()
    let usual =
      currentProvider.isDemo
      ? "demo-image"
      : engine.settings.catalog.drawingModel(
        host: currentProvider.host, offered: engine.settings.models)
    let last = conversation.messages.path.last { $0.drawing != nil }?.drawing
    guard let model = line.model ?? set[.model] ?? usual ?? last?.model else { return nil }
    return standing(Drawing(model: model))
  }

  /// What a `/draw` without options asks for now, and its price; nil where no model is known to draw.
  var usualDrawingLine: Phrase? {
    guard let drawing = usualDrawing() else { return nil }
    let model = engine.settings.catalog.model(named: drawing.model)
    let line = model.priceLine(of: model.adapting(drawing))
    return model.rounding(of: drawing, to: model.adapting(drawing)).map { say("\($0) \(line)") }
      ?? line
  }

  private mutating func tellUsualDrawing() -> [ChatEffect] {
    guard let line = usualDrawingLine else { return failWithoutDrawingModel() }
    return tell(
      say("/draw PROMPT asks for \(line). /set picture_size, picture_quality … change that."))
  }

  /// A drawing with what `/set` says of pictures; its model stays.
  private func standing(_ drawing: Drawing) -> Drawing {
    var result = engine.requestParameters.pictures?.applied(to: drawing) ?? drawing
    result.model = drawing.model
    return result
  }

  mutating func failWithoutPicture(_ number: Int, of count: Int) -> [ChatEffect] {
    guard count > 0 else {
      return fail(say("There is no picture to change yet. /draw PROMPT makes one."))
    }
    return fail(say("There is no picture \("\(number)"): \(thereAre(count))."))
  }

  func isUnfinished(_ number: Int) -> Phrase {
    say("Picture \(number) came unfinished: /again \(number) asks for it once more.")
  }

  mutating func failWithoutDrawingModel() -> [ChatEffect] {
    fail(
      say(
        "No model of \(currentProvider.host) is known to draw. Name one: /draw --model NAME PROMPT")
    )
  }

  /// The pictures of the conversation with these numbers; nil where one is missing, which is told.
  private mutating func pictures(numbered numbers: [Int]) -> [PictureReference]? {
    let all = sentPictures
    for number in numbers where !all.indices.contains(number - 1) {
      _ = failWithoutPicture(number, of: all.count)
      return nil
    }
    if let number = numbers.first(where: { all[$0 - 1].reference.isUnfinished }) {
      _ = fail(isUnfinished(number))
      return nil
    }
    return numbers.map { all[$0 - 1].reference }
  }

  /// Adds the prompt to the conversation, which is answered by pictures; what they cost is told first.
  mutating func draw(
    _ wanted: Drawing, _ prompt: String, _ references: [PictureReference],
    replacing replaced: MessageID? = nil, takesWaiting: Bool = true
  ) -> [ChatEffect] {
    let model = engine.settings.catalog.model(named: wanted.model)
    if let problem = model.drawing?.problem(of: wanted, prompt: prompt, name: wanted.model) {
      return fail(problem)
    }
    let drawing = model.adapting(wanted)
    transcript.jump(to: .bottom)
    tellPrice(of: drawing, model.rounding(of: wanted, to: drawing))
    var message = NewMessage(
      .user, prompt, replacing: replaced, draft: draftText, takesPictures: takesWaiting)
    message.drawing = drawing
    message.references = references
    return send(.conversation(.send(message)))
  }

  private mutating func tellPrice(of drawing: Drawing, _ rounding: Phrase? = nil) {
    let line = engine.settings.catalog.model(named: drawing.model).priceLine(of: drawing)
    let gone = engine.settings.catalog.model(named: drawing.model)
      .goneLine(at: currentProvider.host, now: moment.timestamp)
    let told = [gone, rounding].compactMap(\.self).reversed()
    _ = tell(told.reduce(line) { say("\($1) \($0)") })
  }
}

// MARK: - The end of a drawing

extension ChatState {
  /// Takes a refused prompt off the path and gives it back as it was typed: the same would be refused
  /// again.
  ///
  /// Nothing where something else is being written.
  mutating func takeBackRefusedPrompt(_ failure: ReplyFailure) -> [ChatEffect] {
    guard failure.kind == .promptRefused, composer.draft.isEmpty,
      let message = leaf.flatMap({ conversation.messages[$0] }), let drawing = message.drawing
    else { return [] }
    return send(.conversation(.select(leaf: message.parent)))
      + send(.attachments(.wait(for: message.parts))) + takeBackMask(of: message)
      + giveBack(drawing.commandLine(message.text))
  }
}
