// RKNN 1.7 of the RK3399Pro, as its library's callers see it.
#pragma once
#include <stdint.h>

typedef uint64_t rknn_context;
typedef struct { uint32_t n_devices; char types[256][64]; char ids[256][64]; } rknn_devices_id;
typedef struct { char *device_id; } rknn_init_extend;
typedef struct { uint32_t n_input, n_output; } rknn_input_output_num;
typedef struct {
  uint32_t index, n_dims, dims[16];
  char name[256];
  uint32_t n_elems, size;
  int fmt, type, qnt_type;
  int8_t fl;
  uint32_t zp;
  float scale;
} rknn_tensor_attr;
typedef struct { char *perf_data; uint64_t data_len; } rknn_perf_detail;
typedef struct { int64_t run_duration; } rknn_perf_run;
typedef struct { char api_version[256], drv_version[256]; } rknn_sdk_version;
typedef struct { uint32_t index; void *buf; uint32_t size; uint8_t pass_through; int type, fmt; } rknn_input;
typedef struct { uint8_t want_float, is_prealloc; uint32_t index; void *buf; uint32_t size; } rknn_output;
typedef struct { uint64_t frame_id; } rknn_run_extend, rknn_output_extend;

_Static_assert(sizeof(rknn_devices_id) == 32772, "as its header has it");
_Static_assert(sizeof(rknn_tensor_attr) == 360, "as its header has it");
_Static_assert(sizeof(rknn_sdk_version) == 512, "as its header has it");
_Static_assert(sizeof(rknn_input) == 32 && sizeof(rknn_output) == 24, "as its header has it");

enum { RKNN_OK = 0, RKNN_FAIL = -1, RKNN_UNAVAILABLE = -3, RKNN_PARAM = -5, RKNN_MODEL = -6, RKNN_CTX = -7, RKNN_INPUT = -8, RKNN_OUTPUT = -9 };
enum { QUERY_IN_OUT_NUM, QUERY_INPUT_ATTR, QUERY_OUTPUT_ATTR, QUERY_PERF_DETAIL, QUERY_PERF_RUN, QUERY_SDK_VERSION };
enum { TYPE_FLOAT32, TYPE_FLOAT16, TYPE_INT8, TYPE_UINT8 };
enum { FORMAT_NCHW, FORMAT_NHWC };
enum { FLAG_ASYNC_MASK = 4, FLAG_COLLECT_PERF = 8, FLAGS = 0x1f };
