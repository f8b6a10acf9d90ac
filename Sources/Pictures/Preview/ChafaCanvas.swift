import CChafa
import Conversation

/// A libchafa canvas with a picture drawn on it.
///
/// libchafa's canvases share nothing that is written after its first use, so any thread may make
/// one.
struct ChafaCanvas: ~Copyable {
  private let library: chafa_library
  private let canvas: OpaquePointer
  let size: PreviewSize

  /// Draws a picture.
  ///
  /// - Throws: `noPreviewLibrary` where libchafa cannot be loaded, `outOfMemory`.
  init(
    _ raster: Raster, _ size: PreviewSize, configure: (chafa_library, OpaquePointer) -> Void
  ) throws(PictureError) {
    guard let library = chafa_load()?.pointee else { throw .noPreviewLibrary }
    guard let configuration = library.canvas_config_new() else { throw .outOfMemory }
    defer { library.canvas_config_unref(configuration) }
    library.canvas_config_set_geometry(configuration, Int32(size.columns), Int32(size.rows))
    configure(library, configuration)
    guard let canvas = library.canvas_new(configuration) else { throw .outOfMemory }
    self.library = library
    self.canvas = canvas
    self.size = size
    let kind =
      raster.layout == .rgba ? CHAFA_PIXEL_RGBA8_UNASSOCIATED : CHAFA_PIXEL_RGB8
    raster.pixels.withUnsafeBufferPointer { pixels in
      library.canvas_draw_all_pixels(
        canvas, kind, pixels.baseAddress, Int32(raster.size.width), Int32(raster.size.height),
        Int32(raster.size.width * raster.layout.rawValue))
    }
  }

  deinit {
    library.canvas_unref(canvas)
  }

  /// The cell at a place, with colours as libchafa gives them: -1 where the picture is transparent.
  func cell(column: Int, row: Int) -> (character: Unicode.Scalar, foreground: Int, background: Int)
  {
    let code = library.canvas_get_char_at(canvas, Int32(column), Int32(row))
    var foreground: Int32 = -1
    var background: Int32 = -1
    library.canvas_get_raw_colors_at(canvas, Int32(column), Int32(row), &foreground, &background)
    return (Unicode.Scalar(code) ?? " ", Int(foreground), Int(background))
  }

  /// The bytes that draw the canvas on a terminal that is known to have sixels.
  ///
  /// - Throws: `outOfMemory`.
  func sixels() throws(PictureError) -> [UInt8] {
    guard let database = library.term_db_new() else { throw .outOfMemory }
    defer { library.term_db_unref(database) }
    let information = "TERM=mlterm".withCString { variable in
      var environment = [UnsafeMutablePointer(mutating: variable), nil]
      return library.term_db_detect(database, &environment)
    }
    guard let information else { throw .outOfMemory }
    defer { library.term_info_unref(information) }
    guard let text = library.canvas_print(canvas, information) else { throw .outOfMemory }
    defer { _ = library.string_free(text, 1) }
    let start = UnsafeRawPointer(text.pointee.str)
    return Array(UnsafeRawBufferPointer(start: start, count: Int(text.pointee.len)))
  }
}
