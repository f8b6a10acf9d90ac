import ChatEngine
import Conversation

/// What Tab offers at a place in the line.
package enum CompletionPlan: Equatable, Sendable {
  case nothing
  /// Whole words; readline narrows them by what is typed.
  case words([String])
  case files
  case pictures
  case wordsOrFiles([String])
  case wordsOrPictures([String])

  /// What completes the word that begins at `wordStart` (a UTF-8 byte offset) of `line`.
  package init(line: String, wordStart: Int, in state: ChatState) {
    let before = String(decoding: Array(line.utf8).prefix(wordStart), as: UTF8.self)
    guard line.hasPrefix("/"), !line.hasPrefix("//") else {
      self = .nothing
      return
    }
    guard !before.trimmed.isEmpty else {
      self = .words(Command.table.map { "/" + $0.name.rawValue })
      return
    }
    let words = ArgumentWords(String(before.dropFirst())).words
    guard let command = Command.named(words.first?.lowercased() ?? "") else {
      self = .nothing
      return
    }
    self.init(command: command, words: Array(words.dropFirst()), in: state)
  }

  private init(command: Command, words: [String], in state: ChatState) {
    let position = words.count
    // A path may be followed by more paths or by a detail.
    if command.name == .attach {
      self = position == 0 ? .pictures : .wordsOrPictures(Detail.allCases.map(\.rawValue))
      return
    }
    guard command.completions.indices.contains(position) else {
      self = .nothing
      return
    }
    let names = state.library.summaries.compactMap(\.name)
    self =
      switch command.completions[position] {
      case .nothing: .nothing
      case .words(let words): .words(words)
      case .files: .files
      case .pictures: .pictures
      case .models: .words(state.engine.settings.models)
      case .conversations: .words(names)
      case .conversationsOrPaths: .wordsOrFiles(names)
      case .providers: .words(state.engine.settings.providers.map(\.name))
      case .parameters:
        .words(ParameterName.allCases.map(\.rawValue) + PictureSetting.allCases.map(\.rawValue))
      case .valueOfParameter: Self.values(of: words.first.flatMap(ParameterName.init))
      case .tools: .words(state.engine.calls.tools?.map(\.name) ?? state.engine.tools.enabled)
      case .voices: .words(state.sound.voices)
      case .commands: .words(Command.table.map(\.name.rawValue))
      }
  }
  /// The words that a parameter takes; a response format may be a file too.
  private static func values(of name: ParameterName?) -> CompletionPlan {
    let suggestions = name?.suggestions ?? []
    return name == .responseFormat ? .wordsOrFiles(suggestions) : .words(suggestions)
  }
}
