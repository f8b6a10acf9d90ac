import ChatEngine
import Language

extension Command {
  static let drawingCommands = [
    Command(
      .draw, takes: "[--size S] [--quality Q] [-n N] [--each STYLES] PROMPT",
      say("makes pictures; those that wait, and @N, are what they are made of"),
      example: "/draw --size 3:2 a lighthouse at dusk"),
    Command(
      .redraw, takes: "[WORDS]",
      say("changes the last picture, or makes it once more, as a variant"),
      example: "/redraw make the sky red"),
    Command(
      .again, takes: "N", say("makes picture N once more, with all its settings"),
      example: "/again 2"),
    Command(
      .mask, takes: "[N]",
      say("marks with keys or the mouse what of picture N the next /redraw changes"),
      example: "/mask 1"),
  ]
}
