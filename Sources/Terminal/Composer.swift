import CTerminal
import Screen

/// GNU readline as an input device with memory: complete keys go in, events come out.
///
/// It never touches the terminal. Readline is global to a process: one composer is open at a time, on
/// the main thread. The user's init file (`INPUTRC`, `~/.inputrc`) is read when the first one opens
/// and rules over the bindings given here, also under `$if iris`.
package final class Composer {
  /// Answers Tab, synchronously.
  package var completer: (CompletionRequest) -> CompletionAnswer = { _ in .nothing }

  /// Says where Up and Down lead inside the text, synchronously; nil where they leave it for the
  /// history.
  package var rowMover: (RowMove) -> RowMove.Target? = { move in
    let layout = ComposerLayout(text: move.text, byteOffset: move.cursorByteOffset, columns: 80)
    let column = move.column ?? layout.cursor.column
    return layout.byteOffset(rowsFromCursor: move.rows, column: column)
      .map { RowMove.Target(byteOffset: $0, column: column) }
  }

  /// What of an entry goes into the history: a program leaves out what must not be kept.
  package var historyFilter: (String) -> String = { $0 }

  /// Whether a picker or the like is open, which takes Enter, Tab, Up and Down.
  package var isOverlayOpen = false {
    didSet { ct_composer_set_overlay(isOverlayOpen) }
  }

  /// The composer as it is to be shown.
  package private(set) var snapshot = ComposerSnapshot()

  private var actions: [Int32: ComposerAction] = [:]
  /// What was typed when the history was opened, which readline forgets once another line is sent.
  private var draft = ""
  /// Where the last Up or Down led inside the text, to keep its column in the next.
  var keptColumn: RowMove.Target?

  /// Opens readline.
  ///
  /// `initFile` is read after the user's own; it throws `file` where that one cannot be read.
  package init(
    bindings: [KeyBinding] = KeyBinding.editing, initFile: String? = nil
  ) throws(TerminalError) {
    _ = ct_locale_set()
    bind(bindings)
    let isSole = ct_composer_open()
    precondition(isSole, "readline has one line: close the other composer first")
    if let initFile {
      let status = ct_composer_read_init(initFile)
      guard status == 0 else {
        ct_composer_close()
        throw .file(path: initFile, errno: status)
      }
    }
    restore(bindings)
    installCompleter()
    installRowMover()
    snapshot = currentSnapshot()
  }

  deinit { ct_composer_close() }

  /// The user's init file where it is a pipe and was left out: readline would wait for it for ever.
  package var leftOutInitFile: String? {
    ct_composer_left_out_init_file().map { String(cString: $0) }
  }

  /// Gives one complete key to readline, as the tokenizer cut it.
  package func press(_ key: [UInt8]) -> [ComposerEvent] {
    // A search through the history has a message.
    let isElsewhere = ct_history_is_open() || snapshot.message != nil
    if !isElsewhere { draft = snapshot.text }
    key.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { ct_composer_feed($0.baseAddress, $0.count) }
    }
    let events = drain()
    if isElsewhere { keepDraft(events) }
    return events
  }

  /// Puts the draft into the history where another line was sent over it.
  private func keepDraft(_ events: [ComposerEvent]) {
    for case .lineAccepted(let line) in events where line != draft {
      if !draft.allSatisfy(\.isWhitespace) { addHistory(draft) }
      draft = ""
    }
  }

  /// Inserts text at the cursor; one undo takes it back.
  package func insert(_ text: String) -> [ComposerEvent] {
    ct_composer_insert(text)
    return drain()
  }

  /// Replaces the text; one undo takes it back.
  ///
  /// The cursor stands at its end unless told otherwise.
  package func setText(_ text: String, cursorByteOffset: Int? = nil) -> [ComposerEvent] {
    ct_composer_set_text(text, max(0, cursorByteOffset ?? text.utf8.count))
    return drain()
  }

  /// Adds an entry to the history that Up and Ctrl-R look through, unless it is the newest already.
  package func addHistory(_ entry: String) {
    let entry = historyFilter(entry)
    if !entry.isEmpty { ct_history_add(entry) }
  }

  /// Replaces the whole history; of more than `limit` entries the oldest are forgotten.
  package func setHistory(_ entries: [String], limit: Int = 5_000) {
    ct_history_clear()
    ct_history_limit(Int32(limit))
    for entry in entries { ct_history_add(entry) }
  }

  /// Tells readline the width that it lays completions out for.
  package func setSize(columns: Int, rows: Int) {
    ct_composer_set_size(Int32(columns), Int32(rows))
  }
}

// MARK: - Bindings and events

extension Composer {
  private func bind(_ bindings: [KeyBinding]) {
    for binding in bindings {
      if let action = binding.action {
        let number = ct_composer_add_action(
          binding.function, binding.condition.code, binding.fallback)
        precondition(number >= 0, "the table of actions is full")
        actions[number] = action
      }
      for sequence in binding.sequences {
        let isBound = ct_composer_bind(sequence, binding.function, binding.maps.rawValue)
        precondition(isBound, "no function is named \(binding.function)")
      }
    }
  }

  /// Takes keys back which an init file has given to what the action does anyway where there is text.
  private func restore(_ bindings: [KeyBinding]) {
    for binding in bindings where binding.action != nil {
      for sequence in binding.sequences {
        ct_composer_restore(sequence, binding.function, binding.maps.rawValue)
      }
    }
  }

  private func drain() -> [ComposerEvent] {
    var events: [ComposerEvent] = []
    var candidates: [String] = []
    var event = ct_event()
    while ct_composer_next_event(&event) {
      let text = Self.text(event.text, length: event.length)
      switch event.kind {
      case CT_EVENT_ACTION: if let action = actions[event.number] { events.append(.action(action)) }
      case CT_EVENT_LINE: events.append(.lineAccepted(text))
      case CT_EVENT_END: events.append(.action(.endOfInput))
      default: candidates.append(text)
      }
    }
    if !candidates.isEmpty { events.append(.candidates(candidates)) }
    if takeChange() { events.append(.changed) }
    return events
  }

  private func takeChange() -> Bool {
    let now = currentSnapshot()
    defer { snapshot = now }
    return now != snapshot
  }

  func currentSnapshot() -> ComposerSnapshot {
    var length = 0
    var cursor = 0
    let bytes = ct_composer_text(&length, &cursor)
    var start = 0
    var end = 0
    let hasRegion = ct_composer_region(&start, &end)
    // Where the bytes are no UTF-8 the text is repaired, and offsets count in the repaired text.
    func offset(_ raw: Int) -> Int { Self.text(bytes, length: raw).utf8.count }
    return ComposerSnapshot(
      text: Self.text(bytes, length: length), cursorByteOffset: offset(cursor),
      message: Self.message, mode: Self.mode,
      region: hasRegion ? offset(start)..<offset(end) : nil)
  }

  private static var message: String? {
    let text = String(cString: ct_composer_message())
      .filter { $0 != "\u{1}" && $0 != "\u{2}" }
    return text.isEmpty ? nil : text
  }

  private static var mode: ComposerSnapshot.Mode {
    switch ct_composer_mode() {
    case CT_MODE_VI_INSERT: .viInsert
    case CT_MODE_VI_COMMAND: .viCommand
    default: .emacs
    }
  }

  static func text(_ bytes: UnsafePointer<CChar>?, length: Int) -> String {
    let raw = UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : length)
    return String(decoding: raw, as: UTF8.self)
  }
}

extension KeyBinding.Condition {
  fileprivate var code: ct_condition {
    switch self {
    case .always: CT_ALWAYS
    case .emptyComposer: CT_WHEN_EMPTY
    case .openOverlay: CT_WHEN_OVERLAY
    }
  }
}
