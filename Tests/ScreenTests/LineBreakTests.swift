import Screen
import Testing

/// Rows end where Unicode's own tests of line breaking allow it (UAX #14), but for what a terminal wants
/// otherwise.
@Suite struct LineBreakTests {
  /// A place where rows are cut otherwise than the tests have it, by the reason.
  private enum Tailoring: String, CaseIterable {
    /// The spaces that begin a line stay with its first word: no row holds nothing but them.
    case indentation
    /// Paths, options and numbers begin words (`find .com`, `cd /usr`), where LB13 holds `.` and `/` back.
    case stopBehindSpace
    /// LB20a of Unicode 16: the hyphen of `-o` stays with its letter.
    case hyphenOfWord
    /// LB21a: Hebrew is no class of its own.
    case hyphenInHebrew
    /// LB25, LB29: `.5`, `1/2` and `/usr` stay whole, which the tests' rule for numbers parts.
    case stopInWord
    /// LB25 as its pairs say it: `$(`, `\(`, `)%`, which the tests' rule for numbers parts.
    case signOfNumber
    /// LB15, which Unicode 15.1 took back: an opening bracket behind a quote and spaces.
    case bracketBehindQuote
    /// LB20: U+FFFC stands for nothing on a screen, and is a sign as any other.
    case object
    /// LB26: the letters of a syllable of old Hangul; that of today has a character for each.
    case oldHangul
    /// LB10: a mark on a space is drawn there, and the space stays one.
    case markOnSpace
  }

  /// A place between two characters of a text.
  private struct Place {
    /// The characters before it that are no marks, and the one behind it.
    let before: [Unicode.Scalar]
    let next: Unicode.Scalar
    let hasMarkOnSpace: Bool
    let mayBreak: Bool

    private static let stops: Set<Unicode.Scalar> = [",", ".", "/"]

    var tailoring: Tailoring? {
      guard let last = before.last else { return nil }
      let words = before.filter { $0 != " " }
      if words.isEmpty { return .indentation }
      if hasMarkOnSpace { return .markOnSpace }
      if last == "\u{FFFC}" || next == "\u{FFFC}" { return .object }
      if mayBreak { return tailoringOfWhole(last) }
      if last == " ", Self.stops.contains(next) { return .stopBehindSpace }
      if last == " ", words.last == "\"" || words.last == "«" { return .bracketBehindQuote }
      if last == "-", next == "\u{5D0}" { return .hyphenInHebrew }
      return last == "\u{1100}" ? .oldHangul : nil
    }

    /// Why the tests allow a break where there is none here.
    private func tailoringOfWhole(_ last: Unicode.Scalar) -> Tailoring? {
      let isFirst = before.count == 1 || before[before.count - 2] == " "
      if last == "-", isFirst { return .hyphenOfWord }
      if Self.stops.contains(last) { return .stopInWord }
      if ["$", "%", "\\", ")", "}"].contains(last), ["(", "{", "$", "%"].contains(next) {
        return .signOfNumber
      }
      return nil
    }
  }

  /// A text of the table, and where it may be broken.
  private struct Sample {
    var scalars: [Unicode.Scalar] = []
    /// Whether a break may stand before each of the scalars.
    var breaks: [Bool] = []

    var text: String { String(String.UnicodeScalarView(scalars)) }

    init(marked text: String) {
      var mayBreak = false
      for scalar in text.unicodeScalars {
        if scalar == "÷" {
          mayBreak = true
        } else {
          add(scalar, mayBreak)
          mayBreak = false
        }
      }
    }

    init(_ first: Unicode.Scalar, _ between: String, _ last: Unicode.Scalar, breaks digit: Int) {
      add(first, false)
      for (place, scalar) in (Array(between.unicodeScalars) + [last]).enumerated() {
        add(scalar, digit >> place & 1 == 1)
      }
    }

    private mutating func add(_ scalar: Unicode.Scalar, _ mayBreak: Bool) {
      scalars.append(scalar)
      breaks.append(mayBreak)
    }

    /// The places that a row is, or is not, ended at otherwise than the table has it, and how many were
    /// compared.
    var differences: (places: [Place], compared: Int) {
      let ours = Set(Cell.cells(of: text).lineBreaks)
      var places: [Place] = []
      var compared = 0
      for index in scalars.indices.dropFirst() {
        let start = Cell.cells(of: String(String.UnicodeScalarView(scalars[..<index]))).count
        let end = Cell.cells(of: String(String.UnicodeScalarView(scalars[...index]))).count
        // A mark has no cell of its own.
        guard start < end else { continue }
        compared += 1
        if ours.contains(start) != breaks[index] { places.append(place(before: index)) }
      }
      return (places, compared)
    }

    private func place(before index: Int) -> Place {
      let marked = scalars[..<index].indices.contains {
        scalars[$0] == " " && scalars[$0 + 1] == "\u{308}"
      }
      return Place(
        before: scalars[..<index].filter { $0 != "\u{308}" }, next: scalars[index],
        hasMarkOnSpace: marked, mayBreak: breaks[index])
    }
  }

  private static var samples: [Sample] {
    let table = LineBreakTable.self
    var samples = table.sentences.map(Sample.init(marked:))
    for (between, rows) in zip(table.betweens, table.pairs) {
      for (first, row) in zip(table.samples, rows) {
        for (last, digit) in zip(table.samples, row) {
          samples.append(Sample(first, between, last, breaks: Int(String(digit), radix: 8) ?? 0))
        }
      }
    }
    return samples
  }

  @Test func `Rows end where Unicode allows it, but for the tailorings that are named`() {
    var compared = 0
    var reasons: Set<Tailoring> = []
    for sample in Self.samples {
      #expect(Cell.cells(of: sample.text).text == sample.text, "\(sample.text) is shown otherwise")
      let differences = sample.differences
      compared += differences.compared
      for place in differences.places {
        guard let reason = place.tailoring else {
          Issue.record("\(sample.text.debugDescription) before \(place.next)")
          continue
        }
        reasons.insert(reason)
      }
    }
    #expect(compared > 7000)
    #expect(Set(Tailoring.allCases).subtracting(reasons) == [], "a tailoring that nothing shows")
  }

  @Test func `The table has a digit for each pair`() {
    let count = LineBreakTable.samples.count
    #expect(LineBreakTable.pairs.map(\.count) == LineBreakTable.betweens.map { _ in count })
    #expect(LineBreakTable.pairs.joined().allSatisfy { $0.count == count })
  }
}
