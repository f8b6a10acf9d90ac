import CCurl
import Dispatch
import Synchronization

/// What the curl thread is asked to do, put by any task and taken by the thread.
final class TransferMailbox: Sendable {
  enum Order: Sendable {
    case start(TransferRequest, TransferPipe)
    /// Goes on with the paused transfer of a pipe.
    case resume(ObjectIdentifier)
    /// Closes the connection of a pipe's transfer, where it still runs.
    case stop(ObjectIdentifier)
    /// Lets a pipe's transfer come to its end unread, so that its connection can be used again.
    case drain(ObjectIdentifier)
    /// Closes everything and ends the thread.
    case quit
  }

  private struct State {
    var orders: [Order] = []
    /// The address of the multi handle to wake, while the thread polls; 0 otherwise.
    ///
    /// A number, since pointers cannot be sent; `curl_multi_wakeup` is the one call that libcurl
    /// allows from any thread (libcurl-multi, curl_multi_wakeup).
    var multi: UInt = 0
    /// Whether the thread waits for orders alone.
    var isResting = false
  }

  private let state = Mutex(State())
  /// Rung where an order ends a rest.
  private let bell = DispatchSemaphore(value: 0)

  func post(_ order: Order) {
    state.withLock { state in
      state.orders.append(order)
      if state.isResting {
        state.isResting = false
        bell.signal()
      } else if let multi = UnsafeMutableRawPointer(bitPattern: state.multi) {
        _ = ccurl_multi_wakeup(multi)
      }
    }
  }

  /// Waits for an order, `time` at most, without a look at any connection.
  func rest(for time: Duration) {
    let rests = state.withLock { state in
      state.isResting = state.orders.isEmpty
      return state.isResting
    }
    guard rests else { return }
    let nanoseconds = Int(time / .nanoseconds(1))
    _ = bell.wait(timeout: .now() + .nanoseconds(nanoseconds))
    state.withLock { $0.isResting = false }
  }

  func takeAll() -> [Order] {
    state.withLock { state in
      defer { state.orders = [] }
      return state.orders
    }
  }

  /// Names the multi handle to wake; nil before it is freed.
  func setWakened(_ multi: UnsafeMutableRawPointer?) {
    let address = UInt(bitPattern: multi)
    state.withLock { $0.multi = address }
  }
}
