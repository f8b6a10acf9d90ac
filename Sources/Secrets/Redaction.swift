import JSON

/// Takes secrets out of text: each of them whole, in half, and in every spelling that
/// ``NormalForm`` undoes, and in base64.
///
/// A run of at least half a secret's length, and never more than 16 characters, is as good as the
/// secret to who knows where it came from, so it goes too. A secret of fewer than eight characters
/// (`ollama`, `none`) could be any word, and well-known placeholders (`lm-studio`) are words of
/// documentation: neither is taken out. Linear in the text, whatever that is.
package struct Redaction: Sendable {
  /// What stands in the place of a secret.
  static let mark = "…"
  /// The letters by which places of secrets are found: one look at a machine word each.
  private static let gramLength = 8
  /// Keys that documentations tell people to give to servers which want none.
  private static let placeholders: Set<String> = [
    "lm-studio", "not-needed", "notneeded", "no-key-required", "sk-no-key-required", "placeholder",
    "undefined", "sk-xxxxxxxx", "your-api-key", "your_api_key", "anything", "localhost",
  ]

  /// One spelling of a secret in normal form.
  private struct Pattern: Hashable {
    var bytes: [UInt8]
    /// The shortest run of it that is taken out.
    var shortestRun: Int
  }

  private struct Place {
    var pattern: Int
    var offset: Int
  }

  private var patterns: [Pattern] = []
  private var places: [UInt64: [Place]] = [:]
  /// A bit for each place's word, by its lowest bits: keeps most words from being looked up.
  private var filter = [Bool](repeating: false, count: 4096)

  package init() {}

  package init(_ secrets: some Sequence<Secret>) {
    for secret in secrets { add(secret) }
  }

  package var isEmpty: Bool { patterns.isEmpty }

  /// Knows one secret more.
  package mutating func add(_ secret: Secret) {
    let text = secret.reveal()
    guard !Self.placeholders.contains(text.lowercased()) else { return }
    let bytes = Array(text.utf8)
    let plain = NormalForm.bytes(of: text)
    guard plain.count >= Self.gramLength else { return }
    let spellings = [plain] + (0..<3).map { Self.base64(bytes, at: $0) }
    for spelling in spellings { add(spelling) }
  }

  private mutating func add(_ bytes: [UInt8]) {
    let half = max(Self.gramLength, min(16, bytes.count / 2))
    let pattern = Pattern(bytes: bytes, shortestRun: bytes.count < 16 ? bytes.count : half)
    guard bytes.count >= Self.gramLength, !patterns.contains(pattern) else { return }
    patterns.append(pattern)
    for offset in 0...(bytes.count - Self.gramLength) {
      let word = bytes[offset..<(offset + Self.gramLength)].reduce(0) { $0 << 8 | UInt64($1) }
      places[word, default: []].append(Place(pattern: patterns.count - 1, offset: offset))
      filter[Self.slot(of: word)] = true
    }
  }

  private static func slot(of word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 52)
  }

  /// The text without the secrets.
  package func redacting(_ text: String) -> String {
    guard !isEmpty else { return text }
    var text = text
    return text.withUTF8 { bytes in
      let findings = search(bytes, isWhole: true)
      return findings.runs.isEmpty ? nil : Self.text(bytes, without: findings)
    } ?? text
  }
}

// MARK: - Searching

extension Redaction {
  /// What a search has found.
  struct Findings {
    /// The ranges of bytes that are secrets, in order.
    var runs: [Range<Int>] = []
    /// Up to where the text is judged, in bytes.
    var judged: Int
  }

  /// The bytes that are judged, with a mark for each secret.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>, without findings: Findings) -> String {
    var result = ""
    var start = 0
    for run in findings.runs {
      result += String(decoding: bytes[start..<run.lowerBound], as: UTF8.self) + mark
      start = run.upperBound
    }
    return result + String(decoding: bytes[start..<max(start, findings.judged)], as: UTF8.self)
  }

  /// Finds the secrets; where more may follow (`isWhole` is false), the end that could be the
  /// beginning of one is left unjudged.
  func search(_ text: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Findings {
    let bytes = isWhole ? text : NormalForm.whole(text)
    var findings = Findings(judged: bytes.count)
    var form = NormalForm(bytes)
    var word: UInt64 = 0
    var starts = RecentStarts()
    while let unit = form.next() {
      word = word << 8 | UInt64(unit.byte)
      starts.append(unit.start)
      guard starts.count >= Self.gramLength, filter[Self.slot(of: word)],
        let places = places[word]
      else { continue }
      let match = longestMatch(at: places, behind: form, end: unit.end)
      if match.isOpen, !isWhole {
        findings.judged = starts.oldest
        return findings
      }
      guard let end = match.end else { continue }
      findings.runs.append(starts.oldest..<end)
      form = NormalForm(bytes, from: end)
      starts = RecentStarts()
    }
    if !isWhole { findings.judged = beginning(atEndOf: word, starts) ?? bytes.count }
    return findings
  }

  /// How many bytes at the start of `text` belong to a secret that begins in `before`, behind which it
  /// is read; nil where more must come to tell (`isWhole` is false).
  func lengthOfOpening(of text: String, behind before: String, isWhole: Bool) -> Int? {
    let start = before.utf8.count
    var joined = before + text
    return joined.withUTF8 { bytes in
      let findings = search(bytes, isWhole: isWhole)
      if let run = findings.runs.first(where: { $0.upperBound > start }) {
        return run.lowerBound < start ? run.upperBound - start : 0
      }
      return findings.judged < start ? nil : 0
    }
  }

  /// How far the longest secret goes of those that may stand here; `isOpen` where one goes on to the
  /// text's end, and could go on behind it.
  private func longestMatch(
    at places: [Place], behind form: NormalForm, end: Int
  ) -> (end: Int?, isOpen: Bool) {
    var result: Int?
    var isOpen = false
    for place in places {
      let pattern = patterns[place.pattern]
      var ahead = form
      var next = place.offset + Self.gramLength
      var last = end
      while next < pattern.bytes.count {
        guard let unit = ahead.next() else {
          isOpen = true
          break
        }
        guard unit.byte == pattern.bytes[next] else { break }
        next += 1
        last = unit.end
      }
      if next - place.offset >= pattern.shortestRun { result = max(result ?? 0, last) }
    }
    return (result, isOpen)
  }

  /// Where the longest end of the text starts that could be a secret's first letters.
  private func beginning(atEndOf word: UInt64, _ starts: RecentStarts) -> Int? {
    let most = min(starts.count, Self.gramLength - 1)
    let count = stride(from: most, to: 0, by: -1).first { count in
      patterns.contains { pattern in
        (0..<count).allSatisfy { index in
          pattern.bytes[index] == UInt8(truncatingIfNeeded: word >> UInt64(8 * (count - 1 - index)))
        }
      }
    }
    return count.map { starts.start(ofLast: $0) }
  }

  /// Where the last eight units began.
  private struct RecentStarts {
    private var ring = SIMD8<Int>(repeating: 0)
    private(set) var count = 0

    mutating func append(_ start: Int) {
      ring[count % 8] = start
      count += 1
    }

    var oldest: Int { start(ofLast: 8) }
    func start(ofLast number: Int) -> Int { ring[(count - number) % 8] }
  }
}

// MARK: - Spellings

extension Redaction {
  /// The letters of base64 (RFC 4648 §4) that say only these bytes, where `offset` others stand
  /// before them in a group of three, in normal form: as in `user:key` of Basic authentication.
  private static func base64(_ bytes: [UInt8], at offset: Int) -> [UInt8] {
    let letters = Base64.encoded([UInt8](repeating: 0, count: offset) + bytes)
    // The first letters say the bytes before as well; the last bits share a letter with what follows.
    let own = letters.prefix((offset + bytes.count) * 8 / 6).dropFirst(offset == 0 ? 0 : offset + 1)
    return NormalForm.bytes(of: String(decoding: own, as: UTF8.self))
  }
}
