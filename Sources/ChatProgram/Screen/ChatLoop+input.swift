import ChatEngine
import ChatScreen
import ChatView
import Conversation
import Language
import Screen
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ChatLoop {
  /// What came from the terminal.
  func handleTerminalEvent(_ event: Terminal.TerminalEvent) {
    switch event {
    // Whatever the key is, the composer does not get it.
    case .key(let bytes) where state.pictureView?.takesMarks == true:
      if let key = MaskKey(bytes) { handle(.preview(.view(.marking(key)))) }
    case .mouse(let event) where state.pictureView?.masked != nil: markPicture(event)
    case .key(let bytes) where state.pictureView != nil: closePicture(by: bytes)
    case .key(let bytes): handleComposerEvents(composer.press(bytes))
    case .paste(let text): handle(.composer(.pasted(text)))
    case .answer(.background(let red, let green, let blue)):
      let light = Int(red) * 299 + Int(green) * 587 + Int(blue) * 114
      handle(.terminal(.background(isDark: light < 128_000)))
    // The session has learnt whether links are drawn: what is on the screen may have some.
    case .answer(.name(let name)):
      needsFrame = true
      if session.mayDrawPixels, TerminalName(name).placesPictures {
        handle(.terminal(.placesPictures))
      }
    case .colours(let depth): handle(.terminal(.colors(ChatScreen.ColorDepth(depth))))
    case .answer(let answer): graphicsInquiry.record(answer)
    case .hangup: handle(.terminal(.hungUp))
    case .mouse, .focus: break
    }
    if let graphics = graphicsInquiry.takeResult(session) {
      handle(.terminal(.graphics(graphics)))
    }
  }

  /// What a key did to the composer.
  func handleComposerEvents(_ events: [Terminal.ComposerEvent]) {
    for event in events {
      switch event {
      case .action(let action): handleAction(action)
      case .lineAccepted(let text):
        handle(.composer(.changed(snapshot)))
        handle(.composer(.accepted(text)))
      case .candidates(let candidates): handle(.composer(.candidates(candidates)))
      case .changed: handle(.composer(.changed(snapshot)))
      }
    }
  }

  /// Tells the state how the composer stands: before the first key, in which mode of vi's.
  func reportComposer() { handle(.composer(.changed(snapshot))) }

  private func handleAction(_ action: ComposerAction) {
    guard let key = KeyAction(rawValue: action.rawValue) else { return }
    handle(.key(key))
  }

  private var snapshot: ChatScreen.ComposerSnapshot {
    let now = composer.snapshot
    let mode: String? =
      switch now.mode {
      case .emacs: nil
      case .viInsert: "ins"
      case .viCommand: "cmd"
      }
    return ChatScreen.ComposerSnapshot(
      text: now.text, cursor: now.cursorByteOffset, message: now.message, mode: mode)
  }

  /// A signal, as the loop finds it between two waits.
  func handleSignal(_ signal: TerminalSignal) {
    switch signal {
    case .resized: resize()
    case .end(SIGHUP): handle(.terminal(.hungUp))
    case .end(SIGINT): handle(.terminal(.interrupted))
    case .end: handle(.terminal(.terminated))
    case .stop:
      session.suspend()
      resize()
    case .continued: resize()
    }
  }

  /// Takes over the terminal's size, after a change or a time away.
  func resize() {
    composer.setSize(columns: session.size.columns, rows: session.size.rows)
    takeCellSize()
    handle(.terminal(.resized(session.size)))
    session.repaint()
    drawNow()
  }

  /// Says where Up or Down leads, in the text as it stands on the screen.
  func target(of move: RowMove) -> RowMove.Target? {
    let line = ChatScreen.ComposerSnapshot(text: move.text, cursor: move.cursorByteOffset)
    let rows = ComposerRows(of: line, in: state)
    let column = move.column ?? rows.column
    return rows.byteOffset(rowsFromCursor: move.rows, column: column)
      .map { RowMove.Target(byteOffset: $0, column: column) }
  }

  /// Answers Tab from the table of commands and what the state knows.
  func complete(_ request: CompletionRequest) -> CompletionAnswer {
    switch CompletionPlan(line: request.line, wordStart: request.word.lowerBound, in: state) {
    case .nothing: return .nothing
    case .words(let words): return .words(words)
    case .files: return .paths(suffixes: [])
    case .pictures: return .paths(suffixes: Self.pictureSuffixes)
    case .wordsOrFiles(let words): return completions(of: request, words, suffixes: [])
    case .wordsOrPictures(let words):
      return completions(of: request, words, suffixes: Self.pictureSuffixes)
    }
  }

  /// Endings of what `/attach` takes.
  private static let pictureSuffixes =
    (PictureFormat.fileExtensions + DocumentKind.fileExtensions).map { "." + $0 }

  /// Words where one is begun, words and files where nothing is typed yet, else files.
  private func completions(
    of request: CompletionRequest, _ words: [String], suffixes: [String]
  ) -> CompletionAnswer {
    let bytes = Array(request.line.utf8)[request.word]
    let word = String(decoding: bytes, as: UTF8.self)
    if word.isEmpty { return .wordsOrPaths(words, suffixes: suffixes) }
    return words.contains { $0.hasPrefix(word) } ? .words(words) : .paths(suffixes: suffixes)
  }
}
