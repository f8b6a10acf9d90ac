import Conversation
import Foundation
import Language
import Testing

/// Settings of pictures: `picture_size` and its kin.
@Suite struct PictureSettingsTests {
  private func parameters(_ settings: [String: String]) throws -> Parameters {
    var parameters = Parameters()
    for (name, value) in settings { try parameters.set(name: name, json: value) }
    return parameters
  }

  @Test func `They are set by name, with quotes and without, and are no member of a request`()
    throws
  {
    let parameters = try parameters([
      "picture_size": "3:2", "picture_quality": #""high""#, "picture_model": "flux",
    ])
    #expect(parameters.pictures?[.size] == "3:2")
    #expect(parameters.pictures?[.quality] == "high")
    #expect(parameters.pictures?[.model] == "flux")
    #expect(parameters.others == [])
  }

  @Test(arguments: [
    ("picture_size", "big", "picture_size takes a size such as 1536x1024, 3:2 or auto, not big."),
    (
      "picture_quality", "very good",
      "picture_quality takes a word such as low, medium or hd, not very good."
    ),
    ("picture_style", "", "picture_style takes a word such as vivid or natural, not ."),
  ]) func `What is no value is told, and changes nothing`(
    name: String, value: String, sentence: String
  ) {
    var parameters = Parameters()
    let error = #expect(throws: ParameterError.self) {
      try parameters.set(name: name, json: value)
    }
    #expect(error?.phrase.text() == sentence)
    #expect(parameters == Parameters())
  }

  @Test func `They are stored, and read again without what nobody can read`() throws {
    let set = try parameters(["picture_size": "1024x1024", "picture_format": "webp"])
    let json = try JSONEncoder().encode(set)
    #expect(try JSONDecoder().decode(Parameters.self, from: json) == set)
    let others = #"{"stop":[],"pictures":{"picture_size":"big","picture_style":"x","new":"y"}}"#
    let read = try JSONDecoder().decode(Parameters.self, from: Data(others.utf8))
    #expect(read == (try parameters(["picture_style": "x"])))
    let damaged = try JSONDecoder().decode(
      Parameters.self, from: Data(#"{"stop":[],"pictures":7}"#.utf8))
    #expect(damaged == Parameters())
  }

  @Test func `A conversation's go before those of the configuration`() throws {
    let base = try parameters(["picture_size": "3:2", "picture_quality": "low"])
    let own = try parameters(["picture_quality": "high"])
    let both = own.over(base)
    #expect(both.pictures?[.size] == "3:2" && both.pictures?[.quality] == "high")
    #expect(both.changes(from: base) == own)
    #expect(base.changes(from: base) == Parameters())
    #expect(Parameters().over(base) == base)
  }

  @Test func `A drawing has them in the place of its own`() throws {
    let set = try parameters(["picture_size": "3:2", "picture_background": "opaque"])
    var drawing = Drawing(model: "m")
    (drawing.quality, drawing.count) = ("low", 3)
    let applied = try #require(set.pictures).applied(to: drawing)
    drawing.size = .ratio(width: 3, height: 2)
    drawing.background = "opaque"
    #expect(applied == drawing)
  }

  @Test func `Without any of them nothing is held`() throws {
    var parameters = try parameters(["picture_size": "3:2"])
    try parameters.set(.size, to: nil)
    #expect(parameters == Parameters())
  }
}
