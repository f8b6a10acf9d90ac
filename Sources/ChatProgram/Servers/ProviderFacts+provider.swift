import ChatCore
import ChatEngine
import Configuration

extension ProviderFacts {
  /// What deciding needs to know of a configured server.
  init(_ provider: Provider) {
    self.init(name: provider.name, host: provider.host, defaultModel: provider.model)
    limits.pictureCount = provider.limits.pictureCount
    limits.byteCount = provider.limits.byteCount
    limits.pictureByteCount = provider.limits.pictureByteCount
    limits.takesURLs = provider.limits.takesURLs
    limits.takesPictures = provider.limits.takesPictures
    limits.pictureSide = provider.limits.pictureSide
  }

  /// The server inside the program.
  static let demo = ProviderFacts(
    name: ServerDirectory.demoName, host: "127.0.0.1", defaultModel: "demo", isDemo: true)
}
