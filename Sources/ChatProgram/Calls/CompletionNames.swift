import Configuration
import Conversation
import ConversationStore
import Screen

/// The names that a shell's Tab offers: what this machine knows, without asking any server.
///
/// Nothing is told of what cannot be read: a sentence would stand in the middle of the line being typed.
package struct CompletionNames: Sendable {
  private let installation: Installation

  package init(_ installation: Installation) {
    self.installation = installation
  }

  /// The stored conversations, newest first, as `iris list` names them; blocks.
  package var conversations: [String] {
    let handle = StoreHandle(installation)
    let titles = Blocking.wait { () -> [String] in
      do {
        let titles = try await handle.open().summaries().map(\.title)
        try await handle.close()
        return titles
      } catch {
        return []
      }
    }
    return (titles ?? []).map(\.sanitised)
  }

  /// The servers of the configuration, and those that Iris knows.
  package var providers: [String] {
    let names = ServerDirectory(installation).providers.map(\.name) + [ServerDirectory.demoName]
    return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
