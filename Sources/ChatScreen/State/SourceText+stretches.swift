import ChatEngine
import Screen

/// Lines as the screen cuts them where they are very long.
extension SourceText {
  /// The stretch of a line that holds a place.
  func stretch(at offset: Int) -> Range<Int> {
    let line = lineStart(of: offset)..<lineEnd(of: offset)
    let text = text(in: line)
    var start = text.startIndex
    var first = line.lowerBound
    while let cut = LongLine.cut(text[start...]) {
      let end = first + text.utf8.distance(from: start, to: cut)
      guard end <= offset else { return first..<end }
      (start, first) = (cut, end)
    }
    return first..<line.upperBound
  }

  /// A place in the stretch below; nil in the last one.
  func stretch(below offset: Int) -> Int? {
    let end = stretch(at: offset).upperBound
    return end < lineEnd(of: offset) ? end : nextLine(offset)
  }

  /// A place in the stretch above; nil in the first one.
  func stretch(above offset: Int) -> Int? {
    let start = stretch(at: offset).lowerBound
    return start > 0 ? start - 1 : nil
  }
}
