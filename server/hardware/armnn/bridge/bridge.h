/* A C interface in front of Arm NN, which speaks C++ only, as far as a unit needs it: one network has one input and one output.
 *
 * No C++ exception leaves it. A crash inside the library still ends the process: load it in a unit's own. A bridge is used by one
 * thread at a time. Texts belong to the bridge and stay until the next call. 64-bit little-endian Linux.
 */
#ifndef SWITCHYARD_ARMNN_BRIDGE_H
#define SWITCHYARD_ARMNN_BRIDGE_H
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/* Counts changes of this file that an older caller would trip over. */
#define BRIDGE_ABI 1

enum { BRIDGE_FLOAT32 = 1, BRIDGE_UINT8 = 3, BRIDGE_INT8 = 9, BRIDGE_OTHER = 0 }; /* as TensorFlow Lite numbers them */

typedef struct bridge bridge;
typedef struct { /* 40 bytes */
    int32_t type;      /*  0 */
    uint32_t rank;     /*  4 */
    uint32_t sizes[4]; /*  8 the first four */
    uint64_t bytes;    /* 24 */
    float scale;       /* 32 0 where numbers are stored as they are */
    int32_t zero;      /* 36 */
} bridge_tensor;

uint32_t bridge_abi(void);
const char *bridge_version(void);

/* `backend`: the one to compute with, such as "CpuAcc"; nothing else is ever used in its place. `folder`: of the backends'
 * libraries, NULL for the usual one. `threads`: of Arm Compute Library, whose pool belongs to the process: 0 is its own choice.
 * NULL: bridge_trouble(NULL) says why. One per process. */
bridge *bridge_open(const char *backend, const char *folder, int32_t threads);
/* Why the last call failed. */
const char *bridge_trouble(bridge *);
/* Threads that are really in use; -1 where Arm Compute Library is not loaded. */
int32_t bridge_threads(void);

/* A TensorFlow Lite file. 0 or more: the network's number; -1: trouble. */
int32_t bridge_load(bridge *, const void *bytes, uint64_t length);
int32_t bridge_unload(bridge *, int32_t network);
/* Layers by backend: "CpuAcc=102". */
const char *bridge_placement(bridge *, int32_t network);
int32_t bridge_describe(bridge *, int32_t network, int32_t output, bridge_tensor *);
/* One inference. `times`: its start and end, CLOCK_MONOTONIC milliseconds, the copying of input and output left out. */
int32_t bridge_run(bridge *, int32_t network, const void *in, uint64_t in_bytes, void *out, uint64_t out_bytes, double *times);

#ifdef __cplusplus
}
#endif
#endif
