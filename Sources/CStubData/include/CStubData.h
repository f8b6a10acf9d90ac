/* The data of ICU, empty: see stub_data.c. There is nothing here to be called. */
#ifndef CSTUBDATA_H
#define CSTUBDATA_H
#endif
