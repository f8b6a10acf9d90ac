import Synchronization

/// The secrets that this process has come to know: keys, configured headers, passwords of proxies.
///
/// Whoever reads a secret adds it before using it; whoever puts text out redacts it by
/// ``redaction`` last. May be used from any thread.
package final class KnownSecrets: Sendable {
  /// The one that every output of the process looks at.
  package static let ofProcess = KnownSecrets()

  private let known = Mutex(Redaction())

  package init() {}

  package func add(_ secret: Secret) { known.withLock { $0.add(secret) } }

  /// What takes all of them out of text.
  package var redaction: Redaction { known.withLock { $0 } }
}
