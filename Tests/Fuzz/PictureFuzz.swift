import Conversation
import JSON
import Pictures

/// Tells, cuts, fits and previews whatever bytes come: only a crash, a leak or a hang is a finding.
///
/// HEIC, AVIF, JPEG XL and SVG are told and no more: their libraries may hang over damage, which the wall
/// is for.
///
/// libFuzzer calls it (LLVM documentation, "libFuzzer", "Fuzz Target"); the limits are low, so that
/// a run is fast.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  var limits = PictureLimits()
  limits.maximumPixels = 4_000_000
  limits.maximumDecodingBytes = 32 << 20
  do {
    if bytes.first == UInt8(ascii: "d") {
      _ = try DataURL.bytes(of: String(decoding: bytes, as: UTF8.self), limits: limits)
    }
    let content = try PictureContent(bytes: bytes, limits: limits)
    let inspection = try content.inspect()
    let target = FitTarget(scale: .within(PixelSize(width: 90, height: 70)))
    _ = try content.bytes(of: content.cut(inspection))
    guard ![.heic, .avif, .jxl, .svg].contains(inspection.format) else { return 0 }
    _ = try content.fit(inspection, to: target, by: .inProcess)
    _ = try content.preview(
      inspection, within: PreviewSize(columns: 9, rows: 5), palette: .indexed256,
      decoder: .inProcess)
  } catch {
    // Refused, as most inputs are.
  }
  return 0
}
