import ChatAPI

/// Each fault with words that only its sentence has.
enum ErrorSentences {
  struct Row: Sendable {
    var kind: ChatAPIError.Kind
    var words: String

    init(_ kind: ChatAPIError.Kind, _ words: String) {
      self.kind = kind
      self.words = words
    }
  }

  static let all = requests + networks + certificates + answers + pictures + replies

  static let requests = [
    Row(.request(.addressInvalid("::")), "“::” is no address"),
    Row(.request(.keyOverPlainHTTP), "The key is not sent to api.a.com over plain http"),
    Row(.request(.keyThroughProxy), "in plain text through a proxy: set proxy: none"),
    Row(.request(.headerInvalid(name: "X-A")), "The header X-A has a line break"),
    Row(.request(.modelMissing), "No model is chosen"),
    Row(.request(.messagesMissing), "no message to send"),
    Row(.request(.jsonNotMentioned), "the word JSON"),
    Row(.request(.schemaInvalid(name: "s")), "The schema s is not valid JSON"),
    Row(.request(.pictureURLNotAccepted(url: "http://p")), "does not fetch http://p itself"),
    Row(.request(.fileMissing(path: "a.png")), "a.png cannot be read any more"),
    Row(.request(.fileChanged(path: "a.png")), "a.png was changed while it was sent"),
    Row(.request(.pictureLimit(2)), "said before that it takes 2 pictures"),
    Row(.request(.pictureLimit(1)), "said before that it takes one picture"),
    Row(.request(.pictureLimit(0)), "said before that the model takes no pictures"),
  ]

  static let networks = [
    Row(.network(.libraryMissing("no file")), "libcurl cannot be loaded (no file)"),
    Row(.network(.nameNotFound), "No server is called api.a.com"),
    Row(.network(.connectionRefused), "api.a.com does not take connections"),
    Row(.network(.connectTimeout), "did not take the connection in time"),
    Row(.network(.firstByteTimeout), "did not answer in time"),
    Row(.network(.idleTimeout), "stopped sending in mid-reply"),
    Row(.network(.totalTimeout), "did not send everything in time"),
    Row(.network(.connectionLost), "The connection to api.a.com broke"),
    Row(.network(.handshake("wrong version")), "No TLS connection to api.a.com (wrong version)"),
    Row(.network(.authoritiesUnreadable("ca.pem")), "authorities ca.pem cannot be used"),
    Row(.network(.proxyNameNotFound), "The proxy's name is not known"),
    Row(.network(.proxyUnreachable), "The proxy does not take connections"),
    Row(.network(.proxyRefused(status: 407)), "The proxy wants a name and a password"),
    Row(.network(.proxyRefused(status: 403)), "will not connect to api.a.com (HTTP 403)"),
    Row(.network(.proxyRefused(status: nil)), "the proxy's rules"),
    Row(.network(.tooManyRedirects), "from one address to the next"),
    Row(.network(.privateTarget(host: "10.0.0.1")), "sends on to 10.0.0.1, which is this machine"),
    Row(.network(.headTooLong), "sends headers without end"),
    Row(.network(.encodingUnreadable("odd")), "cannot be decompressed (odd)"),
    Row(.network(.tooLarge(limit: 20_000_000)), "larger than 20 MB"),
    Row(.network(.other(code: 3, message: "odd")), "failed: odd (libcurl 3)"),
  ]

  static let certificates = [
    Row(.network(.certificate(.expired)), "has expired"),
    Row(.network(.certificate(.wrongHost)), "The certificate is not for api.a.com"),
    Row(.network(.certificate(.selfSigned)), "is self-signed"),
    Row(.network(.certificate(.unknownAuthority)), "An unknown authority"),
    Row(.network(.certificate(.other("odd"))), "is not accepted (odd)"),
  ]

  static let answers = [
    Row(.answer(.keyMissing), "api.a.com wants a key"),
    Row(.answer(.keyRefused), "api.a.com refuses the key"),
    Row(.answer(.forbidden), "does not allow this with your key"),
    Row(.answer(.modelNotFound), "has no such model"),
    Row(.answer(.notFound), "has nothing at this address"),
    Row(.answer(.callMissing("/responses")), "has no /responses"),
    Row(.answer(.redirected(to: "https://b.com")), "sends on to https://b.com"),
    Row(.answer(.redirected(to: nil)), "sends on to another address"),
    Row(.answer(.tooLarge), "The request is too large for api.a.com"),
    Row(.answer(.contextTooLong), "too long for the model"),
    Row(.answer(.replyLimitTooHigh(most: 2048)), "has room for 2048 tokens of reply"),
    Row(.answer(.replyLimitTooHigh(most: nil)), "has no room for so many tokens"),
    Row(.answer(.turnsRefused), "wants user and model to take turns"),
    Row(.answer(.toolsRefused), "takes no tools: switch them off"),
    Row(.answer(.toolsRefusedWithReasoning), "on /responses alone"),
    Row(.answer(.parameterRefused(name: "top_p")), "does not take top_p"),
    Row(.answer(.parameterRefused(name: nil)), "does not take one of the settings"),
    Row(.answer(.contentRefused), "refuses the content"),
    Row(.answer(.moderated(stage: "input", categories: ["violence"])), "refuses the prompt"),
    Row(.answer(.moderated(stage: "output", categories: ["violence"])), "held it back"),
    Row(.answer(.moderated(stage: "unknown", categories: [])), "refuses to draw this"),
    Row(.answer(.picturesNotMade(call: "/images/edits")), "has no /images/edits"),
    Row(.answer(.organisationUnverified), "verified organisations alone"),
    Row(.answer(.badRequest), "does not accept the request"),
    Row(.answer(.rateLimited), "wants fewer requests"),
    Row(.answer(.quotaUsedUp), "The quota of your key is used up"),
    Row(.answer(.overloaded), "is overloaded"),
    Row(.answer(.serverFailed), "api.a.com failed"),
    Row(.answer(.serverFailedWithoutKey), "No key was sent"),
    Row(.answer(.page), "answered with a web page"),
  ]

  static let pictures = [
    row(.unsaid, at: .init(message: 1, part: nil), "refuses a picture of message 2"),
    row(.unsaid, "refuses a picture: leave it out"),
    row(.notSeen, "takes no pictures"), row(.tooMany(limit: 2), "takes at most 2 pictures"),
    row(.tooMany(limit: 1), "takes one picture a request: leave"),
    row(.tooMany(limit: nil), "takes fewer pictures"),
    row(.tooLarge(side: 2000), "at most 2000 pixels a side"),
    row(.tooLarge(side: nil), "takes smaller pictures only"),
    row(.tooHeavy(byteCount: 5_000_000), "takes at most 5.0 MB a picture"),
    row(.tooHeavy(byteCount: nil), "has too many bytes for"),
    row(.unreadable, "cannot read a picture"),
    row(.notFetched, "cannot fetch a picture's address"),
  ]

  private static func row(
    _ reason: PictureRefusal.Reason, at place: PictureRefusal.Place? = nil, _ words: String
  ) -> Row {
    Row(.answer(.pictureRefused(PictureRefusal(reason, at: place))), words)
  }

  static let replies = [
    Row(.reply(.cutOff), "broke off"),
    Row(.reply(.malformed), "does not answer as a chat API does"),
    Row(.reply(.eventTooLong), "too long to be held"),
    Row(.reply(.unreadable), "sent what cannot be read"),
    Row(.reply(.tooLong(limit: 64_000_000)), "wrote more than 64 MB"),
    Row(.reply(.tooManyParts(limit: 1000)), "wrote in too many pieces"),
    Row(.reply(.empty), "may be too long for it"),
    Row(.reply(.pictureUnreadable), "sent a picture that cannot be read"),
    Row(.reply(.pictureMissing), "answered without a picture"),
    Row(.reply(.pictureTooLarge(limit: 256 << 20)), "sent a picture of more than 268 MB"),
    Row(.reply(.tooManyPictures(limit: 5)), "those after the first 5 are left out"),
  ]
}
