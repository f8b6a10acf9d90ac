/// Sampling and output settings, and the tools that are offered; one that is nil (or empty) is never sent.
package struct Parameters: Hashable, Codable, Sendable {
  /// In 0…2.
  package var temperature: Double?
  /// In 0…1.
  package var topP: Double?
  package var maxTokens: Int?
  /// In −2…2.
  package var frequencyPenalty: Double?
  /// In −2…2.
  package var presencePenalty: Double?
  package var seed: Int64?
  /// At most four.
  package var stop: [String] = []
  package var responseFormat: ResponseFormat?
  /// An open set: `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`, and what comes.
  package var reasoningEffort: String?
  /// The names of the tools that requests offer, and of servers with all of theirs; nil where the
  /// conversation goes by the configuration.
  package var tools: [String]?
  /// How requests offer the server's search of the web; nil where the conversation does not say.
  package var web: WebSearch?
  /// Whether requests offer the server's Python; nil where the conversation does not say.
  package var python: Bool?
  /// Whether requests offer the server's tool that makes pictures; nil where the conversation does not say.
  package var makesPictures: Bool?
  /// The names of the vector stores on the server whose files its own search may look through; nil where
  /// the conversation does not say.
  package var libraries: [String]?
  /// Whether the server keeps replies (OpenAI: for 30 days); nil for not.
  package var store: Bool?
  /// Whether pictures and documents are put on the server once and named in requests; nil for large
  /// documents alone.
  package var upload: Bool?
  /// How pictures are asked for; of a request for a reply, only its tool that makes pictures carries it.
  package var pictures: PictureSettings?
  /// Further members of the body, in the order in which they were set; each name once.
  package private(set) var others: [BodyMember] = []

  package init() {}
}

extension Parameters {
  /// Sets a member that Iris does not know.
  package mutating func set(_ member: BodyMember) {
    if let index = others.firstIndex(where: { $0.name == member.name }) {
      others[index] = member
    } else {
      others.append(member)
    }
  }

  /// Takes away what makes tools run, on this machine or on the server, and what has the server keep
  /// anything; of members that Iris does not know, those with parts of their own may.
  package mutating func switchOffTools() {
    (tools, web, python, makesPictures, libraries) = (nil, nil, nil, nil, nil)
    (store, upload) = (nil, nil)
    others.removeAll { $0.json.hasPrefix("[") || $0.json.hasPrefix("{") }
  }

  /// Takes such a member away; false where it is not set.
  package mutating func unset(memberNamed name: String) -> Bool {
    guard let index = others.firstIndex(where: { $0.name == name }) else { return false }
    others.remove(at: index)
    return true
  }

  /// Reads what ``encode(to:)`` writes, and what versions wrote that had fewer settings.
  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    temperature = try object.decodeIfPresent(Double.self, forKey: .temperature)
    topP = try object.decodeIfPresent(Double.self, forKey: .topP)
    maxTokens = try object.decodeIfPresent(Int.self, forKey: .maxTokens)
    frequencyPenalty = try object.decodeIfPresent(Double.self, forKey: .frequencyPenalty)
    presencePenalty = try object.decodeIfPresent(Double.self, forKey: .presencePenalty)
    seed = try object.decodeIfPresent(Int64.self, forKey: .seed)
    stop = try object.decodeIfPresent([String].self, forKey: .stop) ?? []
    responseFormat = try object.decodeIfPresent(ResponseFormat.self, forKey: .responseFormat)
    reasoningEffort = try object.decodeIfPresent(String.self, forKey: .reasoningEffort)
    tools = try object.decodeIfPresent([String].self, forKey: .tools)
    web = try object.decodeIfPresent(WebSearch.self, forKey: .web)
    python = try object.decodeIfPresent(Bool.self, forKey: .python)
    makesPictures = try object.decodeIfPresent(Bool.self, forKey: .makesPictures)
    libraries = try object.decodeIfPresent([String].self, forKey: .libraries)
    store = try object.decodeIfPresent(Bool.self, forKey: .store)
    upload = try object.decodeIfPresent(Bool.self, forKey: .upload)
    pictures = (try? object.decodeIfPresent(PictureSettings.self, forKey: .pictures)) ?? nil
    for member in (try? object.decodeIfPresent([BodyMember].self, forKey: .others)) ?? [] {
      set(member)
    }
  }
}

extension Parameters {
  /// The names by which users know the server's own tools that are wanted.
  package var serverToolNames: [String] {
    [
      web ?? .off != .off ? "web" : nil, python == true ? "python" : nil,
      makesPictures == true ? "pictures" : nil,
      libraries?.isEmpty == false ? "library" : nil,
    ].compactMap(\.self)
  }

  /// These settings, and the others' where these are silent.
  package func over(_ base: Parameters) -> Parameters {
    var result = base
    result.temperature = temperature ?? base.temperature
    result.topP = topP ?? base.topP
    result.maxTokens = maxTokens ?? base.maxTokens
    result.frequencyPenalty = frequencyPenalty ?? base.frequencyPenalty
    result.presencePenalty = presencePenalty ?? base.presencePenalty
    result.seed = seed ?? base.seed
    result.stop = stop.isEmpty ? base.stop : stop
    result.responseFormat = responseFormat ?? base.responseFormat
    result.reasoningEffort = reasoningEffort ?? base.reasoningEffort
    result.tools = tools ?? base.tools
    result.web = web ?? base.web
    result.python = python ?? base.python
    result.makesPictures = makesPictures ?? base.makesPictures
    result.libraries = libraries ?? base.libraries
    result.store = store ?? base.store
    result.upload = upload ?? base.upload
    result.pictures = pictures.map { $0.over(base.pictures ?? PictureSettings()) } ?? base.pictures
    for member in others { result.set(member) }
    return result
  }
}

extension Parameters {
  /// These settings without those that are the same in `base`.
  package func changes(from base: Parameters) -> Parameters {
    var result = self
    if temperature == base.temperature { result.temperature = nil }
    if topP == base.topP { result.topP = nil }
    if maxTokens == base.maxTokens { result.maxTokens = nil }
    if frequencyPenalty == base.frequencyPenalty { result.frequencyPenalty = nil }
    if presencePenalty == base.presencePenalty { result.presencePenalty = nil }
    if seed == base.seed { result.seed = nil }
    if stop == base.stop { result.stop = [] }
    if responseFormat == base.responseFormat { result.responseFormat = nil }
    if reasoningEffort == base.reasoningEffort { result.reasoningEffort = nil }
    if tools == base.tools { result.tools = nil }
    if web == base.web { result.web = nil }
    if python == base.python { result.python = nil }
    if makesPictures == base.makesPictures { result.makesPictures = nil }
    if libraries == base.libraries { result.libraries = nil }
    if store == base.store { result.store = nil }
    if upload == base.upload { result.upload = nil }
    if let pictures, let others = base.pictures {
      let changes = pictures.changes(from: others)
      result.pictures = changes.isEmpty ? nil : changes
    }
    result.others.removeAll(where: base.others.contains)
    return result
  }
}

/// The shape that a reply must have (OpenAI API reference, chat/create, `response_format`).
package enum ResponseFormat: Hashable, Codable, Sendable {
  case text
  case jsonObject
  /// `schema` is the JSON text of the `json_schema` object's `schema`.
  case jsonSchema(name: String, schema: String)
}
