/// What is said when: the cues of a SubRip or WebVTT file.
package struct Subtitles: Equatable, Sendable {
  /// One text and its time, in seconds from the start.
  package struct Cue: Equatable, Sendable {
    package var start: Double
    package var end: Double
    package var text: String

    package init(start: Double, end: Double, text: String) {
      (self.start, self.end, self.text) = (start, end, text)
    }
  }

  package var cues: [Cue] = []

  package init(cues: [Cue] = []) { self.cues = cues }

  /// Reads SubRip (`00:00:02,500 --> 00:00:04,000`) or WebVTT (W3C WebVTT §4): what is no cue is passed.
  package init(parsing text: String) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var cue: Cue?
    for line in lines {
      if let times = Self.times(line) {
        if let cue { cues.append(cue) }
        cue = Cue(start: times.start, end: times.end, text: "")
      } else if line.allSatisfy(\.isWhitespace) {
        if let whole = cue { cues.append(whole) }
        cue = nil
      } else if let begun = cue {
        cue?.text = begun.text + (begun.text.isEmpty ? "" : "\n") + String(line)
      }
    }
    if let cue { cues.append(cue) }
  }

  /// The words of a file of subtitles whose times cannot be used, without them and the cues' numbers; any other
  /// text as it is.
  package static func words(of text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let isTime = lines.map { $0.contains("-->") }
    guard isTime.contains(true) else { return text }
    return lines.indices.filter { index in
      let isNumber = lines[index].allSatisfy(\.isNumber) && isTime[(index + 1)...].first == true
      return !isTime[index] && !isNumber && !lines[index].hasPrefix("WEBVTT")
    }
    .map { lines[$0] }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Shares the time out among the sentences of a text by their lengths: an estimate.
  package init(estimatedFor text: String, from start: Double, seconds: Double) {
    let sentences = SpokenPieces.sentences(of: text)
    let all = Double(max(1, text.count))
    var position = start
    for sentence in sentences {
      let end = position + seconds * Double(sentence.count) / all
      let words = sentence.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if !words.isEmpty { cues.append(Cue(start: position, end: end, text: words)) }
      position = end
    }
  }

  /// The same, so many seconds later.
  package func delayed(by seconds: Double) -> Subtitles {
    Subtitles(
      cues: cues.map { Cue(start: $0.start + seconds, end: $0.end + seconds, text: $0.text) })
  }

  /// The file of that shape, or what stands in it behind so many titles.
  package func text(as shape: TranscriptionRequest.Shape, behind count: Int? = nil) -> String {
    let isVTT = shape == .vtt
    return (isVTT && count == nil ? "WEBVTT\n\n" : "")
      + cues.enumerated().map { number, cue in
        let mark = isVTT ? "." : ","
        let times = "\(Self.time(cue.start, mark)) --> \(Self.time(cue.end, mark))"
        return (isVTT ? "" : "\((count ?? 0) + number + 1)\n") + times + "\n" + cue.text + "\n\n"
      }.joined()
  }

  private static func times(_ line: Substring) -> (start: Double, end: Double)? {
    guard let arrow = line.firstRange(of: "-->") else { return nil }
    let end = line[arrow.upperBound...].split(separator: " ").first ?? ""
    guard let start = seconds(line[..<arrow.lowerBound]), let end = seconds(end) else { return nil }
    return (start, end)
  }

  /// `01:02:03,456`, or without hours.
  private static func seconds(_ text: Substring) -> Double? {
    let plain = text.filter { !$0.isWhitespace }.map { $0 == "," ? "." : $0 }
    let parts = String(plain).split(separator: ":").map { Double($0) }
    guard (2...3).contains(parts.count), !parts.contains(nil) else { return nil }
    return SoundLength.seconds(parts.reduce(0) { $0 * 60 + ($1 ?? 0) })
  }

  private static func time(_ seconds: Double, _ mark: String) -> String {
    let all = Int((max(0, seconds) * 1000).rounded())
    func padded(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let parts = [all / 3_600_000, all / 60_000 % 60, all / 1000 % 60].map { padded($0, 2) }
    return parts.joined(separator: ":") + mark + padded(all % 1000, 3)
  }
}
