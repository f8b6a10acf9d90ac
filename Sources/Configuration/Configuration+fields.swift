import Conversation
import Language
import Yams

extension Configuration {
  /// Every setting of the file's top level.
  static var fields: [Field<Configuration>] {
    [
      .value("language", \.language, .choice),
      .value("theme", \.theme, .choice),
      .value("ambiguous_width", \.ambiguousWidth, .choice),
      .value("text_width", \.textWidth, .wholeNumber(from: 0)),
      .value("hyperlinks", \.hyperlinks, .choice),
      .value("preview", \.showsPreviews, .flag),
      .value("mouse", \.usesMouse, .flag),
      .value("leave_transcript", \.leavesTranscript, .flag),
      .value("provider", \.provider, .line),
      .value("model", \.model, .line),
      .value("system", \.system, .text),
      .value("detail", \.detail, .choice),
      .value("fetch_urls", \.fetchesURLs, .flag),
      .value("reply_limit", \.replyLimit, .bytes),
      .value("keep_metadata", \.keepsMetadata, .flag),
      .value("backups", \.makesBackups, .flag),
      .value("tools", \.tools, .texts(atMost: 500)),
      .value("rounds", \.roundLimit, .wholeNumber(from: 0)),
      .value("budget", \.budget, .amount),
      .section("timeouts", \.timeouts, Timeouts.fields),
      Field(name: "mcp") { node, configuration in
        node.readMCPServers(into: &configuration.mcpServers)
      },
      Field(name: "providers") { node, configuration in
        node.readProviders(into: &configuration.providers)
      },
    ] + sideFields + parameters + pictureSettings
  }

  /// How pictures are asked for: the settings that `/set` knows by the same names.
  private static var pictureSettings: [Field<Configuration>] {
    PictureSetting.allCases.map { setting in
      Field(name: setting.rawValue) { node, configuration in
        do throws(ParameterError) {
          try configuration.parameters.set(setting, to: node.scalar?.string ?? "")
          return []
        } catch {
          return [node.mistake(error.phrase)]
        }
      }
    }
  }

  /// The sampling settings (OpenAI API reference, chat/create).
  private static var parameters: [Field<Configuration>] {
    [
      .value("temperature", \.parameters.temperature, .number(from: 0, to: 2)),
      .value("top_p", \.parameters.topP, .number(from: 0, to: 1)),
      .value("max_tokens", \.parameters.maxTokens, .wholeNumber(from: 1)),
      .value("frequency_penalty", \.parameters.frequencyPenalty, .number(from: -2, to: 2)),
      .value("presence_penalty", \.parameters.presencePenalty, .number(from: -2, to: 2)),
      .value("seed", \.parameters.seed, .wholeNumber),
      .value("stop", \.parameters.stop, .texts(atMost: 4)),
      .value("reasoning_effort", \.parameters.reasoningEffort, .line),
      .value("response_format", .line) { $0.setResponseFormat($1) },
      .value("store", \.parameters.store, .flag),
      .value("upload", \.parameters.upload, .flag),
    ]
  }
}

extension Configuration {
  /// A word for the format, else the path of a schema.
  fileprivate mutating func setResponseFormat(_ value: String) {
    switch value.lowercased() {
    case "text": parameters.responseFormat = .text
    case "json", "json_object": parameters.responseFormat = .jsonObject
    default: schemaFile = value
    }
  }
}

extension Timeouts {
  static var fields: [Field<Timeouts>] {
    [
      .value("connect", \.connect, .seconds),
      .value("first_byte", \.firstByte, .seconds),
      .value("idle", \.idle, .seconds),
    ]
  }
}
