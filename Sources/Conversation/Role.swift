/// Whose message it is.
///
/// On the wire `system` may become `developer` for model families that ask so.
package enum Role: String, Codable, CaseIterable, Sendable {
  case system
  case user
  case assistant
}
