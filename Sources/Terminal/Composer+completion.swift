import CTerminal

extension Composer {
  /// Has readline ask this composer on Tab.
  ///
  /// Readline calls back only while a key is being given to it, which the composer does itself: the
  /// unretained pointer cannot outlive it.
  func installCompleter() {
    ct_composer_set_completer(
      { context, line, start, end in
        guard let context, let line else { return }
        let composer = Unmanaged<Composer>.fromOpaque(context).takeUnretainedValue()
        composer.answer(CompletionRequest(line: String(cString: line), word: start..<end))
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func answer(_ request: CompletionRequest) {
    switch completer(request) {
    case .nothing: break
    case .words(let words, let append):
      for word in words { ct_completion_offer_word(word) }
      ct_completion_append(CChar(bitPattern: append?.asciiValue ?? 0))
    case .paths(let suffixes):
      ct_completion_offer_paths(suffixes.joined())
    case .wordsOrPaths(let words, let suffixes):
      for word in words { ct_completion_offer_word(word) }
      ct_completion_offer_paths(suffixes.joined())
    }
  }
}
