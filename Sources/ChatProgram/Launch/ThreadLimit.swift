#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether the system lets the process have the threads that it works with.
///
/// libdispatch starts most of them; where it gets none it tries again each second, for ever and without a
/// word (`_dispatch_root_queue_poke_slow` in its `src/queue.c`), and so would every call.
package enum ThreadLimit {
  /// Threads that work at once: four for tasks, and one each for the store, its copy, libcurl and signals.
  private static let needed = 8
  /// Limits above are not looked at: nobody is near them.
  private static let roomyProcessCount: rlim_t = 8_192

  /// Starts so many threads where something limits them, and ends them.
  package static var isSufficient: Bool { !isLimited || canStart(needed) }

  #if canImport(Glibc)
    /// Whether processes, memory or the cgroup's tasks are limited (getrlimit(2); cgroup v2, `pids.max`).
    private static var isLimited: Bool {
      if limit(__RLIMIT_NPROC) < roomyProcessCount || limit(RLIMIT_AS) < rlim_t.max { return true }
      guard let file = fopen("/sys/fs/cgroup/pids.max", "re") else { return false }
      defer { fclose(file) }
      return fgetc(file) != Int32(UInt8(ascii: "m"))
    }

    private static func limit(_ kind: __rlimit_resource) -> rlim_t {
      var limits = rlimit()
      let isKnown = getrlimit(__rlimit_resource_t(kind.rawValue), &limits) == 0
      return isKnown ? limits.rlim_cur : .max
    }

    private static func canStart(_ count: Int) -> Bool {
      var gate: [Int32] = [-1, -1]
      // Nothing is started yet that could inherit it.
      guard pipe(&gate) == 0 else { return true }
      var threads: [pthread_t] = []
      while threads.count < count {
        var thread = pthread_t()
        let place = UnsafeMutableRawPointer(bitPattern: Int(gate[0]) + 1)
        guard pthread_create(&thread, nil, waitAtGate, place) == 0 else { break }
        threads.append(thread)
      }
      close(gate[1])
      for thread in threads { pthread_join(thread, nil) }
      close(gate[0])
      return threads.count == count
    }
  #else
    private static var isLimited: Bool { false }

    private static func canStart(_ count: Int) -> Bool { true }
  #endif
}

#if canImport(Glibc)
  /// Ends once the pipe that begins at `gate` is closed, so that all threads are there at the same time; the
  /// descriptor's successor stands for it, since a pointer is never 0.
  private func waitAtGate(_ gate: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    var byte: UInt8 = 0
    _ = read(Int32(truncatingIfNeeded: Int(bitPattern: gate) - 1), &byte, 1)
    return nil
  }
#endif
