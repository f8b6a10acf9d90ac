import ChatEngine
package import ChatScreen
import Conversation

/// How many bytes of a reply are taken in before the next frame.
///
/// What a frame costs grows with the text that is new in it. So a server that sends faster than this
/// is read more slowly: its text waits in the mailbox, which lets the connection wait, and a key is
/// answered within a frame.
package struct FrameBudget: Equatable {
  /// At sixty frames a second this is 3.9 MB/s: half a million words a second.
  package static let bytes = 64 << 10

  package private(set) var spentBytes = 0

  package var isSpent: Bool { spentBytes >= Self.bytes }

  package init() {}

  /// Counts the text that an event brings.
  package mutating func spend(on event: ChatEvent) {
    guard case .engine(.reply(_, .partDelta(_, let text, _))) = event else { return }
    spentBytes += text.utf8.count
  }
}
