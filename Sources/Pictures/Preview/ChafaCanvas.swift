import CChafa
import Conversation

/// A libchafa canvas with a picture drawn on it.
///
/// libchafa's canvases share nothing that is written after its first use, so any thread may make
/// one.
struct ChafaCanvas: ~Copyable {
  private let canvas: OpaquePointer
  let size: PreviewSize

  /// Draws a picture; nil where libchafa has no memory.
  init?(_ raster: Raster, _ size: PreviewSize, configure: (OpaquePointer) -> Void) {
    guard let configuration = chafa_canvas_config_new() else { return nil }
    defer { chafa_canvas_config_unref(configuration) }
    chafa_canvas_config_set_geometry(configuration, Int32(size.columns), Int32(size.rows))
    configure(configuration)
    guard let canvas = chafa_canvas_new(configuration) else { return nil }
    self.canvas = canvas
    self.size = size
    let kind =
      raster.layout == .rgba ? CHAFA_PIXEL_RGBA8_UNASSOCIATED : CHAFA_PIXEL_RGB8
    raster.pixels.withUnsafeBufferPointer { pixels in
      chafa_canvas_draw_all_pixels(
        canvas, kind, pixels.baseAddress, Int32(raster.size.width), Int32(raster.size.height),
        Int32(raster.size.width * raster.layout.rawValue))
    }
  }

  deinit {
    chafa_canvas_unref(canvas)
  }

  /// The cell at a place, with colours as libchafa gives them: -1 where the picture is transparent.
  func cell(column: Int, row: Int) -> (character: Unicode.Scalar, foreground: Int, background: Int)
  {
    let code = chafa_canvas_get_char_at(canvas, Int32(column), Int32(row))
    var foreground: Int32 = -1
    var background: Int32 = -1
    chafa_canvas_get_raw_colors_at(canvas, Int32(column), Int32(row), &foreground, &background)
    return (Unicode.Scalar(code) ?? " ", Int(foreground), Int(background))
  }

  /// The bytes that draw the canvas on a terminal of which `information` tells the sequences.
  func print(_ information: OpaquePointer) -> [UInt8] {
    guard let text = chafa_canvas_print(canvas, information) else { return [] }
    defer { g_string_free(text, 1) }
    let start = UnsafeRawPointer(text.pointee.str)
    return Array(UnsafeRawBufferPointer(start: start, count: Int(text.pointee.len)))
  }
}
