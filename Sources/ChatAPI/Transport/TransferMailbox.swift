import CCurl
import Synchronization

/// What the curl thread is asked to do, put by any task and taken by the thread.
final class TransferMailbox: Sendable {
  enum Command: Sendable {
    case start(TransferRequest, TransferPipe)
    /// Goes on with the paused transfer of a pipe.
    case resume(ObjectIdentifier)
    /// Closes the connection of a pipe's transfer, where it still runs.
    case stop(ObjectIdentifier)
    /// Lets a pipe's transfer come to its end unread, so that its connection can be used again.
    case drain(ObjectIdentifier)
    /// Ends a pipe's transfer after so long, in place of what was ordered so before.
    case endWithin(Duration, ObjectIdentifier)
    /// Closes everything and ends the thread.
    case quit
  }

  private struct State {
    var commands: [Command] = []
    /// The address of the multi handle to wake, while the thread polls; 0 otherwise.
    ///
    /// A number, since pointers cannot be sent; `curl_multi_wakeup` is the one call that libcurl
    /// allows from any thread (libcurl-multi, curl_multi_wakeup).
    var multi: UInt = 0
  }

  private let state = Mutex(State())

  func post(_ command: Command) {
    state.withLock { state in
      state.commands.append(command)
      if let multi = UnsafeMutableRawPointer(bitPattern: state.multi) {
        _ = ccurl_multi_wakeup(multi)
      }
    }
  }

  func takeAll() -> [Command] {
    state.withLock { state in
      defer { state.commands = [] }
      return state.commands
    }
  }

  /// Names the multi handle to wake, nil before it is freed; tells whether an command waits already.
  @discardableResult
  func setWakened(_ multi: UnsafeMutableRawPointer?) -> Bool {
    let address = UInt(bitPattern: multi)
    return state.withLock { state in
      state.multi = address
      return !state.commands.isEmpty
    }
  }
}
