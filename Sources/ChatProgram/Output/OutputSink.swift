import Files
package import Language
import Screen
package import Secrets
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one way to standard output, or to standard error, for every byte that the program prints.
///
/// A sink takes the process's secrets out of each text, then prepares it for where it goes: a
/// terminal gets it without what would steer the terminal (``TerminalText``), a file or a pipe gets
/// the rest as it is. It remembers the first
/// write that failed, after which it writes nothing more; ``StandardOutput/settle(_:in:)`` tells
/// that once, at the program's end, so that no call can forget to. May be used from any thread.
package final class OutputSink: Sendable {
  /// Why a sink writes nothing more.
  package enum Failure: Error, Equatable, Sendable {
    /// The reader of the pipe has gone (`EPIPE`): usual, as in `iris list | head -1`.
    case readerGone
    /// The system refused the bytes; `code` is its `errno`.
    case unwritable(code: Int32)
  }

  private let descriptor: Int32
  private let secrets: KnownSecrets
  private let state = Mutex<Failure?>(nil)

  /// A sink that writes to an open descriptor, which stays the caller's.
  package init(descriptor: Int32, hiding secrets: KnownSecrets = .ofProcess) {
    self.descriptor = descriptor
    self.secrets = secrets
  }

  /// What takes the secrets out that are known by now.
  var redaction: Redaction { secrets.redaction }

  /// The first failure; nil while everything could be written.
  package var failure: Failure? { state.withLock { $0 } }

  /// Whether the bytes go to a terminal at this moment: standard error is a log while the screen
  /// is up.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes a whole text at once; false where it could not be, or an earlier one could not.
  @discardableResult
  package func write(_ text: String) -> Bool {
    write(redacted: redaction.redacting(text))
  }

  /// Begins a text whose pieces come one after the other, as a reply's do.
  package func stream() -> OutputStream { OutputStream(self) }

  /// Writes what has no secrets any more.
  func write(redacted text: String) -> Bool {
    write(prepared: isTerminal ? TerminalText.sanitised(text) : text)
  }

  /// Writes what is fit for where it goes already, with the sequences of its own.
  @discardableResult
  func write(prepared text: String) -> Bool {
    var text = text
    return state.withLock { failure in
      guard failure == nil else { return false }
      failure = text.withUTF8 { Self.write(UnsafeRawBufferPointer($0), to: descriptor) }
      return failure == nil
    }
  }

  /// Writes bytes that are no text, such as sound, as they are; false where they could not be.
  func write(bytes: [UInt8]) -> Bool {
    state.withLock { failure in
      guard failure == nil else { return false }
      failure = bytes.withUnsafeBytes { Self.write($0, to: descriptor) }
      return failure == nil
    }
  }

  /// Asks the file system whether it has taken the bytes: a full server of network files says so
  /// only when a descriptor is closed (close(2), "Dealing with error returns from close()").
  func confirm() {
    state.withLock { failure in
      guard failure == nil else { return }
      let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
      guard copy >= 0, close(copy) != 0, errno != EINTR else { return }
      failure = .unwritable(code: errno)
    }
  }

  /// Writes all of `bytes`, waiting while the other side is full; nil where that went well.
  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Failure? {
    var rest = bytes
    while !rest.isEmpty {
      let count = systemWrite(descriptor, rest.baseAddress, rest.count)
      if count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if count < 0, errno == EAGAIN {
        // Who shares the other end may have made it one that does not block (fcntl(2), O_NONBLOCK).
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, -1)
      } else if count == 0 || errno != EINTR {
        return count < 0 && errno == EPIPE ? .readerGone : .unwritable(code: errno)
      }
    }
    return nil
  }
}

extension OutputSink.Failure {
  /// What happened to standard output, and what to do next; nil where nobody needs to know.
  package var phrase: Phrase? {
    switch self {
    case .readerGone: nil
    case .unwritable(let code): Self.phrase(code)
    }
  }

  private static func phrase(_ code: Int32) -> Phrase {
    switch FileError.Shortage(code: code) {
    case .disk:
      say("The output is cut off: there is no space left. Make room, then run the command again.")
    case .quota:
      say(
        "The output is cut off: your disk quota is used up. Remove some files, then run the command again."
      )
    case .fileSize:
      say(
        "The output is cut off: files may not be larger here (ulimit -f). Raise that limit, then run the command again."
      )
    case nil: say("The output cannot be written (\(reason(code))). Send it to another file.")
    }
  }

  private static func reason(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}

// Its name is hidden where a type has a method of the same name.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, bytes, count)
}
