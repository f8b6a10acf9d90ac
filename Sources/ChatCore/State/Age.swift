import Conversation

/// How long ago something was, as a list shows it: `now`, `5 min`, `3 h`, `12 d`, `7 mo`, `2 y`.
struct Age: CustomStringConvertible {
  private let minutes: Int64

  /// A time that lies ahead, by a clock that was set back, counts as now.
  init(of time: Timestamp, at now: Timestamp) {
    minutes = max(0, now.milliseconds - time.milliseconds) / 60_000
  }

  var description: String {
    switch minutes {
    case 0: "now"
    case ..<60: "\(minutes) min"
    case ..<1440: "\(minutes / 60) h"
    case ..<86_400: "\(minutes / 1440) d"
    case ..<525_600: "\(minutes / 43_200) mo"
    default: "\(minutes / 525_600) y"
    }
  }
}
