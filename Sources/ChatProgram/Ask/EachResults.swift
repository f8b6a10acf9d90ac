import ChatAPI
import Conversation
import Files
import JSON
import Language

/// The results of `--each` as JSON Lines (jsonlines.org): an object a picture, in the order of their
/// ends (docs/decisions/0086).
///
/// In a file they are what a later run goes on with: a picture that has a reply to the same question
/// by the same model is not asked about again. A line is added by one write, and a line that a crash
/// cut short is taken away before anything is added. The file is locked while it is in use.
final class EachResults {
  /// What tells whether a picture was asked about already.
  struct Key: Hashable {
    var image: String
    var prompt: String
    var model: String
  }

  /// The most bytes of results that are read.
  private static let byteLimit = 1 << 30

  private let file: OpenFile
  private(set) var done: Set<Key> = []

  /// Opens or makes the file, and reads what is in it.
  init(path: String) throws(AskFailure) {
    do throws(FileError) {
      // A pipe would be waited for, and results cannot be read back from it.
      if let status = try FileSystem.status(of: path), !status.isFile {
        throw FileError(code: FileError.notOrdinary, path: path)
      }
      file = try OpenFile(path, for: .appending, access: .umask)
      try file.lock(exclusively: true)
    } catch {
      throw AskFailure(
        .cannotWrite,
        error.isLocked
          ? say("\(path) is being written by another run. Wait for its end, or name another file.")
          : say("\(path) cannot be written: \(error.reason). Name another file with -o."))
    }
    try read(path)
  }

  private func read(_ path: String) throws(AskFailure) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try SmallFile.bytes(of: path, atMost: Self.byteLimit)
      let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      // Only the beginning of a line of ours is taken away.
      let torn = bytes[whole...]
      if !torn.isEmpty, torn.starts(with: Self.lineStart.prefix(torn.count)) {
        try file.truncate(to: whole)
      }
    } catch {
      throw AskFailure(
        .cannotWrite, say("\(path) cannot be read: \(error.reason). Name another file with -o."))
    }
    var lines = bytes.split(separator: UInt8(ascii: "\n"))
    if let last = lines.last, bytes.last != UInt8(ascii: "\n"),
      last.starts(with: Self.lineStart.prefix(last.count))
    {
      lines.removeLast()
    }
    for line in lines {
      guard let object = JSONValue(parsing: Array(line)), let key = Key(object) else {
        throw AskFailure(
          .cannotWrite,
          say("\(path) holds something else than results of --each. Name another file with -o."))
      }
      if object["status"]?.integer == 0 { done.insert(key) }
    }
  }

  /// What each line begins with.
  private static let lineStart = Array("{\"image\":".utf8)

  /// Adds a line, which is in the file when this returns.
  func add(_ line: String) throws(FileError) { try file.append(Array(line.utf8)) }
}

extension EachResults.Key {
  /// The key of a line; nil for an object that is no result.
  fileprivate init?(_ object: JSONValue) {
    guard let image = object["image"]?.string, let prompt = object["prompt"]?.string,
      let model = object["model"]?.string
    else { return nil }
    self.init(image: image, prompt: prompt, model: model)
  }
}

extension EachResult {
  /// The result as a line of JSON, with what it is the result of.
  func line(_ key: EachResults.Key) -> String {
    let usage = self.usage.map { usage -> JSONValue in
      [
        "prompt_tokens": .number("\(usage.prompt)"),
        "completion_tokens": .number("\(usage.completion)"),
        "total_tokens": .number("\(usage.total)"), "cached_tokens": .number("\(usage.cached)"),
        "reasoning_tokens": .number("\(usage.reasoning)"), "estimated": .bool(usage.isEstimated),
      ]
    }
    let object: JSONValue = [
      "image": .string(key.image), "prompt": .string(key.prompt), "model": .string(key.model),
      "provider": details.map { .string($0.provider) } ?? .null,
      "reply": reply.map { .string($0) } ?? .null, "error": error.map { .string($0) } ?? .null,
      "status": .number("\(status.rawValue)"),
      "finish_reason": (details?.finishReason).map { .string($0.rawValue) } ?? .null,
      "refusal": .bool(details?.isRefusal ?? false), "usage": usage ?? .null,
      "cost_usd": dollars.map { .number("\($0)") } ?? .null,
      "milliseconds": (details?.milliseconds).map { .number("\($0)") } ?? .null,
    ]
    return String(decoding: object.bytes, as: UTF8.self) + "\n"
  }
}
