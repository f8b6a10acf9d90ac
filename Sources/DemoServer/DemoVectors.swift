import JSON

/// Vectors of texts that anybody can compute: texts with the same words, or words with the same letters,
/// are near to each other, whatever the order.
struct DemoVectors {
  /// The size for a name that says none.
  static let usualSize = 256

  let size: Int

  /// The size that a model has: that of OpenAI's for their names, `demo-embed-N` for any.
  init(model: String) {
    let number = model.hasPrefix("demo-embed-") ? Int(model.dropFirst(11)) : nil
    size =
      switch model {
      case "text-embedding-3-large": 3_072
      case "text-embedding-3-small", "text-embedding-ada-002": 1_536
      default: min(max(number ?? Self.usualSize, 1), 4_096)
      }
  }

  init(size: Int) { self.size = size }

  /// The vector of `text`, of length 1.
  func vector(of text: String) -> [Float] {
    var numbers = [Float](repeating: 0, count: size)
    func add(_ feature: some Sequence<UInt8>, _ weight: Float) {
      let hash = Self.hash(feature)
      // Each feature has four places, so that two seldom cancel each other out.
      for turn in 0..<4 {
        let bits = hash &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(turn) &* 0xD1B5_4A32_D192_ED03
        let place = Int((bits ^ bits >> 29) % UInt64(size))
        numbers[place] += bits >> 63 == 0 ? weight : -weight
      }
    }
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      let bytes = Array(word.utf8)
      add(bytes, 1)
      let parted = [0x5E] + bytes + [0x24]
      guard parted.count > 3 else { continue }
      for start in 0...(parted.count - 3) { add(parted[start..<start + 3], 0.4) }
    }
    if numbers.allSatisfy({ $0 == 0 }) { add(Array(text.utf8) + [0], 1) }
    let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? numbers.map { $0 / length } : [1] + numbers.dropFirst()
  }

  /// FNV-1a in 64 bits.
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}

/// A request for vectors (OpenAI API reference, embeddings/create), held to the rules of that page.
///
/// `demo-embed-few` takes at most ten texts at once, as some servers do; `demo-embed-broken` gives vectors with
/// a number that is none.
struct EmbeddingsRequest {
  let model: String
  let texts: [String]
  let isBase64: Bool
  private let vectors: DemoVectors

  init(_ json: JSONValue) throws(WireFault) {
    guard let model = json["model"]?.string, !model.isEmpty else { throw .missing("model") }
    guard let input = json["input"] else { throw .missing("input") }
    let list = input.elements ?? [input]
    let texts = list.compactMap(\.string)
    guard !list.isEmpty, texts.count == list.count, !texts.contains("") else {
      throw .invalid("input", "'$.input' is invalid. Please check the API reference.")
    }
    guard texts.count <= 2_048 else {
      throw .invalid("input", "'input' array too long: at most 2048 entries.")
    }
    guard texts.count <= 10 || model != "demo-embed-few" else {
      throw .invalid("input", "batch size is invalid, it should not be larger than 10.")
    }
    vectors =
      try Self.size(json["dimensions"]).map { DemoVectors(size: $0) } ?? DemoVectors(model: model)
    self.model = model
    self.texts = texts
    isBase64 = json["encoding_format"]?.string == "base64"
  }

  private static func size(_ json: JSONValue?) throws(WireFault) -> Int? {
    guard let json else { return nil }
    guard let size = json.integer, (1...4_096).contains(size) else {
      throw .invalid("dimensions", "Invalid value for 'dimensions': 1 to 4096.")
    }
    return size
  }

  /// The answer; four bytes of text count as a token.
  var answer: JSONValue {
    let entries = texts.enumerated().map { index, text -> JSONValue in
      var numbers = vectors.vector(of: text)
      if model == "demo-embed-broken" { numbers[0] = .nan }
      let bytes = numbers.map(\.bitPattern.littleEndian).withUnsafeBytes { Array($0) }
      return [
        "object": "embedding", "index": JSONValue(index),
        "embedding": isBase64
          ? .string(Base64.text(of: bytes)) : .array(numbers.map { .number("\($0)") }),
      ]
    }
    let tokens = JSONValue(texts.reduce(0) { $0 + ($1.utf8.count + 3) / 4 })
    return [
      "object": "list", "data": .array(entries), "model": .string(model),
      "usage": ["prompt_tokens": tokens, "total_tokens": tokens],
    ]
  }
}
