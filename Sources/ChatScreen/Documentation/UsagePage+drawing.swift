import Language

/// How pictures are made from a shell.
extension UsagePage {
  var drawing: String {
    text(say("Options of `iris draw`; `/draw` takes those that say what is drawn:")) + "\n\n"
      + table([say("Option"), say("What it does")], rows(Self.drawOptions))
  }

  static let drawCall: (String, Phrase) = (
    "iris draw [PROMPT] [-i PICTURE…] [-o NAME.png]",
    say(
      "makes pictures, or changes some, and prints the paths of their files; the price comes first")
  )

  static let drawShape = (
    "iris draw",
    "`path`, `model`, `width`, `height`, `format`, `bytes`, `look`, `revised_prompt`"
  )

  private static let drawOptions: [(String, Phrase)] = [
    (
      "--image, -i PATH|URL",
      say(
        "a picture to change; may be repeated, and `-` reads one from the pipe. One without a prompt is varied"
      )
    ),
    ("--mask FILE", say("a PNG as large as the first picture, transparent where it is changed")),
    (
      "--size WxH|W:H",
      say("the size, or the relation of the sides; one that the model does not draw is rounded")
    ),
    ("--quality NAME", say("like low, medium, high or hd; low where the model knows it")),
    ("--style NAME", say("like vivid or natural, where the model knows styles")),
    ("--each STYLES", say("draws the prompt in each of these styles, parted by commas")),
    ("--background NAME", say("transparent or opaque, where the model can")),
    ("-n N", say("how many pictures")),
    ("--seed N", say("a number that makes pictures repeatable, where the server can")),
    ("--model, -m NAME", say("the model that draws; the usual one of the server without it")),
    (
      "--output, -o NAME",
      say(
        "the file, like NAME.png, whose ending asks for the format; several get numbers. Or a folder"
      )
    ),
    ("--force", say("replaces whatever file is there")),
    ("--json", say("prints an array of objects")),
  ]
}
