import FlyingFox
import FoundationEssentials
import JSON

/// FlyingFox has a type of the same name.
private typealias JSONValue = JSON.JSONValue

extension DemoHandler {
  /// Answers on the paths of files and vector stores; nil for any other path.
  func answerAboutFiles(
    _ request: HTTPRequest, _ body: [UInt8], number: Int
  ) throws(WireFault) -> HTTPResponse? {
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.count >= 2, parts[0] == "v1" else { return nil }
    let rest = Array(parts.dropFirst(2))
    switch parts[1] {
    case "files": return try answer(file: rest, request, body, number: number)
    case "vector_stores":
      return try answer(vectorStore: rest, request, body).map { Self.response($0, number: number) }
    default: return nil
    }
  }

  /// Answers below `/files`.
  private func answer(
    file path: [String], _ request: HTTPRequest, _ body: [UInt8], number: Int
  ) throws(WireFault) -> HTTPResponse? {
    let json: JSONValue
    switch (request.method, path.count) {
    case (.POST, 0):
      guard let form = FormData(body, contentType: request.headers[.contentType] ?? "") else {
        throw .wrongType("body", expected: "multipart/form-data")
      }
      json = try files.add(form, now: Self.now)
    case (.GET, 0):
      let limit = request.query["limit"].flatMap { Int($0) } ?? 10_000
      json = files.list(after: request.query["after"], limit: limit)
    case (.GET, 1): json = try files.file(path[0]).json
    case (.GET, 2) where path[1] == "content":
      let file = try files.contents(of: path[0])
      return Self.file(file.bytes, number: number)
    case (.DELETE, 1): json = try files.remove(path[0])
    default: return nil
    }
    return Self.response(json, number: number)
  }

  /// Answers below `/vector_stores`.
  private func answer(
    vectorStore path: [String], _ request: HTTPRequest, _ body: [UInt8]
  ) throws(WireFault) -> JSONValue? {
    switch (request.method, path.count) {
    case (.POST, 0): try files.addStore(Self.object(body), now: Self.now)
    case (.GET, 0): files.stores
    case (.GET, 1): files.json(of: try files.vectorStore(path[0]))
    case (.DELETE, 1): try files.removeStore(path[0])
    case (.POST, 2) where path[1] == "files": try files.add(Self.object(body), to: path[0])
    case (.GET, 2) where path[1] == "files": try files.list(ofStore: path[0])
    default: nil
    }
  }

  private static func object(_ body: [UInt8]) throws(WireFault) -> JSONValue {
    guard let json = JSONValue(parsing: body) else { throw .notJSON }
    return json
  }

  private static var now: Int64 { Int64(Date().timeIntervalSince1970) }
}
