import ArgumentParser
import ChatProgram
import Configuration

/// What Tab completes of options and arguments, in a shell with the program's completion script.
extension CompletionKind {
  /// The name of a stored conversation.
  static var conversation: CompletionKind {
    .custom { _, _, _ in names?.conversations ?? [] }
  }

  /// The name of a server.
  static var provider: CompletionKind {
    .custom { _, _, _ in names?.providers ?? [] }
  }

  /// Nil where the configuration cannot be read.
  private static var names: CompletionNames? {
    (try? Installation(Invocation(), environment: Start.environment)).map(CompletionNames.init)
  }
}
