import Conversation
import FoundationEssentials
import Language
import Screen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a call prints of a list: JSON, rows for a script, or a table for a person.
enum CallOutput {
  /// Prints a value as JSON on lines, its names sorted, so that two runs can be compared.
  static func write(json value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    // Only a number that is not finite cannot be encoded, and these lists have none.
    guard let data = try? encoder.encode(value) else { return }
    StandardOutput.write(String(decoding: data, as: UTF8.self) + "\n")
  }

  /// Says on standard error that a list is empty, and what puts something there: a person sees no
  /// difference between that and a failure, and a script reads standard output alone.
  static func tellEmpty(_ isEmpty: Bool, _ phrase: Phrase, in language: Language) {
    if isEmpty { StandardError.say(phrase, in: language) }
  }

  /// Prints rows of fields: parted by tabs, and without the head, for a script (unless `hasHead`, in
  /// English, so that a script reads the same names everywhere); in columns below the head on a
  /// terminal, where the first column gives way.
  static func write(
    head: [Phrase], in language: Language, hasHead: Bool = false, _ rows: [[String]]
  ) {
    guard StandardOutput.isTerminal, !rows.isEmpty else {
      for row in (hasHead ? [head.map { $0.text() }] : []) + rows {
        let line = row.map(\.sanitised).joined(separator: "\t")
        guard StandardOutput.write(line + "\n") else { return }
      }
      return
    }
    let table = ColumnTable(
      [head.map { $0.text(in: language) }] + rows, columns: StandardOutput.columns ?? 80)
    StandardOutput.write(table.lines.map { $0 + "\n" }.joined())
  }
}

extension CallOutput {
  /// The seconds since 1970 up to the year 9999, which a calendar has four digits for.
  private static let datedSeconds: ClosedRange<Int64> = 0...253_402_300_799

  /// A time in a field: for a person day and minute in the machine's time zone; for a script ISO 8601,
  /// in UTC.
  static func field(_ time: Timestamp) -> String {
    let bounds = datedSeconds
    var seconds = time_t(
      min(max(time.milliseconds / 1000, bounds.lowerBound), bounds.upperBound))
    guard StandardOutput.isTerminal else {
      return Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
    var parts = tm()
    localtime_r(&seconds, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M", &parts)
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Rows of fields in columns that are as wide as their widest field, by cells.
struct ColumnTable {
  /// The narrowest that the first column is made, so that a row fits.
  private static let leastColumns = 12
  private static let gap = "  "

  let lines: [String]

  /// Lays rows of equally many fields out in so many columns.
  init(_ rows: [[String]], columns: Int) {
    let cells = rows.map { $0.map { Cell.cells(of: $0) } }
    var widths = (0..<(rows.first?.count ?? 0)).map { index in
      cells.map { $0[index].count }.max() ?? 0
    }
    let total = widths.reduce(0, +) + Self.gap.count * max(0, widths.count - 1)
    if total > columns, !widths.isEmpty {
      widths[0] = max(Self.leastColumns, widths[0] - (total - columns))
    }
    lines = cells.map { row in
      let fields = zip(row, widths).map { Self.field($0, width: $1) }
      var line = fields.joined(separator: Self.gap)
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  private static func field(_ cells: [Cell], width: Int) -> String {
    guard cells.count > width else {
      return cells.text + String(repeating: " ", count: width - cells.count)
    }
    var kept = cells.prefix(max(0, width - 1))
    // Half a wide character is none.
    if let last = kept.last, last.width == 2 { kept = kept.dropLast() }
    return kept.text + "…" + String(repeating: " ", count: width - 1 - kept.count)
  }
}
