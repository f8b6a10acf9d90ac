import ChatAPI
import Conversation

/// Errors inside a 200, in a stream and in its place, from the servers that send them so.
extension ReplyCase {
  static let failures = [
    ReplyCase(
      "an error in mid-stream",
      chunk("half")
        + "data: {\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\"}}\n\n",
      [.text("half")], fails: .answer(.serverFailed), says: "The server had an error"),
    ReplyCase(
      "an event called error",
      "event: error\ndata: {\"message\":\"Overloaded\",\"type\":\"overloaded_error\"}\n\n",
      [], fails: .answer(.overloaded), says: "Overloaded"),
    ReplyCase(
      "an event called error that is no JSON", "event: error\ndata: upstream broke\n\n",
      [], fails: .answer(.badRequest), says: "upstream broke"),
    ReplyCase(
      "llama.cpp's bare error line",
      chunk("half")
        + "error: {\"code\":500,\"message\":\"slot failed\",\"type\":\"server_error\"}\n\n",
      [.text("half")], fails: .answer(.serverFailed), says: "slot failed"),
    ReplyCase(
      "vLLM's error object",
      "data: {\"object\":\"error\",\"message\":\"max_tokens is too large\",\"code\":400}\n\n",
      [], fails: .answer(.badRequest), says: "max_tokens is too large"),
    ReplyCase(
      "OpenRouter's error with a number as code",
      chunk("half")
        + "data: {\"error\":{\"code\":502,\"message\":\"Provider returned error\"},\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n",
      [.text("half")], fails: .answer(.serverFailed), says: "Provider returned error"),
    ReplyCase(
      "OpenRouter's finish reason error alone", chunk("half", finish: "error") + done,
      [.text("half")], fails: .answer(.serverFailed)),
    ReplyCase(
      "OpenRouter's words of the provider behind",
      "{\"error\":{\"code\":429,\"message\":\"Provider returned error\",\"metadata\":{\"raw\":\"slow down please\"}}}",
      [], fails: .answer(.rateLimited), says: "slow down please"),
    ReplyCase(
      "an overloaded server in a stream",
      "data: {\"error\":{\"code\":\"server_is_overloaded\",\"message\":\"Busy\"}}\n\n",
      [], fails: .answer(.overloaded), says: "Busy"),
    ReplyCase(
      "LM Studio's error text", "{\"error\":\"'url' field must be a base64 encoded image.\"}",
      [], fails: .answer(.pictureRefused(PictureRefusal(.notFetched))),
      says: "'url' field must be a base64 encoded image."),
    ReplyCase(
      "a relay's error text in a 200", "data: {\"error\":\"no channel\"}\n\n", [],
      fails: .answer(.badRequest), says: "no channel"),
    ReplyCase(
      "Gemini's array around an error",
      "[{\"error\":{\"code\":400,\"message\":\"Bad\",\"status\":\"INVALID_ARGUMENT\"}}]",
      [], fails: .answer(.badRequest), says: "Bad"),
    ReplyCase(
      "null and empty errors are none",
      "data: {\"error\":null,\"choices\":[{\"delta\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}\n\n"
        + "data: {\"error\":\"\"}\n\n", [.text("ok"), .finished(.stop)]),
    ReplyCase(
      "a gateway's page in a 200", "\n<!DOCTYPE html><HTML><head><Title>\n Log in \n</Title>", [],
      fails: .answer(.page), says: "Log in"),
    ReplyCase(
      "plain text", "upstream connect error\n", [], fails: .reply(.malformed),
      says: "upstream connect error"),
    ReplyCase(
      "JSON of something else", "{\"hello\":\"world\"}", [.object("{\"hello\":\"world\"}")],
      fails: .reply(.malformed), says: "{\"hello\":\"world\"}"),
    ReplyCase(
      "JSON that is cut", "{\"choices\":[{\"mess", [], fails: .reply(.malformed),
      says: "{\"choices\":[{\"mess"),
  ]
}
