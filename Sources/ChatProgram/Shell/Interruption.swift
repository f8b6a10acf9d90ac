import Dispatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C and a closed pipe, for calls that print: the first is told, the second shows as a failed
/// write.
struct Interruption {
  private let source: any DispatchSourceSignal

  /// From now on neither signal ends the program by itself; `body` runs at every Ctrl-C, on
  /// another thread.
  init(_ body: @escaping @Sendable () -> Void) {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGINT, SIG_IGN)
    let queue = DispatchQueue(label: "iris.interruption")
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: queue)
    source.setEventHandler(handler: body)
    source.resume()
  }

  func end() { source.cancel() }
}
