/// When servers take the next request, by what their last answers said.
///
/// Kept by server and model, in seconds since 1970 and in memory alone: a limit is over within
/// minutes. A value; the client guards it.
struct RateLimits: Sendable {
  /// The longest wait that is kept to: beyond it the server is asked, and may refuse.
  static let longestWait = Duration.seconds(120)

  private var openings: [String: Int64] = [:]

  /// Notes what the head of an answer says of the next request of `account`.
  mutating func record(_ head: ResponseHead, of account: String, now: Int64) {
    guard let wait = head.waitUntilReset(now: now), wait >= .seconds(1) else {
      openings[account] = nil
      return
    }
    openings[account] = now + wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0)
  }

  /// How long to wait before the next request of `account`; nil where it may go at once.
  func wait(before account: String, now: Int64) -> Duration? {
    guard let opening = openings[account], opening > now else { return nil }
    let wait = Duration.seconds(opening - now)
    return wait <= Self.longestWait ? wait : nil
  }
}

extension ResponseHead {
  /// How long until more is allowed of what is used up: requests or tokens, in the headers of OpenAI
  /// and Groq (`x-ratelimit-remaining-requests`, `x-ratelimit-reset-requests`), or without a kind, as
  /// OpenRouter and the draft standard have them (draft-ietf-httpapi-ratelimit-headers-06, `ratelimit-reset`).
  ///
  /// Nil where something is left of all, or nothing is said. Of several the longest counts.
  func waitUntilReset(now: Int64) -> Duration? {
    let kinds = ["x-ratelimit", "ratelimit"].flatMap { prefix in
      ["-requests", "-tokens", ""].map { (prefix + "-remaining" + $0, prefix + "-reset" + $0) }
    }
    return kinds.compactMap { remaining, reset -> Duration? in
      guard headers[remaining].flatMap(Double.init) == 0 else { return nil }
      return headers[reset].flatMap { Duration(reset: $0, now: now) }
    }.max()
  }
}

extension Duration {
  /// Reads the time of a reset: a duration as Go writes it (`2m59.56s`, `120ms`), or a number, which is
  /// one of seconds, or the time itself since 1970 in seconds or milliseconds where it is so large.
  ///
  /// Nil for anything else, and for a time that is over.
  init?(reset text: String, now: Int64) {
    let seconds: Double?
    if let number = Double(text) {
      switch number {
      case 1e12...: seconds = number / 1000 - Double(now)
      case 1e9..<1e12: seconds = number - Double(now)
      default: seconds = number
      }
    } else {
      seconds = Self.seconds(inGoDuration: text)
    }
    guard let seconds, seconds > 0, seconds < 1e9 else { return nil }
    self = .milliseconds(Int64((seconds * 1000).rounded()))
  }

  /// The seconds that numbers with units say; nil where any of it is none (Go, `time.ParseDuration`).
  private static func seconds(inGoDuration text: String) -> Double? {
    let units = ["h": 3600.0, "m": 60, "s": 1, "ms": 0.001, "us": 1e-6, "µs": 1e-6, "ns": 1e-9]
    var rest = text[...]
    var sum = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest[number.endIndex...]
      let unit = rest.prefix { $0.isLetter }
      rest = rest[unit.endIndex...]
      guard let number = Double(number), let scale = units[String(unit)] else { return nil }
      sum += number * scale
    }
    return text.isEmpty ? nil : sum
  }
}
