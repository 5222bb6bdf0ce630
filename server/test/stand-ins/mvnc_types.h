// NCAPI 2.10, as its library's callers see it.
#pragma once
#include <stdint.h>
typedef struct { uint32_t n, c, w, h, totalSize, cStride, wStride, hStride; int dataType; } ncTensorDescriptor_t;
_Static_assert(sizeof(ncTensorDescriptor_t) == 36, "as its header has it");
enum { NC_BUSY = -1, NC_ERROR = -2, NC_OUT_OF_MEMORY = -3, NC_NOT_FOUND = -4, NC_INVALID_PARAMETERS = -5, NC_NOT_ALLOCATED = -8, NC_UNSUPPORTED_GRAPH = -10, NC_INVALID_LENGTH = -14, NC_INVALID_HANDLE = -15 };
