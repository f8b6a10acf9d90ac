import ChatEngine
import Conversation
import Language
import ModelCatalog

/// What is accepted, how it is sent, and what it costs.
extension UsagePage {
  var pictures: String {
    heading(say("Pictures"))
      + text(
        say(
          "The format is told from the content, never from the name. Files of up to 256 MiB and pictures of up to 200 million pixels are read."
        )) + "\n\n"
      + table([say("What"), say("How it is sent")], formats) + "\n"
      + table([say("Detail"), say("What the model gets to see")], details) + "\n"
      + text(
        say(
          "What a picture costs in every request that carries it, in tokens, by the published rules; ≈ where those contradict each other."
        )) + "\n\n" + costs
  }

  private var formats: [[String]] {
    [
      [
        "PNG, JPEG, WebP, GIF",
        text(
          say(
            "as its own bytes when it fits, cut to the picture alone (no place, owner, thumbnail, second picture or film, unless `keep_metadata` or `original` asks for them); a larger one is fitted, upright: photographs as JPEG, drawings and screenshots as PNG"
          )),
      ],
      [
        "HEIC, AVIF, TIFF, JPEG XL, BMP, PPM, QOI, TGA",
        text(say("converted to JPEG or PNG, upright, without its metadata")),
      ],
      [
        "SVG",
        text(
          say(
            "drawn on white, at least 1024 pixels on its longer side, without any file that it names"
          )),
      ],
      [text(say("raw photographs")), text(say("the preview inside, which its name says"))],
      [
        text(say("animated GIF, WebP, PNG or JPEG XL")),
        text(say("its first frame, which is told")),
      ],
      [
        text(say("TIFF of several pages")), text(say("its first page, which is told")),
      ],
      [
        "PDF, PSD, EXR, JPEG 2000, …",
        text(say("refused, with the command that would convert it")),
      ],
      [
        text(say("an http(s) URL")),
        text(say("as it is, the server fetches it; with `--fetch` or `fetch_urls` as the picture")),
      ],
      [text(say("a `data:` URL")), text(say("as the picture that it holds"))],
    ]
  }

  private var details: [[String]] {
    [
      ["`low`", text(say("at most 512×512 pixels"))],
      [
        "`high`, `auto`",
        text(
          say(
            "within 2048×2048, then the shorter side at most 768; or the patch budget of the model's family"
          )),
      ],
      [
        "`original`",
        text(say("the untouched bytes, with the highest detail that the wire knows")),
      ],
      [
        "`tiles`",
        text(
          say(
            "a long picture as several of `high`, in order, each of which shows print of 12 pixels with 9 or more; what can be read whole, whole"
          )),
      ],
    ]
  }

  /// Two pictures that the costs are shown of: a square one, and a telephone's.
  private static let square = PixelSize(width: 1024, height: 1024)
  private static let photograph = PixelSize(width: 4032, height: 3024)

  private var costs: String {
    table(
      [
        say("Models"), .verbatim("`low`, \(Self.photograph)"),
        .verbatim("`high`, \(Self.square)"), .verbatim("`high`, \(Self.photograph)"),
        .verbatim("`original`, \(Self.photograph)"),
      ],
      families.map { models in
        [
          models.map { "`\($0.id)`" }.joined(separator: ", "),
          cost(models[0], Self.photograph, .low), cost(models[0], Self.square, .high),
          cost(models[0], Self.photograph, .high), cost(models[0], Self.photograph, .original),
        ]
      })
  }

  private func cost(_ model: Model, _ size: PixelSize, _ detail: Detail) -> String {
    text(model.plan(for: size, detail: detail).tokens.phrase)
  }

  /// The listed models that see, those that count pictures alike together; the demo aside.
  private var families: [[Model]] {
    let models = ModelCatalog.builtIn.all.filter {
      $0.hasVision == true && $0.price.map { $0.output > 0 } == true
    }
    return Dictionary(grouping: models, by: \.pictures).values
      .map { $0.sorted { $0.id < $1.id } }.sorted { $0[0].id < $1[0].id }
  }
}
