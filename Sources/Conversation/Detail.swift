/// How closely a model looks at a picture (OpenAI API reference, chat/create, `image_url.detail`).
///
/// `original` sends the bytes untouched; on the wire it becomes the highest level that the
/// endpoint's schema knows. `tiles` is asked for when a picture is attached, and becomes `high`: of one
/// picture, or of several that it is cut into.
package enum Detail: String, Codable, CaseIterable, Sendable {
  case auto
  case low
  case high
  case original
  case tiles
}
