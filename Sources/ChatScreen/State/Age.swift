import ChatEngine
import Conversation
import Language

/// How long ago something was, as a list shows it: `now`, `5 min`, `3 h`, `12 d`, `7 mo`, `2 y`.
struct Age {
  private let minutes: Int64

  /// A time that lies ahead, by a clock that was set back, counts as now.
  init(of time: Timestamp, at now: Timestamp) {
    minutes = max(0, now.milliseconds - time.milliseconds) / 60_000
  }

  var phrase: Phrase {
    switch minutes {
    case 0: say("now")
    case ..<60: say("\(minutes) min")
    case ..<1440: say("\(minutes / 60) h")
    case ..<86_400: say("\(minutes / 1440) d")
    case ..<525_600: say("\(minutes / 43_200) mo")
    default: say("\(minutes / 525_600) y")
    }
  }
}
