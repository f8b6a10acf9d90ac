import ChatEngine

/// A command that was done as far as the state can: what was asked of the world may still fail.
package struct PendingCommand: Equatable, Sendable {
  /// As it was typed.
  package let line: String
  /// What it waits for.
  private var effects: [ChatEffect]

  init(_ line: String, _ effects: [ChatEffect]) {
    self.line = line
    self.effects = effects.filter(\.answersCommand)
  }

  /// What it waited for has come, and it waits for these now.
  mutating func goOn(with effects: [ChatEffect]) {
    self.effects = effects.filter { $0.answersCommand || $0.prepares() }
  }

  /// Whether it waits for such an effect.
  func awaits(_ isIt: (ChatEffect) -> Bool) -> Bool { effects.contains(where: isIt) }

  /// One of several has failed; tells whether nothing is left to wait for.
  mutating func lose(_ isIt: (ChatEffect) -> Bool) -> Bool {
    guard awaits(isIt) else { return false }
    effects.removeAll(where: isIt)
    return effects.isEmpty
  }
}

extension ChatEffect {
  /// Whether what becomes of it is the command's own success: not what is written, fitted or asked
  /// for beside it.
  fileprivate var answersCommand: Bool {
    switch self {
    case .engine(.store(let effect)): effect.answersCommand
    case .engine(.picture(.find)), .engine(.picture(.paste)), .readSchema: true
    case .serverFiles(.findLibraries(let names, _)): !names.isEmpty
    case .externalProgram(.pipe), .terminal(.pipe): true
    case .engine, .preview, .externalProgram, .sound, .meaning, .composer, .terminal, .keepModel,
      .checkKey, .findLocalServers, .saveFile, .serverFiles, .countTokens, .quit:
      false
    }
  }

  /// Whether it looks for the pictures of this request.
  func looks(for search: Int) -> Bool {
    switch self {
    case .engine(.picture(.find(let request, _, _))), .engine(.picture(.paste(let request))):
      request == search
    default: false
    }
  }

  /// Whether it prepares this picture, or any.
  func prepares(_ picture: AttachmentID? = nil) -> Bool {
    guard case .engine(.picture(.prepare(let id, _, _, _))) = self else { return false }
    return picture.map { $0 == id } ?? true
  }

  /// Whether it hands a text to this run of a program.
  func pipes(to run: Int) -> Bool {
    if case .externalProgram(.pipe(let id, _, _)) = self { id == run } else { false }
  }

  /// Whether it hands a text to a command that gets the terminal.
  var isOnScreen: Bool {
    if case .terminal(.pipe) = self { true } else { false }
  }

  /// Whether it reads a schema.
  var readsSchema: Bool {
    if case .readSchema = self { true } else { false }
  }
}

extension StoreEffect {
  fileprivate var answersCommand: Bool {
    switch self {
    case .saveConversation, .append, .update, .extend, .insert, .discard, .count, .cancelImport:
      false
    case .load, .list, .search, .rename, .delete, .restore, .export, .importFile, .usage: true
    }
  }
}
