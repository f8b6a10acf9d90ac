/// What one decoded pixel is made of; the raw value is its number of bytes.
package enum ChannelLayout: Int, Sendable {
  case grey = 1
  case rgb = 3
  /// Colours are not multiplied by the alpha.
  case rgba = 4
}
