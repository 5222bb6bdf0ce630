// The NPU's calls of one inference after the other with nothing around them: what a driver costs beyond this is its own.
//   bare_loop LIBRARY MODEL SIDE CLASSES RUNS      prints the median in nanoseconds
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "rknn_types.h"

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

int main(int count, char **told) {
  if (count != 6) return 2;
  void *library = dlopen(told[1], RTLD_NOW);
  if (library == NULL) return fputs(dlerror(), stderr), 2;
  int (*init)(rknn_context *, void *, uint32_t, uint32_t) = dlsym(library, "rknn_init");
  int (*inputs_set)(rknn_context, uint32_t, rknn_input *) = dlsym(library, "rknn_inputs_set");
  int (*run)(rknn_context, void *) = dlsym(library, "rknn_run");
  int (*outputs_get)(rknn_context, uint32_t, rknn_output *, void *) = dlsym(library, "rknn_outputs_get");
  int (*query)(rknn_context, int, void *, uint32_t) = dlsym(library, "rknn_query");
  int (*release)(rknn_context, uint32_t, rknn_output *) = dlsym(library, "rknn_outputs_release");
  int (*destroy)(rknn_context) = dlsym(library, "rknn_destroy");
  static char model[4096];
  FILE *file = fopen(told[2], "rb");
  if (file == NULL) return 2;
  uint32_t length = fread(model, 1, sizeof model, file);
  fclose(file);
  int side = atoi(told[3]), classes = atoi(told[4]), runs = atoi(told[5]);
  uint8_t *picture = calloc(3 * side, side);
  float *logits = calloc(classes, 4);
  int64_t *taken = calloc(runs, 8);
  rknn_context context;
  if (init(&context, model, length, 0)) return 1;
  for (int i = 0; i < runs; i++) {
    int64_t from = now_ns();
    rknn_input in = {0, picture, 3 * side * side, 0, TYPE_UINT8, FORMAT_NHWC};
    rknn_output out = {1, 1, 0, logits, 4 * classes};
    rknn_perf_run perf;
    if (inputs_set(context, 1, &in) || run(context, NULL) || outputs_get(context, 1, &out, NULL) ||
        query(context, QUERY_PERF_RUN, &perf, sizeof perf) || release(context, 1, &out))
      return 1;
    taken[i] = now_ns() - from;
  }
  destroy(context);
  qsort(taken, runs, 8, ascending);
  printf("%lld\n", (long long)taken[runs / 2]);
  return 0;
}
