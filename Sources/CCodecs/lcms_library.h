// Little CMS, loaded when the first profile needs it: most pictures have none, and each library costs
// every start (docs/decisions/0096).

#ifndef LCMS_LIBRARY_H
#define LCMS_LIBRARY_H

#include <lcms2.h>

// The functions of Little CMS that we use, by their own names.
#define LCMS_FUNCTIONS(X) \
  X(OpenProfileFromMem) X(CloseProfile) X(GetColorSpace) X(IsMatrixShaper) X(ReadTag) \
  X(EvalToneCurveFloat) X(BuildParametricToneCurve) X(BuildGamma) X(FreeToneCurve) \
  X(CreateRGBProfile) X(CreateGrayProfile) X(Create_sRGBProfile) X(CreateTransform) X(DoTransform) \
  X(DeleteTransform) X(D50_xyY)

struct lcms_library {
#define LCMS_MEMBER(name) __typeof__(&cms##name) name;
  LCMS_FUNCTIONS(LCMS_MEMBER)
#undef LCMS_MEMBER
};

// Loads the library at the first call, from any thread; NULL where it is not on this machine.
const struct lcms_library *lcms_library(void);

#endif
