import Foundation

/// Writes what servers really send into a folder, for the fuzzers of the wire to start from.
@main
enum WireCorpus {
  private static let key = "sk-0123456789abcdef"

  private static let streams = [
    #"data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"# + "\n\n"
      + #"data: {"choices":[{"delta":{"content":"Hi \u00e9"},"finish_reason":null}]}"# + "\n\n"
      + #"data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null}"# + "\n\n"
      + #"data: {"choices":[],"usage":{"prompt_tokens":"3","completion_tokens":1.0}}"# + "\n\n"
      + "data: [DONE]\n\n",
    "\u{FEFF}: OPENROUTER PROCESSING\r\n\r\nevent: message\r\nid: 1\r\nretry: 5\r\ndata: {\r\n"
      + #"data: "choices":[{"delta":{"reasoning":"Hm","content":null}}]}"# + "\r\n\r\n",
    #"data:{"choices":[{"delta":{"content":[{"type":"text","text":"a"}]}}]}"# + "\r\r"
      + "data\ndata: x\n\nevent: error\ndata: {\"message\":\"overloaded\"}\n\n",
    "error: {\"code\":500,\"message\":\"\(key)\",\"type\":\"server_error\"}\n\n",
    #"data: {"choices":[{"delta":{"content":"<think>a</think>b","refusal":"no"}}]}"#,
    #"data: {"choices":[{"message":{"content":"b"},"finish_reason":"model_length"}]}"# + "\n\n",
    #"data: {"choices":[{"delta":{"tool_calls":[{"function":{"name":"f"}}]}}]}"# + "\n\n",
    #"{"object":"chat.completion","choices":[{"message":{"content":"whole"}}]}"#,
    #"data: {"choices":[{"delta":{"content":"hm</thi"}}]}"# + "\n\n"
      + #"data: {"choices":[{"delta":{"content":"nk>a\ud83d"}}]}"# + "\n\n"
      + #"data: {"choices":[{"delta":{"content":"\ude00"}}]}"# + "\n\n"
      + "{\n\"error\": {\"message\": \"died\"}\n}\n",
    "\u{FEFF} " + #"data: {"choices":[{"delta":{"cont"# + "\n\nupstream broke\n",
    #"{"code":401,"success":false,"msg":"\u65e0\u6548\u7684\u4ee4\u724c"}"#,
  ]

  private static let errors = [
    #"{"error":{"message":"Bad key \#(key)","type":"t","param":null,"code":"invalid_api_key"}}"#,
    #"[{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}]"#,
    #"{"error":"'url' field must be a base64 encoded image."}"#,
    #"{"object":"error","message":"m","type":"t","param":null,"code":3000}"#,
    #"{"error":{"message":"image exceeds 5 MB maximum: 6412080 bytes, 2000 pixels, at most 3"}}"#,
    #"{"detail":[{"loc":["body","messages",0],"msg":"field required","type":"missing"}]}"#,
    #"{"error":{"message":"x","metadata":{"raw":"{\"error\":{\"message\":\"behind\"}}"}}}"#,
    #"{"error":{"param":"messages[1].content[2].image_url","code":"invalid_image_format"}}"#,
    #"{"error":{"message":"Unsupported parameter: 'top_p'","code":"unsupported_parameter"}}"#,
    "<html><head><title>502 Bad\nGateway</title></head></html>",
    "upstream connect error",
  ]

  /// Writes a file for each; every target takes them all, behind two bytes of its own.
  static func main() throws {
    let folder = URL(filePath: CommandLine.arguments[1])
    for (index, text) in (streams + errors).enumerated() {
      let bytes = Data([UInt8(index), 3]) + Data(text.utf8)
      try bytes.write(to: folder.appending(path: "seed-\(index)"))
    }
  }
}
