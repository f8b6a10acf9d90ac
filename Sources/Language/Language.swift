/// A language that Iris speaks to its user.
package enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case simplifiedChinese = "zh"

  /// The language of a POSIX locale name (`zh_CN.UTF-8`), or of `language:` in the configuration.
  ///
  /// Traditional Chinese locales read Simplified Chinese rather than English.
  package init(locale: String) {
    self = locale.lowercased().hasPrefix("zh") ? .simplifiedChinese : .english
  }

  /// The keys that the language's catalogue translates; English needs none.
  package var catalogueKeys: [String] {
    switch self {
    case .english: []
    case .simplifiedChinese: ChineseCatalogue.entries.keys.sorted()
    }
  }

  /// The translation of `key`, or nil where the catalogue lacks it.
  package func translation(of key: String) -> String? {
    switch self {
    case .english: key
    case .simplifiedChinese: ChineseCatalogue.entries[key]
    }
  }
}

extension Phrase {
  /// The sentence in `language`; in English where that language's catalogue lacks it.
  ///
  /// In Chinese the space behind an argument falls away where that ends in a full-width mark, which has
  /// its own room (GB/T 15834-2011, 5.1.1): the same key joins sentences and names.
  package func text(in language: Language = .english) -> String {
    var next = 0
    var result = ""
    var afterPercent = false
    var isBehindArgument = false
    for character in language.translation(of: key) ?? key {
      if !afterPercent {
        if character == "%" {
          afterPercent = true
        } else if character != " " || !isBehindArgument || !result.endsInFullWidthMark(of: language)
        {
          result.append(character)
        }
        isBehindArgument = false
        continue
      }
      afterPercent = false
      isBehindArgument = true
      if character == "@" {
        result += argument(at: next, in: language)
        next += 1
      } else if let place = character.wholeNumberValue {
        result += argument(at: place - 1, in: language)
      } else {
        result.append(character)
      }
    }
    return result
  }

  private func argument(at index: Int, in language: Language) -> String {
    guard arguments.indices.contains(index) else { return "" }
    return switch arguments[index] {
    case .text(let text): text
    case .phrase(let phrase): phrase.text(in: language)
    }
  }
}

extension String {
  fileprivate func endsInFullWidthMark(of language: Language) -> Bool {
    language == .simplifiedChinese && last.map { "。，；：！？）".contains($0) } ?? false
  }
}
