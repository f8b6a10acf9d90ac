/// What deciding needs to know of a configured server.
package struct ProviderFacts: Equatable, Sendable {
  package var name: String
  /// Host and port, for the bar and for sentences.
  package var host: String
  package var defaultModel: String?
  package var isDemo = false
  package var limits = RequestLimits()

  package init(name: String, host: String, defaultModel: String? = nil, isDemo: Bool = false) {
    self.name = name
    self.host = host
    self.defaultModel = defaultModel
    self.isDemo = isDemo
  }
}

/// What a server takes in one request, as far as it is known; nil where it is not.
package struct RequestLimits: Equatable, Sendable {
  package var pictureCount: Int?
  package var byteCount: Int?
  package var pictureByteCount: Int?
  /// Pixels of a picture's longer side.
  package var pictureSide: Int?
  package var takesURLs = true
  /// Whether it takes pictures at all; nil where that depends on the model.
  package var takesPictures: Bool?

  package init() {}
}
