import Conversation
import Language

/// What stands behind `/draw`, `/redraw` and `/again`: options as `iris draw` has them, then the prompt,
/// in which `@2` names picture 2.
struct DrawLine: Equatable {
  /// Why a line cannot be read.
  enum Problem: Error, Equatable {
    case unknownOption(String)
    case missingValue(String)
    case badValue(option: String, value: String)

    var phrase: Phrase {
      switch self {
      case .unknownOption(let name):
        say("/draw has no option \(name). It has: \(DrawLine.options.joined(separator: ", ")).")
      case .missingValue(let name): say("\(name) wants a value behind it, like \(name) low.")
      case .badValue("--size", let value):
        say("\(value) is no size: write it like 1536x1024, 3:2 or auto.")
      case .badValue("-n", let value):
        say("-n takes a whole number from 1 to \(Drawing.largestCount), not \(value).")
      case .badValue(let option, let value):
        say("\(option) takes a whole number, not \(value).")
      }
    }
  }

  static let options = [
    "--model", "--size", "--quality", "--style", "--background", "--seed", "--each", "-n",
  ]

  var model: String?
  var size: Drawing.Size?
  var quality: String?
  var style: String?
  var background: String?
  var seed: Int64?
  var looks: [String]?
  var count: Int?
  /// The prompt as it was typed, with its `@2`.
  var prompt = ""
  /// The numbers behind the `@` of the prompt, each once, in their order.
  var references: [Int] = []

  /// A line without options, and without a prompt.
  init() {}

  /// Reads a line, without the command's name.
  init(_ text: String) throws(Problem) {
    var rest = text.trimmed
    while rest.hasPrefix("-"), let name = rest.split(whereSeparator: \.isWhitespace).first {
      let option = name == "-m" ? "--model" : String(name)
      guard Self.options.contains(option) else { throw .unknownOption(option) }
      let tail = String(rest.dropFirst(name.count)).trimmed
      let value = ArgumentWords(tail, atMost: 1)
      guard let word = value.words.first, let end = value.ends.first else {
        throw .missingValue(option)
      }
      try set(option, to: word)
      rest = String(decoding: tail.utf8.dropFirst(end), as: UTF8.self).trimmed
    }
    prompt = rest
    for reference in PictureMention.all(in: rest) where !references.contains(reference.number) {
      references.append(reference.number)
    }
  }

  /// The prompt as a model understands it: each `@2` as “image 1”, by the picture's place in the request,
  /// where so many others stand before the first that is mentioned.
  func prompt(behind count: Int) -> String {
    PictureMention.all(in: prompt).reversed().reduce(into: prompt) { text, mention in
      guard let place = references.firstIndex(of: mention.number) else { return }
      let (before, after) = (text[..<mention.range.lowerBound], text[mention.range.upperBound...])
      // Chinese stands beside it without a blank.
      let words = [
        before.last?.isLetter == true ? " " : "", "image \(count + place + 1)",
        after.first?.isLetter == true ? " " : "",
      ]
      text.replaceSubrange(mention.range, with: words.joined())
    }
  }

  private mutating func set(_ option: String, to value: String) throws(Problem) {
    switch option {
    case "--model": model = value
    case "--quality": quality = value
    case "--style": style = value
    case "--background": background = value
    case "--each": looks = Drawing.looks(value)
    case "--size":
      guard let read = Drawing.Size(value) else { throw .badValue(option: option, value: value) }
      size = read
    case "--seed":
      guard let read = Int64(value) else { throw .badValue(option: option, value: value) }
      seed = read
    default:
      guard let read = Int(value), 1...Drawing.largestCount ~= read else {
        throw .badValue(option: option, value: value)
      }
      count = read
    }
  }

  /// Whether any setting is named.
  var hasSettings: Bool {
    model != nil || size != nil || quality != nil || style != nil || background != nil
      || seed != nil || looks != nil || count != nil
  }

  /// A drawing with the settings that are named over its own.
  func over(_ drawing: Drawing) -> Drawing {
    var result = drawing
    result.model = model ?? drawing.model
    result.size = size ?? drawing.size
    result.quality = quality ?? drawing.quality
    result.style = style ?? drawing.style
    result.background = background ?? drawing.background
    result.seed = seed ?? drawing.seed
    result.looks = looks ?? drawing.looks
    result.count = count ?? drawing.count
    return result
  }
}

/// A picture that a prompt mentions, as `@2`.
private struct PictureMention {
  var number: Int
  var range: Range<String.Index>

  /// The mentions of a text, in their order: an `@` and a number that no letter, digit or sign of an
  /// address touches.
  static func all(in text: String) -> [PictureMention] {
    var mentions: [PictureMention] = []
    var rest = text[...]
    while let sign = rest.firstIndex(of: "@") {
      let digits = text[text.index(after: sign)...].prefix { "0"..."9" ~= $0 }
      rest = text[digits.endIndex...]
      let before = text[..<sign].last
      guard before.map({ !$0.joinsWords }) ?? true, rest.first.map({ !$0.joinsWords }) ?? true,
        let number = Int(typed: digits)
      else { continue }
      mentions.append(PictureMention(number: number, range: sign..<digits.endIndex))
    }
    return mentions
  }
}

extension Character {
  /// Whether it goes on with a Latin word or an address that it stands beside.
  fileprivate var joinsWords: Bool {
    isASCII && (isLetter || isNumber || self == "_" || self == "@")
  }
}

extension Drawing {
  /// The line that asks for it, as it is typed.
  func commandLine(_ prompt: String, command: CommandName = .draw) -> String {
    guard varied == nil else { return "/" + CommandName.redraw.rawValue }
    let settings: [(String, String?)] = [
      ("--model", model), ("--size", size == .auto ? nil : size.description),
      ("--quality", quality), ("--style", style), ("--background", background),
      ("--seed", seed.map { "\($0)" }), ("-n", count == 1 ? nil : "\(count)"),
      ("--each", looks.isEmpty ? nil : ArgumentWords.quoted(looks.joined(separator: ", "))),
    ]
    let words = settings.compactMap { name, value in value.map { "\(name) \($0)" } }
    return (["/" + command.rawValue] + words + [prompt]).joined(separator: " ")
  }
}
