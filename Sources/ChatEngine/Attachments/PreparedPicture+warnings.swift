import Conversation
package import Language

extension PreparedPicture {
  /// What a person should know of the form in which the picture is sent, a sentence each, for the
  /// screen and for `iris ask` alike.
  package var warnings: [Phrase] {
    guard let stored = reference.stored, let fitted else { return [] }
    var phrases: [Phrase] = []
    if fitted.isFirstFrame { phrases.append(say("It is animated: its first frame alone is sent.")) }
    if fitted.pageCount > 1 {
      phrases.append(say("It has \(fitted.pageCount, .pages): the first one alone is sent."))
    }
    let isHalved =
      fitted.size.width * 2 < stored.size.width || fitted.size.height * 2 < stored.size.height
    if isHalved || fitted.tilePlan != nil {
      phrases.append(
        say("It is shrunk from \(stored.size) to \(fitted.size): small print may be lost."))
    }
    if let names = fitted.embedded.names {
      phrases.append(say("It is sent whole and tells more than the picture: \(names)."))
    }
    return phrases
  }
}

extension EmbeddedData {
  /// “the place, a serial number”, the most private first; nil where there is nothing.
  var names: Phrase? {
    let names: [(EmbeddedData, Phrase)] = [
      (.place, say("the place")), (.owner, say("a name")), (.serialNumber, say("a serial number")),
      (.film, say("a film")), (.furtherPicture, say("a second picture")),
      (.thumbnail, say("a thumbnail")), (.date, say("the date")), (.camera, say("the camera")),
      (.text, say("text")), (.trailer, say("bytes behind its end")),
    ]
    let found = names.filter { contains($0.0) }.map(\.1)
    return found.dropFirst().reduce(found.first) { list, name in
      list.map { say("\($0), \(name)") }
    }
  }
}
