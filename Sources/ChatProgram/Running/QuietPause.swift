import ChatAPI
import Conversation
import Dispatch

/// A wait that costs nothing when it is over.
///
/// `Task.sleep` runs on the queues that libdispatch watches from then on, for as long as the program
/// lives (docs/decisions/0070). This one has a thread of its own while it lasts.
package enum QuietPause {
  /// Waits, and throws as soon as the task is cancelled.
  package static func wait(for duration: Duration) async throws {
    let stop = DispatchSemaphore(value: 0)
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue(label: "iris.pause").async {
          _ = stop.wait(timeout: .now() + .milliseconds(Int(duration.milliseconds)))
          continuation.resume()
        }
      }
    } onCancel: {
      stop.signal()
    }
    try Task.checkCancellation()
  }
}

extension ChatClient.Timing {
  /// The machine's own time, waited for without waking it afterwards.
  static var quiet: ChatClient.Timing {
    var timing = ChatClient.Timing()
    timing.sleep = QuietPause.wait
    return timing
  }
}
