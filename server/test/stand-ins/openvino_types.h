// OpenVINO's C interface as of 2022.3, as its callers see it.
#pragma once
#include <stddef.h>
#include <stdint.h>
typedef struct { const char *buildNumber, *description; } ov_version_t;
typedef struct { char **devices; size_t size; } ov_available_devices_t;
typedef struct { int64_t rank; int64_t *dims; } ov_shape_t;
typedef struct { int status; int64_t real_time, cpu_time; char *node_name, *exec_type, *node_type; } ov_profiling_info_t;
typedef struct { ov_profiling_info_t *items; size_t size; } ov_profiling_info_list_t;
_Static_assert(sizeof(ov_profiling_info_t) == 48, "as its header has it");
enum { OV_GENERAL_ERROR = -1, OV_NOT_FOUND = -5, OV_OUT_OF_BOUNDS = -6, OV_NOT_READ = -12, OV_INVALID = -14 };
enum { F16 = 4, F32 = 5, U8 = 14 };
