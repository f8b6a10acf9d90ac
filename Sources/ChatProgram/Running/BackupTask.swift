import ConversationStore
import Dispatch
import Language
import Synchronization

/// The making of the store's copy, on a thread that no task runs on.
///
/// May be used from any thread.
final class BackupTask: Sendable {
  /// The longest time that leaving waits for a copy that is being made; then it is given up, and
  /// made another time.
  private static let grace = DispatchTimeInterval.milliseconds(1_500)

  private struct State {
    var hasBegun = false
    var isCancelled = false
    var news: Phrase?
  }

  private let delay: Duration
  private let state = Mutex(State())
  private let stop = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  /// `delay` is the time between the opening and the copy, so that it takes nothing from the start.
  init(after delay: Duration) {
    self.delay = delay
  }

  /// Begins, at the first call.
  func begin(of store: ConversationStore) {
    let isFirst = state.withLock { state in
      defer { state.hasBegun = true }
      return !state.hasBegun
    }
    guard isFirst else { return }
    let backup = store.backup
    DispatchQueue(label: "iris.backup", qos: .utility).async {
      defer { self.done.signal() }
      let pause = Int(self.delay / .milliseconds(1))
      guard self.stop.wait(timeout: .now() + .milliseconds(pause)) == .timedOut else { return }
      self.make(backup)
    }
  }

  private func make(_ backup: StoreBackup) {
    do throws(StoreError) {
      let outcome = try backup.makeIfDue { self.state.withLock(\.isCancelled) }
      if case .damaged(let cause) = outcome { tell(StoreError.damaged(cause).phrase) }
    } catch {
      tell(say("No copy of the store could be made. \(error.phrase)"))
    }
  }

  private func tell(_ phrase: Phrase) { state.withLock { $0.news = phrase } }

  /// What is to be told of the copy, once.
  func takeNews() -> Phrase? {
    state.withLock { state in
      defer { state.news = nil }
      return state.news
    }
  }

  /// Waits briefly for a copy that is being made; one that has not begun is left.
  func end() async {
    guard state.withLock({ $0.hasBegun }) else { return }
    stop.signal()
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "iris.backup").async {
        if self.done.wait(timeout: .now() + Self.grace) == .timedOut {
          self.state.withLock { $0.isCancelled = true }
          self.done.wait()
        }
        continuation.resume()
      }
    }
  }
}
