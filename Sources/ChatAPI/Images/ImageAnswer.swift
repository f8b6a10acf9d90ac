package import Conversation
import JSON

/// What an answer of an Images API, or one event of a stream, says of its pictures.
package struct ImageAnswer: Equatable, Sendable {
  /// A picture of an answer.
  package struct Picture: Equatable, Sendable {
    /// Where its bytes are.
    package enum Content: Equatable, Sendable {
      /// They came, under this number (``ImageEvent/bytes(_:of:)``).
      case received(Int)
      /// What came under this number is only the start of a picture: the rest is no base64.
      case damaged(Int)
      /// They are to be fetched, soon: such addresses end within the hour. Also a `data:` URL that stood
      /// among words, and an address that is seen from the server's.
      case address(String)
    }

    package var content: Content
    /// The prompt as the server put it for the model; nil where it stayed what it was.
    package var revisedPrompt: String?
  }

  package var pictures: [Picture]
  /// What a talking model says beside its pictures, or in their place.
  package var words: String?
  /// Whether the pictures are not finished.
  package var isPartial: Bool
  package var usage: TokenUsage?
}

extension ImageAnswer {
  /// The members that hold a picture in base64, and those that may hold it as a `data:` URL.
  static let base64Names: Set = [
    "b64_json", "partial_image_b64", "image_base64", "base64", "result",
  ]
  static let urlNames: Set = ["url"]

  /// Reads the answer's JSON, in which numbers stand for the base64 that was taken out; that of `damaged`
  /// ones breaks off.
  ///
  /// A list `data`, or one picture at the top, as events have it.
  init(_ json: JSONValue, damaged: Set<Int> = []) {
    let items = Self.items(of: json)
    pictures = items.compactMap { Picture($0, damaged: damaged) }
    var said = MarkdownPictures(items.compactMap(Self.text).joined(separator: "\n\n"))
    if let text = json["choices"]?[0]?["message"]?["content"]?.string {
      said = MarkdownPictures(text)
    }
    pictures += said.addresses.map { Picture(content: .address($0)) }
    words = said.text.isEmpty ? nil : said.text
    isPartial = json["type"]?.string?.hasSuffix("partial_image") ?? false
    usage = (json["usage"] ?? json["response"]?["usage"]).flatMap(Self.usage)
  }

  /// The list of an Images API, the items of a response, the pictures of a chat's message, or one picture
  /// at the top, as events have it.
  private static func items(of json: JSONValue) -> [JSONValue] {
    if let list = json["data"]?.elements ?? json["images"]?.elements { return list }
    // A stream tells each item as it is done, and all of them again at its end.
    if let item = json["item"] { return [item] }
    if json["response"] != nil { return [] }
    if let output = json["output"]?.elements { return output }
    let message = json["choices"]?[0]?["message"]
    return message?["images"]?.elements ?? message?["content"]?.elements ?? [json]
  }

  /// The words of a part of a chat's message, or of an item of a response that is a message.
  private static func text(of item: JSONValue) -> String? {
    if item["type"] == "text" || item["type"] == "output_text" { return item["text"]?.string }
    guard item["type"] == "message" else { return nil }
    let parts = item["content"]?.elements ?? []
    return parts.compactMap { $0["text"]?.string ?? $0["refusal"]?.string }
      .joined(separator: "\n\n")
  }

  /// The figures; pictures in the request are dearer than its words, so that what these cost is an
  /// estimate.
  private static func usage(_ json: JSONValue) -> TokenUsage? {
    var usage = TokenUsage(
      reportedPrompt: json["input_tokens"]?.integer ?? json["prompt_tokens"]?.integer,
      completion: json["output_tokens"]?.integer ?? json["completion_tokens"]?.integer,
      cached: json["input_tokens_details"]?["cached_tokens"]?.integer, reasoning: nil)
    usage?.isEstimated = json["input_tokens_details"]?["image_tokens"]?.integer ?? 0 > 0
    return usage
  }
}

extension ImageAnswer.Picture {
  /// Reads an item of the list; nil where it holds no picture.
  fileprivate init?(_ json: JSONValue, damaged: Set<Int>) {
    let holder = json["image_url"] ?? json
    let number = ImageAnswer.base64Names.lazy.compactMap { Self.number(json[$0]) }.first
    if let number = number ?? Self.number(holder["url"]) {
      content = damaged.contains(number) ? .damaged(number) : .received(number)
    } else if let url = holder["url"]?.string ?? json["image_url"]?.string, !url.isEmpty {
      content = .address(url)
    } else {
      return nil
    }
    let words = json["revised_prompt"]?.string
    revisedPrompt = words?.isEmpty == true ? nil : words
  }

  /// The number that stands in a string's place; a string is none.
  private static func number(_ json: JSONValue?) -> Int? {
    if case .number? = json { json?.integer } else { nil }
  }
}
