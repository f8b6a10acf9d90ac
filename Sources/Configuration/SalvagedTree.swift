import Language
import Yams

/// The tree of a YAML text, without the entries that are not YAML.
///
/// The parser stops at the first mistake. So an entry that it stops at (a line, and what is
/// indented below it) is made blank and the text is parsed again; lines keep their numbers.
struct SalvagedTree {
  /// Nil for a text without any entry.
  private(set) var root: Node?
  private(set) var mistakes: [ConfigurationMistake] = []

  private var lines: [Substring]

  /// A text with more mistakes than this is no configuration, and nothing of it is used.
  private static let mostMistakes = 50

  init(yaml: String) {
    let text =
      yaml.unicodeScalars.first == "\u{FEFF}"
      ? yaml.unicodeScalars.dropFirst() : Substring(yaml).unicodeScalars
    lines = Substring(text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while mistakes.count < Self.mostMistakes {
      do {
        // Values are read by their letters: the rules that tell their types are regular expressions, which take
        // half a MiB and milliseconds at every start.
        root = try Yams.compose(yaml: lines.joined(separator: "\n"), .basic)
        return
      } catch {
        guard record(error) else { return }
      }
    }
  }

  /// Notes what the parser stopped at and blanks the entry; false when there is nothing to blank.
  private mutating func record(_ error: any Error) -> Bool {
    let error = error as? YamlError
    let stop = error?.place(in: lines) ?? Place(line: 1, column: 1)
    let bound = min(max(stop.line, 1), lines.count)
    guard let last = lines[..<bound].lastIndex(where: { !$0.isBlank }) else { return false }
    let index = error?.isMisplacedColon == true ? lineWithoutColon(above: last) ?? last : last
    let place = index == last ? stop : Place(line: index + 1, column: lines[index].indentation + 1)
    mistakes.append(
      ConfigurationMistake(
        line: place.line, column: place.column,
        problem: index == last ? problem(of: error, at: index) : Self.noColon))
    blankEntry(at: index)
    return true
  }

  private static var noColon: Phrase {
    say("this line has no colon, expected “name: value”; the entry is left out")
  }

  /// The line that the parser took for the beginning of the name on line `index`: `name = value`.
  private func lineWithoutColon(above index: Int) -> Int? {
    let run = lines[..<index].reversed().prefix { !$0.isBlank && !$0.contains(":") }
    return run.isEmpty ? nil : index - run.count
  }

  private func problem(of error: YamlError?, at index: Int) -> Phrase {
    if lines[index].prefix(while: \.isWhitespace).contains("\t") {
      return say("a tab indents this line, expected spaces; the entry is left out")
    }
    return error?.problem ?? say("this cannot be read, expected YAML; the entry is left out")
  }

  private mutating func blankEntry(at first: Int) {
    let depth = lines[first].indentation
    lines[first] = ""
    for index in lines.indices.dropFirst(first + 1) {
      guard lines[index].isBlank || lines[index].indentation > depth else { return }
      lines[index] = ""
    }
  }
}

/// A place in the text; both count from 1, columns in Unicode scalars.
struct Place {
  let line: Int
  let column: Int
}

extension YamlError {
  /// Where the mistake is: where an unfinished text or list began, else where the parser stopped.
  fileprivate func place(in lines: [Substring]) -> Place {
    switch self {
    case .scanner(let context, _, let mark, _):
      (context?.mark ?? mark).place
    case .parser(let context?, _, _, _) where context.text.contains("flow"):
      context.mark.place
    case .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.place
    case .duplicatedKeysInMapping(_, let context):
      context.mark.place
    case .reader(_, let offset?, _, let yaml):
      Place(after: yaml.prefix(offset))
    default:
      Place(line: lines.count, column: 1)
    }
  }

  /// Whether the parser met a second colon in what it took for one entry.
  fileprivate var isMisplacedColon: Bool {
    if case .scanner(nil, "mapping values are not allowed in this context", _, _) = self {
      true
    } else {
      false
    }
  }

  fileprivate var problem: Phrase {
    switch self {
    case .duplicatedKeysInMapping(let names, _):
      let name = names.first ?? ""
      return say("\(name) stands twice, expected once; the last one is used")
    case .reader(let problem, _, _, _), .scanner(_, let problem, _, _),
      .parser(_, let problem, _, _), .composer(_, let problem, _, _):
      return say("\(problem), expected “name: value”; the entry is left out")
    default:
      return say("this cannot be read, expected YAML; the entry is left out")
    }
  }
}

extension Place {
  fileprivate init(after text: Substring) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    self.init(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
  }
}

extension Mark {
  var place: Place { Place(line: line, column: column) }
}

extension Substring {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
  fileprivate var indentation: Int { prefix(while: \.isWhitespace).count }
}
