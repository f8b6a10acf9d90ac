import ChatAPI
import Conversation
import Language

/// All that a call of an Images API gave, and how it ended.
struct ImageOutcome {
  struct Picture: Equatable {
    /// The picture's bytes as text, or its address.
    var bytes: String
    var isPartial = false
    var revisedPrompt: String?
  }

  var pictures: [Picture] = []
  /// The bytes that came, as text, by their numbers.
  var received: [Int: String] = [:]
  /// The sentences that were told, in English.
  var told: [String] = []
  var usage: TokenUsage?
  /// What the model said beside its pictures.
  var words: String?
  var error: ChatAPIError?

  init(_ stream: ImageStream) async {
    var iterator = stream.makeAsyncIterator()
    var received: [Int: [UInt8]] = [:]
    do throws(ChatAPIError) {
      while let event = try await iterator.next() {
        switch event {
        case .connecting, .waiting: break
        case .adapted(let phrase): told.append(phrase.text())
        case .bytes(let bytes, let number): received[number, default: []] += bytes
        case .answered(let answer):
          usage = answer.usage ?? usage
          words = answer.words ?? words
          for picture in answer.pictures {
            pictures.append(
              Picture(
                bytes: picture.content.text(received), isPartial: answer.isPartial,
                revisedPrompt: picture.revisedPrompt))
          }
        }
      }
    } catch {
      self.error = error
    }
    self.received = received.mapValues { String(decoding: $0, as: UTF8.self) }
  }
}

extension ImageAnswer.Picture.Content {
  fileprivate func text(_ received: [Int: [UInt8]]) -> String {
    switch self {
    case .received(let number), .damaged(let number):
      String(decoding: received[number] ?? [], as: UTF8.self)
    case .address(let url): url
    }
  }
}

/// A form as a server got it, by a reading of its own.
struct SentForm {
  var fields: [String: [String]] = [:]
  var fileNames: [String] = []

  init?(_ request: ReceivedRequest) {
    let type = request.headers["content-type"] ?? ""
    guard let mark = type.firstRange(of: "boundary=") else { return nil }
    let boundary = "--" + type[mark.upperBound...]
    let body = String(decoding: request.body, as: UTF8.self)
    guard body.hasPrefix(boundary + "\r\n"), body.hasSuffix("\r\n\(boundary)--\r\n") else {
      return nil
    }
    for part in body.split(separator: boundary + "\r\n") {
      guard let end = part.firstRange(of: "\r\n\r\n") else { return nil }
      let words = part[..<end.lowerBound].split(separator: "\"").map(String.init)
      let value = part[end.upperBound...]
      let tail = value.hasSuffix("--\r\n") ? "\r\n\(boundary)--\r\n" : "\r\n"
      guard words.count > 1, value.hasSuffix(tail) else { return nil }
      fields[words[1], default: []].append(String(value.dropLast(tail.count)))
      if words.count > 3 { fileNames.append(words[3]) }
    }
  }
}
