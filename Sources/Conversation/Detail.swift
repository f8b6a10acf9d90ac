/// How closely a model looks at a picture (OpenAI API reference, chat/create, `image_url.detail`).
///
/// `original` sends the bytes untouched; on the wire it becomes the highest level that the
/// endpoint's schema knows.
package enum Detail: String, Codable, CaseIterable, Sendable {
  case auto
  case low
  case high
  case original
}
