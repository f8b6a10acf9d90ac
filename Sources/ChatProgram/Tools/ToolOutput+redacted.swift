import JSON
import MCP
import Secrets
import Tools

extension ToolOutput {
  /// The output without secrets in its texts; bytes that are no text stay as they are.
  ///
  /// What a tool gives is kept, shown and sent to a model's server: a third party, to which no other
  /// server's key is to go.
  func redacted(by redaction: Redaction) -> ToolOutput {
    guard !redaction.isEmpty else { return self }
    return ToolOutput(pieces.map { $0.redacted(by: redaction) }, isError: isError)
  }
}

extension ToolOutput.Piece {
  fileprivate func redacted(by redaction: Redaction) -> Self {
    switch self {
    case .text(let text): .text(redaction.redacting(text))
    case .forUser(let piece): .forUser(piece.redacted(by: redaction))
    case .data: self
    }
  }
}

extension RemoteTool {
  /// The tool without secrets in what a model reads of it: its summary and its arguments' schema.
  func redacted(by redaction: Redaction) -> RemoteTool {
    guard !redaction.isEmpty else { return self }
    var tool = self
    tool.summary = redaction.redacting(summary)
    tool.schema = schema.redacted(by: redaction)
    return tool
  }
}

extension JSONValue {
  /// The value without secrets in its texts and names.
  fileprivate func redacted(by redaction: Redaction) -> JSONValue {
    switch self {
    case .string(let text): .string(redaction.redacting(text))
    case .array(let elements): .array(elements.map { $0.redacted(by: redaction) })
    case .object(let members):
      .object(
        members.map { member in
          JSONMember(redaction.redacting(member.name), member.value.redacted(by: redaction))
        })
    case .null, .bool, .number: self
    }
  }
}
