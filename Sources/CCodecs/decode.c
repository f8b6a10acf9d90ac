#include "CDecoder.h"

codec_status codec_decode(
    uint32_t format, const codec_input *input, const codec_canvas *canvas) {
  switch (format) {
    case CODEC_JPEG: return codec_decode_jpeg(input, canvas);
    case CODEC_PNG: return codec_decode_png(input, canvas);
    case CODEC_WEBP: return codec_decode_webp(input, canvas);
    case CODEC_GIF: return codec_decode_gif(input, canvas);
    case CODEC_HEIF: return codec_decode_heif(input, canvas);
    case CODEC_BMP: return codec_decode_bmp(input, canvas);
    case CODEC_PNM: return codec_decode_pnm(input, canvas);
    case CODEC_QOI: return codec_decode_qoi(input, canvas);
    case CODEC_TGA: return codec_decode_tga(input, canvas);
    case CODEC_TIFF: return codec_decode_tiff(input, canvas);
    case CODEC_SVG: return codec_decode_svg(input, canvas);
    case CODEC_JXL: return codec_decode_jxl(input, canvas);
    default: return CODEC_UNSUPPORTED;
  }
}
