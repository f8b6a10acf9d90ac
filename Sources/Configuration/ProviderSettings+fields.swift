import ChatAPI
import Language
import ModelCatalog
import Secrets
import Yams

extension ProviderSettings {
  /// Every setting of one server.
  static var fields: [Field<ProviderSettings>] {
    [
      .value("like", .readyMadeName) { _, _ in },
      .value("base_url", \.baseURL, .address),
      .value("model", \.model, .line),
      .value("api", \.api, .choice),
      Field(name: "headers") { node, provider in node.readHeaders(into: &provider.headers) },
      .value("proxy", \.proxy, .proxy),
      .value("ca_file", \.certificateFile, .line),
      .value("fetch_urls", \.fetchesURLs, .flag),
      .value("allow_http", \.allowsPlainHTTP, .flag),
      .value("organization", \.organization, .line),
      .value("project", \.project, .line),
      .value("max_tokens_name", \.dialect.maxTokensName, .choice),
      .value("api_version", \.apiVersion, .line),
      .section("limits", \.limits, RequestLimits.fields),
      .body("body", \.parameters),
      Field(name: "models") { node, provider in node.readModels(into: &provider) },
    ] + KeySource.fields(\.keySources)
  }
}

extension KeySource {
  /// The settings that say where a key is, kept at `path`.
  static func fields<Target>(
    _ path: WritableKeyPath<Target, [KeySource]>
  ) -> [Field<Target>] {
    [
      .value("api_key_env", .variable) { $0[keyPath: path].append(.environment($1)) },
      .value("api_key_command", .privateLine) { $0[keyPath: path].append(.command($1)) },
      .value("api_key_file", .privateLine) { $0[keyPath: path].append(.file($1)) },
      .value("api_key_keyring", .keyring) { $0[keyPath: path].append(.keyring($1)) },
      Field(name: "api_key") { node, _ in
        [
          node.mistake(
            say(
              """
              a key does not belong in this file, expected api_key_env, api_key_command, \
              api_key_file or api_key_keyring
              """))
        ]
      },
    ]
  }
}

extension RequestLimits {
  static var fields: [Field<RequestLimits>] {
    [
      .value("pictures", \.pictureCount, .wholeNumber(from: 0)),
      .value("request_bytes", \.byteCount, .bytes),
      .value("picture_bytes", \.pictureByteCount, .bytes),
      .value("picture_side", \.pictureSide, .wholeNumber(from: 1)),
      .value("formats", \.formats, .formats),
      .value("urls", \.takesURLs, .flag),
      .value("vision", \.takesPictures, .flag),
    ]
  }
}

extension Shape where Value == String {
  fileprivate static var readyMadeName: Shape {
    scalar(alternatives(ProviderSettings.readyMade.map(\.name))) {
      ProviderSettings.readyMade(named: $0)?.name
    }
  }
}

extension Shape where Value == Proxy {
  static var proxy: Shape {
    let schemes = ["http://", "https://", "socks://", "socks5://", "socks5h://"]
    return .scalar(
      say("none, or an address as in http://proxy:3128 or socks5h://127.0.0.1:1080"),
      isPrivate: true
    ) { text in
      if text == "none" { return .direct }
      let isAddress = schemes.contains { text.lowercased().hasPrefix($0) && text.count > $0.count }
      return isAddress && text.isOneLine ? .address(Secret(text)) : nil
    }
  }
}

extension Shape where Value == KeyringEntry {
  fileprivate static var keyring: Shape {
    .scalar(say("pairs of attribute and value, as in service openai"), isPrivate: true) { text in
      KeyringEntry(words: text.split(separator: " ").map(String.init))
    }
  }
}

extension Node {
  /// Reads `name: value` headers; names are tokens (RFC 9110 §5.6.2), values one line.
  func readHeaders(into headers: inout [Header]) -> [ConfigurationMistake] {
    guard let mapping else {
      return [mistake(say("headers holds nothing by name, expected lines like “X-Team: blue”"))]
    }
    var mistakes: [ConfigurationMistake] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string, name.isToken else {
        mistakes.append(key.mistake(say("this is no header's name, expected one like X-Team")))
        continue
      }
      guard let text = value.scalar?.string, text.isOneLine else {
        mistakes.append(
          value.mistake(say("header \(name) does not fit, expected one line of text")))
        continue
      }
      headers.append(Header(name: name, value: Secret(text)))
    }
    return mistakes
  }
}

extension String {
  fileprivate var isToken: Bool {
    !isEmpty
      && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "!#$%&'*+-.^_`|~".contains($0)) }
  }
}
