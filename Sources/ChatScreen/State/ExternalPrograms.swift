/// Programs that work beside the conversation.
package struct ExternalPrograms: Equatable, Sendable {
  /// The command of `/pipe` that runs; there is one at a time.
  package var pipe: RunningPipe?
  /// The last number that was given to one.
  package var lastID = 0

  package init() {}
}

/// A command that a reply was handed to.
package struct RunningPipe: Equatable, Sendable {
  package var id: Int
  package var command: String
  /// The uptime in milliseconds at which it began.
  package var startedAt: Int64

  package init(id: Int, command: String, startedAt: Int64) {
    self.id = id
    self.command = command
    self.startedAt = startedAt
  }
}
