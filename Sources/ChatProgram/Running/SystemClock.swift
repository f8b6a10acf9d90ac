package import Conversation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The clocks and the randomness of this machine.
package enum SystemClock {
  /// This moment, with fresh random bits.
  package static func moment() -> Moment {
    Moment(timestamp: timestamp(), entropy: .random(in: .min ... .max), uptime: uptime())
  }

  package static func timestamp() -> Timestamp {
    Timestamp(milliseconds: milliseconds(of: CLOCK_REALTIME))
  }

  /// Milliseconds of a clock that never goes backwards.
  static func uptime() -> Int64 { milliseconds(of: CLOCK_MONOTONIC) }

  private static func milliseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
