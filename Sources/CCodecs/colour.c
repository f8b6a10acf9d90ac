#include "colour.h"

#include <math.h>

#include "lcms_library.h"

enum { PQ = 16, HLG = 18 };

bool codec_profile_is_hdr(const codec_profile *profile) {
  return profile->transfer == PQ || profile->transfer == HLG;
}



typedef struct primaries {
  uint8_t code;
  /// x and y of white, red, green, blue (ITU-T H.273, table 2).
  double points[8];
} primaries;

static const primaries known_primaries[] = {
    {1, {0.3127, 0.3290, 0.640, 0.330, 0.300, 0.600, 0.150, 0.060}},
    {4, {0.3100, 0.3160, 0.670, 0.330, 0.210, 0.710, 0.140, 0.080}},
    {5, {0.3127, 0.3290, 0.640, 0.330, 0.290, 0.600, 0.150, 0.060}},
    {6, {0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070}},
    {7, {0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070}},
    {9, {0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046}},
    {11, {0.3140, 0.3510, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060}},
    {12, {0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060}},
    {22, {0.3127, 0.3290, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077}},
};

static const double *points_of(uint8_t code) {
  for (size_t index = 0; index < sizeof known_primaries / sizeof *known_primaries; index++) {
    if (known_primaries[index].code == code) return known_primaries[index].points;
  }
  return known_primaries[0].points;
}

static double srgb_to_linear(double value) {
  return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static cmsToneCurve *srgb_curve(const struct lcms_library *lcms) {
  // IEC 61966-2-1: type 4 is (aX + b)^g from d on, cX below it.
  static const cmsFloat64Number parameters[] = {
      2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
  return lcms->BuildParametricToneCurve(NULL, 4, parameters);
}

/// The curve of a transfer characteristic (ITU-T H.273, table 3). That of BT.709 and its like is what
/// cameras write for what viewers show as sRGB.
static cmsToneCurve *curve_of(const struct lcms_library *lcms, uint8_t transfer) {
  switch (transfer) {
    case 4: return lcms->BuildGamma(NULL, 2.2);
    case 5: return lcms->BuildGamma(NULL, 2.8);
    case 8: return lcms->BuildGamma(NULL, 1);
    case 17: return lcms->BuildGamma(NULL, 2.6);
    default: return srgb_curve(lcms);
  }
}

/// A profile of primaries and one curve, which is freed; NULL where lcms has no memory.
static cmsHPROFILE make_profile(
    const struct lcms_library *lcms, const double *points, cmsToneCurve *curve,
    codec_samples samples) {
  if (!curve) return NULL;
  cmsToneCurve *curves[] = {curve, curve, curve};
  cmsHPROFILE profile;
  if (samples == CODEC_GREY) {
    profile = lcms->CreateGrayProfile(lcms->D50_xyY(), curve);
  } else {
    cmsCIExyY white = {points[0], points[1], 1};
    cmsCIExyYTRIPLE triple = {
        {points[2], points[3], 1}, {points[4], points[5], 1}, {points[6], points[7], 1}};
    profile = lcms->CreateRGBProfile(&white, &triple, curves);
  }
  lcms->FreeToneCurve(curve);
  return profile;
}

static bool is_near(double left, double right, double tolerance) {
  return fabs(left - right) <= tolerance;
}

/// Whether a curve differs from that of sRGB by less than half a step of 8 bits.
static bool is_srgb_curve(const struct lcms_library *lcms, const cmsToneCurve *curve) {
  if (!curve) return false;
  for (int step = 0; step <= 16; step++) {
    double value = step / 16.0;
    double linear = lcms->EvalToneCurveFloat(curve, (cmsFloat32Number)value);
    if (!is_near(linear, srgb_to_linear(value), 0.0008)) return false;
  }
  return true;
}

static bool has_colorant(
    const struct lcms_library *lcms, cmsHPROFILE profile, cmsTagSignature tag,
    const double expected[3]) {
  const cmsCIEXYZ *colorant = lcms->ReadTag(profile, tag);
  return colorant && is_near(colorant->X, expected[0], 0.002)
      && is_near(colorant->Y, expected[1], 0.002) && is_near(colorant->Z, expected[2], 0.002);
}

/// Whether an ICC profile is sRGB under whatever name, so that nothing has to be converted.
static bool is_srgb(const struct lcms_library *lcms, cmsHPROFILE profile, codec_samples samples) {
  if (samples == CODEC_GREY) {
    return is_srgb_curve(lcms, lcms->ReadTag(profile, cmsSigGrayTRCTag));
  }
  if (samples != CODEC_RGB || !lcms->IsMatrixShaper(profile)) return false;
  // The colorants of sRGB, adapted to D50 (ICC.1, annex E).
  static const double red[] = {0.4360, 0.2225, 0.0139}, green[] = {0.3851, 0.7169, 0.0971},
                      blue[] = {0.1431, 0.0606, 0.7141};
  return has_colorant(lcms, profile, cmsSigRedColorantTag, red)
      && has_colorant(lcms, profile, cmsSigGreenColorantTag, green)
      && has_colorant(lcms, profile, cmsSigBlueColorantTag, blue)
      && is_srgb_curve(lcms, lcms->ReadTag(profile, cmsSigRedTRCTag))
      && is_srgb_curve(lcms, lcms->ReadTag(profile, cmsSigGreenTRCTag))
      && is_srgb_curve(lcms, lcms->ReadTag(profile, cmsSigBlueTRCTag));
}

static cmsColorSpaceSignature space_of(codec_samples samples) {
  switch (samples) {
    case CODEC_GREY: return cmsSigGrayData;
    case CODEC_INKS: return cmsSigCmykData;
    default: return cmsSigRgbData;
  }
}

/// The file's ICC profile; NULL where it is sRGB, or is none for such samples.
static cmsHPROFILE open_icc(
    const struct lcms_library *lcms, const codec_profile *profile, codec_samples samples) {
  cmsHPROFILE icc = lcms->OpenProfileFromMem(profile->icc, (cmsUInt32Number)profile->icc_count);
  if (!icc) return NULL;
  if (lcms->GetColorSpace(icc) == space_of(samples) && !is_srgb(lcms, icc, samples)) return icc;
  lcms->CloseProfile(icc);
  return NULL;
}

/// The profile of PNG's gAMA and cHRM; NULL where they are those of sRGB.
static cmsHPROFILE make_png_profile(
    const struct lcms_library *lcms, const codec_profile *profile, codec_samples samples) {
  const double *srgb = points_of(1), *points = profile->chromaticities;
  bool has_points = points[0] > 0, is_wide = false;
  for (int index = 0; index < 8 && has_points; index++) {
    is_wide = is_wide || !is_near(points[index], srgb[index], 0.002);
  }
  // 0.45455 stands for sRGB's own curve (PNG third edition, §11.3.2.5).
  bool is_usual = profile->gamma <= 0 || is_near(profile->gamma, 0.45455, 0.005);
  if (is_usual && !is_wide) return NULL;
  cmsToneCurve *curve = is_usual ? srgb_curve(lcms) : lcms->BuildGamma(NULL, 1 / profile->gamma);
  return make_profile(lcms, has_points ? points : srgb, curve, samples);
}

static cmsHPROFILE open_source(
    const struct lcms_library *lcms, const codec_profile *profile, codec_samples samples) {
  if (profile->transfer > 0 && profile->primaries > 0 && samples != CODEC_INKS) {
    const double *points = points_of(profile->primaries);
    bool is_usual_curve = profile->transfer != 4 && profile->transfer != 5
        && profile->transfer != 8 && profile->transfer != 17;
    if (is_usual_curve && (points == points_of(1) || samples == CODEC_GREY)) return NULL;
    return make_profile(lcms, points, curve_of(lcms, profile->transfer), samples);
  }
  if (profile->icc) return open_icc(lcms, profile, samples);
  return samples == CODEC_INKS ? NULL : make_png_profile(lcms, profile, samples);
}

static cmsUInt32Number type_of(codec_samples samples, uint32_t channels) {
  switch (samples) {
    case CODEC_GREY: return TYPE_GRAY_8;
    case CODEC_INKS: return TYPE_CMYK_8_REV;
    default: return channels == 4 ? TYPE_RGBA_8 : TYPE_RGB_8;
  }
}

static void open_transform(
    codec_colour *colour, const struct lcms_library *lcms, cmsHPROFILE source,
    codec_samples samples) {
  bool is_grey = samples == CODEC_GREY;
  cmsHPROFILE target = is_grey ? make_profile(lcms, NULL, srgb_curve(lcms), CODEC_GREY)
                               : lcms->Create_sRGBProfile();
  if (!target) return;
  cmsUInt32Number input = type_of(samples, colour->channels);
  // Of 16-bit samples lcms would make a table of 33 levels a channel, and be off by up to 20 of 255.
  colour->transform = lcms->CreateTransform(
      source, input, target, samples == CODEC_INKS ? TYPE_RGB_8 : input, INTENT_PERCEPTUAL,
      cmsFLAGS_COPY_ALPHA | cmsFLAGS_NOCACHE);
  lcms->CloseProfile(target);
}

void codec_colour_open(
    codec_colour *colour, const codec_profile *profile, codec_samples samples, uint32_t channels) {
  *colour = (codec_colour){.channels = channels};
  if (codec_profile_is_hdr(profile)) {
    colour->hdr = codec_hdr_make(profile->transfer == HLG, profile->primaries, channels);
    return;
  }
  bool says_nothing = !profile->icc && profile->transfer == 0 && profile->gamma <= 0
      && profile->chromaticities[0] <= 0;
  const struct lcms_library *lcms = says_nothing ? NULL : lcms_library();
  cmsHPROFILE source = lcms ? open_source(lcms, profile, samples) : NULL;
  if (!source) return;
  open_transform(colour, lcms, source, samples);
  lcms->CloseProfile(source);
}

bool codec_colour_is_active(const codec_colour *colour) {
  return colour->transform || colour->hdr;
}

void codec_colour_convert(
    const codec_colour *colour, const void *input, uint8_t *output, size_t count) {
  if (colour->hdr) {
    codec_hdr_convert(colour->hdr, input, output, count);
    return;
  }
  const struct lcms_library *lcms = lcms_library();
  if (lcms) lcms->DoTransform(colour->transform, input, output, (cmsUInt32Number)count);
}

void codec_colour_close(codec_colour *colour) {
  if (colour->transform) lcms_library()->DeleteTransform(colour->transform);
  codec_hdr_free(colour->hdr);
  *colour = (codec_colour){0};
}
