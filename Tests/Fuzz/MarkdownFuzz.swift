import Markdown

/// Reads any text as Markdown, in parts and whole: both give the same blocks, and no code is lost to
/// the highlighter.
///
/// What is shown of a part has no letter that was not written. The first byte says how long the parts are. A difference traps; so does what takes too long.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  guard let first = bytes.first else { return 0 }
  let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
  var document = MarkdownDocument()
  var rest = text.unicodeScalars[...]
  // Not so many parts that reading each takes longer than the fuzzer waits.
  let length = 1 + max(Int(first & 0x7F), text.utf8.count / 128)
  while !rest.isEmpty {
    let part = rest.prefix(length)
    document.append(String(part))
    if first & 0x80 == 0 {
      document.refresh()
      check(document.open.last)
    }
    rest = rest.dropFirst(part.count)
  }
  document.finish()
  let whole = MarkdownDocument(text)
  precondition(document.blocks == whole.blocks, "the parts are not the whole")
  for code in whole.codePlaces.map(\.code) {
    var highlighter = CodeHighlighter(language: code.language)
    for line in code.lines {
      let runs = highlighter.highlight(line: line)
      precondition(runs.map(\.text).joined() == line, "a line lost text")
    }
  }
  return 0
}

private func check(_ last: Block?) {
  guard let last, case .paragraph(let written) = last.content,
    case .paragraph(let shown) = last.optimisticallyClosed.content
  else { return }
  var letters = written.text.unicodeScalars[...]
  for letter in shown.text.unicodeScalars where letter.properties.isAlphabetic {
    guard let place = letters.firstIndex(of: letter) else {
      preconditionFailure("a letter was not written")
    }
    letters = letters[place...].dropFirst()
  }
}
