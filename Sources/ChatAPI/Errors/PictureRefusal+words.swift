extension PictureRefusal {
  /// Reads a refusal that speaks of pictures, of a request that held some.
  init(_ fault: ServerFault, _ request: RequestFacts) {
    let words = fault.words
    let figures = RefusalFigures(fault.message?.lowercased() ?? "")
    func says(_ list: [String]) -> Bool { list.contains { words.contains($0) } }
    let reason: Reason =
      if let side = figures.pixels, !says(Self.smallWords) {
        .tooLarge(side: side)
      } else if let count = figures.byteCount {
        // Whether the server counts the picture or its base64 is not said: three quarters are safe.
        .tooHeavy(byteCount: count / 4 * 3)
      } else if says(Self.countWords), let count = figures.count(below: request.pictureCount) {
        count == 0 ? .notSeen : .tooMany(limit: count)
      } else if says(["too many images", "too many pictures", "图片数量", "图片过多", "图片张数"]) {
        .tooMany(limit: nil)
      } else if says(Self.fetchWords + Self.connectionWords) {
        .notFetched
      } else if says(Self.unreadableWords) {
        .unreadable
      } else if says(["too large", "too big", "dimensions exceed", "太大", "过大"]) {
        .tooLarge(side: nil)
      } else if says(Self.blindWords) {
        .notSeen
      } else {
        .unsaid
      }
    self.init(reason, at: fault.picturePlace(in: request))
  }

  private static let countWords = [
    "at most", "up to", "maximum", "max ", "limit", "too many", "only", "exceed", "more than",
    "最多", "不超过", "超过", "仅支持", "只支持", "上限", "数量",
  ]
  private static let smallWords = [
    "too small", "must be larger than", "must be at least", "minimum", "太小", "过小", "至少",
  ]
  private static let fetchWords = [
    "image urls are not", "base64 encoded", "failed to download", "while downloading",
    "could not download", "failed to fetch", "fetch image", "unable to download", "下载图片", "图片下载",
  ]
  /// What a server says that could not connect to another.
  static let connectionWords = [
    "cannot connect to host", "name or service not known", "name resolution", "getaddrinfo",
    "nameresolutionerror", "failed to resolve",
  ]
  private static let unreadableWords = [
    "could not process image", "cannot identify image", "failed to load image", "invalid image",
    "invalid_image", "failed to decode", "cannot decode", "unsupported image", "image format",
    "unable to process", "decode image", "corrupt", "图片格式", "解析图片", "图片解析",
  ]
  private static let blindWords = [
    "not support", "no support", "unsupported", "not a vision", "not a multimodal", "mmproj",
    "text-only", "text only", "only supported by", "不支持", "无法识别图", "unknown variant `image_url`",
  ]
}

extension ServerFault {
  /// The place in a parameter like `messages[1].content[2].image_url.detail`, or
  /// `messages.1.content.2`; of `input[1].content[2]` by the message that the item is of.
  fileprivate func picturePlace(in request: RequestFacts) -> PictureRefusal.Place? {
    let numbers = (parameter ?? "").split { !$0.isNumber }.compactMap { Int($0) }
    guard let first = numbers.first else { return nil }
    if parameter?.hasPrefix("messages") == true {
      return PictureRefusal.Place(message: first, part: numbers.dropFirst().first)
    }
    guard parameter?.hasPrefix("input") == true, request.messagePlaces.indices.contains(first)
    else {
      return nil
    }
    return PictureRefusal.Place(
      message: request.messagePlaces[first], part: numbers.dropFirst().first)
  }
}

/// The figures in a sentence of a server, with what stands behind them.
struct RefusalFigures: Equatable {
  /// The smallest number of pixels: of a side, or of a size like `2048x2048`.
  private(set) var pixels: Int?
  /// The smallest number of bytes.
  private(set) var byteCount: Int?
  /// Numbers without a unit, that are part of no name, size, or place like `content.30`.
  private(set) var counts: [Int] = []

  /// Reads a sentence in lower case; numbers of more than nine digits are passed over.
  init(_ text: String) {
    var rest = text.unicodeScalars[...]
    var before: Unicode.Scalar = " "
    while let scalar = rest.first {
      guard scalar.isDigit else {
        before = scalar
        rest.removeFirst()
        continue
      }
      let number = Self.takeNumber(from: &rest)
      if let number { record(number, before: before, behind: String(rest.prefix(12))) }
      before = "0"
    }
  }

  /// The limit among the counts: the largest that is smaller than what was sent, or the smallest.
  func count(below sent: Int?) -> Int? {
    guard let sent else { return counts.min() }
    return counts.filter { $0 < sent }.max()
  }

  /// Digits with or without commas between groups of three.
  private static func takeNumber(from rest: inout Substring.UnicodeScalarView) -> Int? {
    var digits = ""
    while let scalar = rest.first {
      let isComma = scalar == "," && rest.dropFirst().first?.isDigit == true
      guard scalar.isDigit || isComma else { break }
      if !isComma { digits.unicodeScalars.append(scalar) }
      rest.removeFirst()
    }
    return digits.count <= 9 ? Int(digits) : nil
  }

  private mutating func record(_ number: Int, before: Unicode.Scalar, behind: String) {
    let unit = behind.drop { $0 == " " || $0 == "-" }
    if unit.hasPrefix("pixel") || unit.hasPrefix("px") || unit.hasPrefix("像素")
      || unit.hasPrefix("x") && unit.dropFirst().first?.isNumber == true || unit.hasPrefix("×")
      || before == "x" || before == "×"
    {
      if number >= 64 { pixels = min(pixels ?? .max, number) }
    } else if let scale = Self.scale(of: unit) {
      byteCount = min(byteCount ?? .max, number * scale)
    } else if !(before.isASCII && before.properties.isAlphabetic),
      !"._-[#".unicodeScalars.contains(before), !Self.goesOn(behind)
    {
      counts.append(number)
    }
  }

  /// Whether the number is the start of a name or of a fraction.
  private static func goesOn(_ behind: String) -> Bool {
    guard let first = behind.first else { return false }
    if first == "." { return behind.dropFirst().first?.isNumber == true }
    return first.isLetter && !first.isIdeograph
  }

  private static func scale(of unit: Substring) -> Int? {
    if unit.hasPrefix("mb") || unit.hasPrefix("mib") || unit.hasPrefix("megabyte")
      || unit.hasPrefix("兆")
    {
      return 1_000_000
    }
    if unit.hasPrefix("kb") || unit.hasPrefix("kib") || unit.hasPrefix("kilobyte") { return 1000 }
    return unit.hasPrefix("byte") || unit.hasPrefix("字节") ? 1 : nil
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}

extension Character {
  /// A Chinese character, before which no blank stands.
  fileprivate var isIdeograph: Bool {
    unicodeScalars.first.map { (0x4E00...0x9FFF).contains($0.value) } ?? false
  }
}
