import CTerminal
package import Screen

/// The terminal while the program's screen is up: frames go out, events come in.
///
/// The sole owner of the terminal, on the main thread; there is one at a time. Between
/// ``init(_:)`` and ``end()`` the terminal is in raw mode on its alternate screen. Whoever waits for
/// input polls ``inputDescriptor`` and ``signalDescriptor`` until ``deadline``.
package final class TerminalSession {
  /// How many colours the terminal draws, as far as is known by now.
  package var depth: ColorDepth { renderer.depth }
  /// Whether the user's locale is UTF-8; where it is not, signs beyond ASCII may not be shown.
  package let localeIsUTF8: Bool
  package private(set) var size: Size
  /// When to call ``readInput()`` although nothing arrived: a lone ESC has then waited long enough.
  package private(set) var deadline: ContinuousClock.Instant?
  /// Readable when a signal waits in ``nextSignal()``.
  package let signalDescriptor: Int32
  package var inputDescriptor: Int32 { settings.input }

  private let settings: TerminalSettings
  private let renderer: Renderer
  private var tokenizer = Tokenizer()
  private var unbracketed = UnbracketedPaste()
  private var colours = ColourInquiry()
  /// Until when the terminal may answer which colours it draws; nil where it was not asked.
  private var coloursDeadline: ContinuousClock.Instant?
  /// When no input was waiting last, as far as that is known.
  private var emptySince = ContinuousClock.now
  private let clock = ContinuousClock()
  private var isOver = false

  /// Takes the terminal.
  ///
  /// Throws `notATerminal`, `terminalNotNamed`, `unknownTerminal`, `unusableTerminal`,
  /// `noUTF8Locale` or `system`, and leaves the terminal untouched then.
  package init(_ settings: TerminalSettings) throws(TerminalError) {
    guard Descriptor(settings.input).isTerminal, Descriptor(settings.output).isTerminal
    else { throw .notATerminal }
    guard !settings.name.isEmpty else { throw .terminalNotNamed }
    let locale = ct_locale_set()
    guard locale != CT_LOCALE_NONE else { throw .noUTF8Locale }
    localeIsUTF8 = locale == CT_LOCALE_UTF8
    ct_fatal_set_message(settings.crashMessage, settings.crashMessage.utf8.count)
    signalDescriptor = ct_signals_open()
    guard signalDescriptor >= 0 else { throw .system(call: "pipe", errno: 0) }
    let size = Self.size(of: settings.output)
    do {
      renderer = try Self.renderer(settings, size)
    } catch {
      ct_signals_close()
      throw error
    }
    renderer.drawsLinks = settings.drawsLinks ?? false
    self.settings = settings
    self.size = size
  }

  /// Opens the screen by the entry that says most of the terminal.
  private static func renderer(
    _ settings: TerminalSettings, _ size: Size
  ) throws(TerminalError) -> Renderer {
    let colours: Renderer.Colours =
      settings.colours ? settings.trueColor ? .direct : .terminfo : .none
    func open(_ name: String) throws(TerminalError) -> Renderer {
      try Renderer(
        terminal: name, input: settings.input, output: settings.output, size: size,
        colours: colours, hasTitle: settings.takesStrings)
    }
    if let name = settings.richerName, let renderer = try? open(name) { return renderer }
    return try open(settings.name)
  }

  /// Draws a frame; nothing is written where nothing changed.
  package func draw(_ frame: Frame) { renderer.draw(frame) }

  /// Has the next frame repaint every cell.
  package func repaint() { renderer.repaint() }

  /// Reads what has arrived, without waiting.
  ///
  /// Call it when ``inputDescriptor`` is readable or ``deadline`` has passed. After `hangup` every
  /// further call returns `hangup` again.
  package func readInput() -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    if let deadline, clock.now >= deadline { events = expire() }
    guard let bytes = Descriptor(settings.input).readAvailable() else {
      return events + expire() + [.hangup]
    }
    events += tokenize(bytes)
    for case .answer(let answer) in events {
      if case .name(let name) = answer, settings.drawsLinks == nil {
        renderer.drawsLinks = TerminalName(name).drawsLinks
      }
      if let event = deepen(by: answer) { events.append(event) }
      if isOver { return events + [.hangup] }
    }
    let patience = unbracketed.patience ?? tokenizer.patience
    if !bytes.isEmpty || patience == nil { deadline = patience.map { clock.now + $0 } }
    emptySince = clock.now
    return events
  }

  /// Asks which colours the terminal draws, where that may be more than terminfo knows; nothing waits
  /// for the answers, and what comes after ten seconds is no answer any more.
  package func askColours() {
    guard settings.colours, takesStrings, depth > .none, depth < .direct else { return }
    coloursDeadline = clock.now + .seconds(10)
    send(.askSecondaryAttributes)
  }

  /// Takes what an answer says of colours; the event that tells of more than there were.
  private func deepen(by answer: TerminalAnswer) -> TerminalEvent? {
    guard let coloursDeadline, clock.now < coloursDeadline else { return nil }
    switch colours.record(answer) {
    case .nothing: return nil
    case .ask:
      send(.askColours)
      return nil
    case .depth(let depth):
      guard depth > self.depth else { return nil }
      do {
        try renderer.deepen(to: depth == .direct ? .direct : .palette)
      } catch {
        end()
      }
      return .colours(self.depth)
    }
  }

  /// Says that no input was waiting at a moment, as whoever waited in `poll(2)` knows.
  ///
  /// What is read next came after it: the shorter the time, the less of it was typed.
  package func inputWasEmpty(at instant: ContinuousClock.Instant) { emptySince = instant }

  private func expire() -> [TerminalEvent] {
    unbracketed.expire().flatMap { events(of: $0) } + tokenizer.expire()
  }

  private func tokenize(_ bytes: [UInt8]) -> [TerminalEvent] {
    // Inside a sequence or a bracketed paste there is nothing to be guessed.
    guard tokenizer.patience == nil else { return tokenizer.feed(bytes) }
    let isBurst = UnbracketedPaste.isBurst(bytes.count, within: clock.now - emptySince)
    return unbracketed.feed(bytes, isBurst: isBurst).flatMap { events(of: $0) }
  }

  private func events(of output: UnbracketedPaste.Output) -> [TerminalEvent] {
    switch output {
    case .keys(let bytes): tokenizer.feed(bytes)
    case .paste(let text): [.paste(text)]
    }
  }

  /// The next signal that was caught, or nil.
  ///
  /// A change of the window's size is already applied when it is returned; so is the terminal taken
  /// back that a shell had after SIGSTOP.
  package func nextSignal() -> TerminalSignal? {
    while true {
      let number = ct_signals_next()
      guard number != 0 else { return nil }
      guard let signal = TerminalSignal(number: number) else { continue }
      if signal == .resized { takeSize() }
      if signal == .continued, !renderer.hasLineSettings { takeBack() }
      return signal
    }
  }

  /// Writes a sequence past the frames: the one door for what no frame can hold.
  ///
  /// A string goes only to terminals that do not print it.
  package func send(_ sequence: RawSequence) {
    guard takesStrings || !sequence.isString else { return }
    renderer.send(sequence.bytes)
  }

  /// Whether control strings do anything here, such as to put text on the clipboard.
  package var takesStrings: Bool { settings.takesStrings }

  /// Whether the terminal may be asked for the pixels that it draws.
  package var mayDrawPixels: Bool { settings.mayDrawPixels }

  /// Whether the terminal is to be asked for its name: it tells whether links are drawn, and pictures
  /// placed.
  package var wantsName: Bool { settings.mayAskForName }

  /// The pixels of one cell, as the window's size tells; nil where it does not.
  package var cellSize: (width: Int, height: Int)? {
    var width: Int32 = 0
    var height: Int32 = 0
    guard ct_terminal_cell_size(settings.output, &width, &height) else { return nil }
    return (Int(width), Int(height))
  }

  /// Restores the terminal and the signals; the session is over.
  ///
  /// It happens by itself when the last reference goes.
  package func end() {
    guard !isOver else { return }
    isOver = true
    renderer.close()
    ct_signals_close()
  }

  deinit { end() }
}

extension TerminalSession {
  /// Stops the process as Ctrl-Z does everywhere, and takes the terminal back when it is continued.
  package func suspend() {
    withScreenReleased { ct_signals_stop() }
  }

  /// Gives the terminal to `body`, such as an editor, and takes it back afterwards.
  ///
  /// Meanwhile Ctrl-Z stops this process together with that program, and Ctrl-C is that program's.
  /// The terminal may have another size then; the next frame repaints everything.
  package func withScreenReleased<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    renderer.suspend()
    ct_signals_lend(true)
    defer {
      ct_signals_lend(false)
      size = Self.size(of: settings.output)
      renderer.resume(size: size)
      emptySince = clock.now
    }
    return try body()
  }

  private func takeBack() {
    renderer.suspend()
    size = Self.size(of: settings.output)
    renderer.resume(size: size)
  }

  private func takeSize() {
    let now = Self.size(of: settings.output)
    guard now != size else { return }
    size = now
    renderer.resize(to: now)
  }

  private static func size(of descriptor: Int32) -> Size {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard ct_terminal_size(descriptor, &columns, &rows) else { return Size(columns: 80, rows: 24) }
    return Size(columns: Int(columns), rows: Int(rows))
  }
}
