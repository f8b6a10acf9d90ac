import Conversation
import FoundationEssentials
import JSON

extension Timestamp {
  /// A time that another program wrote: seconds or milliseconds since 1970, or ISO 8601, with or without
  /// a zone; nil for anything else.
  ///
  /// A number beyond the year 5000 in seconds is one of milliseconds. A time without a zone is read as
  /// UTC.
  init?(imported value: JSONValue?) {
    switch value {
    case .number(let text)?:
      guard let number = Double(text) else { return nil }
      self.init(seconds: number > 1e11 ? number / 1000 : number)
    case .string(let text)?:
      guard let seconds = Self.seconds(ofISO8601: text) else { return nil }
      self.init(seconds: seconds)
    default: return nil
    }
  }

  private static func seconds(ofISO8601 text: String) -> Double? {
    let text = text.replacing(" ", with: "T")
    let clock = text.split(separator: "T").last.map(String.init) ?? ""
    let hasZone = clock.contains("Z") || clock.contains("+") || clock.contains("-")
    let zoned = hasZone ? text : text + "Z"
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: zoned.contains("."))
    return (try? style.parse(zoned))?.timeIntervalSince1970
  }
}
