import JSON

/// Pictures of models that talk: the prompt as a message, the settings with the tool that draws, or none.
extension ImageRequestEncoder {
  /// The settings that the tool `image_generation` takes (OpenAI API reference, responses/create,
  /// `tools[]`).
  private static let toolSettings: Set = [
    "size", "quality", "background", "output_format", "partial_images",
  ]

  /// The body of `/responses`: nothing is kept there, and the tool must be used.
  var responses: RequestBody {
    var writer = RequestBody.Writer()
    writer.text.append(#"{"model":"#)
    writer.text.append(jsonString: request.model)
    writer.text.append(#","store":false,"tool_choice":{"type":"image_generation"},"#)
    if members.contains(where: { $0.name == "stream" }) { writer.text.append(#""stream":true,"#) }
    writer.text.append(#""tools":[{"type":"image_generation","model":"#)
    writer.text.append(jsonString: request.toolModel ?? "")
    writer.text.append(#","action":"#)
    writer.text.append(jsonString: request.pictures.isEmpty ? "generate" : "edit")
    for member in members where Self.toolSettings.contains(member.name) {
      writer.text.append(",")
      writer.text.append(jsonString: member.name)
      writer.text.append(":")
      writer.text.append(json: member.value)
    }
    if let mask = request.mask {
      writer.text.append(#","input_image_mask":{"image_url":""#)
      append(.file(mask), to: &writer)
      writer.text.append("\"}")
    }
    writer.text.append(#"}],"input":[{"role":"user","content":[{"type":"input_text","text":"#)
    writer.text.append(jsonString: request.prompt)
    writer.text.append("}")
    for picture in request.pictures {
      writer.text.append(#",{"type":"input_image","detail":"auto","image_url":""#)
      append(picture, to: &writer)
      writer.text.append("\"}")
    }
    writer.text.append("]}]}")
    return writer.body()
  }

  /// The body of `/chat/completions`, in the form of OpenRouter and the relays that have its pictures:
  /// sizes and qualities are words of the prompt there.
  var chat: RequestBody {
    var writer = RequestBody.Writer()
    writer.text.append(#"{"model":"#)
    writer.text.append(jsonString: request.model)
    if !omitted.contains("modalities") { writer.text.append(#","modalities":["image","text"]"#) }
    writer.text.append(#","messages":[{"role":"user","content":[{"type":"text","text":"#)
    writer.text.append(jsonString: request.prompt)
    writer.text.append("}")
    for picture in request.pictures {
      writer.text.append(#",{"type":"image_url","image_url":{"url":""#)
      append(picture, to: &writer)
      writer.text.append("\"}}")
    }
    writer.text.append("]}]}")
    return writer.body()
  }
}
