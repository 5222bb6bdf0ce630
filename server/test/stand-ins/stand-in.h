// What the stand-ins have in common: what the environment tells them to do, what they compute, and what they find wrong with
// whoever calls them. They are compiled by tests and benchmarks; nothing of them is shipped. `GONE`: the vendor's code for a
// device that is not there (any more); to be defined before this is included.
//
//   SWITCHYARD_STANDIN_LATENCY_US   "mobilenet=3400,resnet=30000": how long an inference takes, by model
//   SWITCHYARD_STANDIN_FAULTS       "crash:rknn_run@5,fail:rknn_init=-6@1": at the n-th call (1 where none is said) of that name
//                                   crash | hang | unplug (it and all later calls fail with GONE) | fail (with the code) | size
#pragma once
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

const char *switchyard_stand_in = "stand-in for tests";

static int complaints = 0;
static int unplugged = 0;
/** What must be given back before the process ends. */
static int held = 0;

/** The caller broke a rule of the interface. It goes on, so that a test sees what came of it, and ends with a code. */
__attribute__((format(printf, 1, 2))) static void complain(const char *format, ...) {
  va_list rest;
  va_start(rest, format);
  fputs("stand-in: ", stderr);
  vfprintf(stderr, format, rest);
  fputc('\n', stderr);
  va_end(rest);
  complaints++;
}

__attribute__((destructor)) static void at_exit(void) {
  if (held != 0) complain("%d were not given back", held);
  if (complaints > 0) _exit(86);
}

static int calls_of(const char *call) {
  static struct { char name[64]; int calls; } counts[64];
  for (int i = 0; i < 64; i++) {
    if (counts[i].name[0] == 0) strncpy(counts[i].name, call, 63);
    if (strcmp(counts[i].name, call) == 0) return ++counts[i].calls;
  }
  abort();
}

/** Whether the environment wants this kind of fault at the n-th call; the code goes with "fail". */
static int wanted(const char *kind, const char *call, int n, int *code) {
  const char *told = getenv("SWITCHYARD_STANDIN_FAULTS");
  if (told == NULL) return 0;
  char list[1024];
  snprintf(list, sizeof list, "%s", told);
  char *rest = NULL;
  for (char *one = strtok_r(list, ",", &rest); one != NULL; one = strtok_r(NULL, ",", &rest)) {
    char its_kind[32] = "", its_call[64] = "", tail[64] = "";
    if (sscanf(one, "%31[^:]:%63[^=@]%63s", its_kind, its_call, tail) < 2) continue;
    const char *equals = strchr(tail, '='), *at = strchr(tail, '@');
    if (strcmp(its_kind, kind) != 0 || strcmp(its_call, call) != 0 || n != (at ? atoi(at + 1) : 1)) continue;
    if (code) *code = equals ? atoi(equals + 1) : -1;
    return 1;
  }
  return 0;
}

/** To be asked at the head of each call that may fail: the code to answer, or 0. `n` is the count of it. */
static int trouble(const char *call, int *count) {
  int n = calls_of(call), code = 0;
  if (count) *count = n;
  if (wanted("crash", call, n, NULL)) *(volatile int *)0 = 1;
  while (wanted("hang", call, n, NULL)) sleep(1);
  if (wanted("unplug", call, n, NULL)) unplugged = 1;
  if (unplugged) return GONE;
  return wanted("fail", call, n, &code) ? code : 0;
}

typedef struct {
  char name[64], input[16], layout[8];
  int size, classes;
} model_t;

/** A stand-in's model is a few lines of text: "stand-in model\nname tiny\nsize 8\nclasses 10\ninput uint8\nlayout nhwc\n". */
static int read_model(const void *bytes, size_t length, model_t *model) {
  char text[256] = "";
  memcpy(text, bytes, length < 255 ? length : 255);
  memset(model, 0, sizeof *model);
  return sscanf(text, "stand-in model name %63s size %d classes %d input %15s layout %7s", model->name, &model->size,
                &model->classes, model->input, model->layout) == 5;
}

static long latency_us(const char *model) {
  const char *told = getenv("SWITCHYARD_STANDIN_LATENCY_US");
  for (size_t length = strlen(model); told != NULL; told = strchr(told, ',') ? strchr(told, ',') + 1 : NULL)
    if (strncmp(told, model, length) == 0 && told[length] == '=') return atol(told + length + 1);
  return 0;
}

static int64_t now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static void wait_until(int64_t us) {
  prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0); // 50 µs otherwise
  struct timespec at = {us / 1000000, us % 1000000 * 1000};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
}

/** Its own time of an inference that takes the host this long: what is left is the way there and back. */
static int64_t device_us(long host_us) { return host_us * 9 / 10; }

static uint32_t checksum(const uint8_t *bytes, size_t length) {
  uint32_t sum = 2166136261u;
  size_t i = 0;
  for (uint32_t word; i + 4 <= length; i += 4) {
    memcpy(&word, bytes + i, 4);
    sum = (sum ^ word) * 16777619u;
  }
  for (; i < length; i++) sum = (sum ^ bytes[i]) * 16777619u;
  return sum;
}

/** From -8 to 8 in sixteenths, from what the input holds and nothing else. */
static float logit(uint32_t sum, int index) { return (sum * (uint32_t)(2 * index + 1) >> 24) / 16.0f - 8.0f; }
