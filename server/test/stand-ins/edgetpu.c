// Stands in for libedgetpu.so.1: one stick at /sys/bus/usb/devices/2-1, and a delegate for the genuine TensorFlow Lite, which
// takes over the operators that edgetpu_compiler leaves in a model and no others.
#define GONE 1
#include "stand-in.h"
#include <math.h>
#include "edgetpu_types.h"
#include "tensorflow/lite/c/common.h"

#define STICK "/sys/bus/usb/devices/2-1"
#define OPERATOR "edgetpu-custom-op"
#define BUILTIN_CUSTOM 32

const char *edgetpu_version(void) { return "BuildLabel(STAND-IN), RuntimeVersion(14)"; }

struct edgetpu_device *edgetpu_list_devices(size_t *count) {
  *count = 0;
  if (trouble("edgetpu_list_devices", NULL)) return NULL;
  struct edgetpu_device *list = malloc(sizeof *list);
  *list = (struct edgetpu_device){EDGETPU_USB, STICK};
  *count = 1, held++;
  return list;
}

void edgetpu_free_devices(struct edgetpu_device *list) {
  if (list == NULL) return complain("edgetpu_free_devices: nothing to free");
  free(list);
  held--;
}

/** A kernel is its delegate, which counts them. */
static void *begin(TfLiteContext *context, const char *params, size_t length) {
  (void)context, (void)length;
  TfLiteDelegate *delegate = ((const TfLiteDelegateParams *)params)->delegate;
  ++*(int *)delegate->data_;
  return delegate;
}

static void end(TfLiteContext *context, void *kernel) {
  (void)context;
  --*(int *)((TfLiteDelegate *)kernel)->data_;
}

static TfLiteStatus invoke(TfLiteContext *context, TfLiteNode *node) {
  int code = trouble("edgetpu_invoke", NULL);
  if (unplugged) {
    fputs("F driver/usb/usb_driver.cc:1148] HandleQueuedBulkIn transfer in failed. Not found: USB device is gone\n", stderr);
    abort(); // so does the library
  }
  if (code) return kTfLiteError;
  int64_t ready_us = now_us() + latency_us("edgetpu");
  const TfLiteTensor *in = &context->tensors[node->inputs->data[0]];
  TfLiteTensor *out = &context->tensors[node->outputs->data[0]];
  if (in->type != kTfLiteUInt8 && in->type != kTfLiteInt8) return complain("invoke: an input of type %d", in->type), kTfLiteError;
  uint32_t sum = checksum((const uint8_t *)in->data.raw, in->bytes);
  for (size_t i = 0; i < out->bytes; i++)
    out->data.raw[i] = (char)(lrintf(logit(sum, i) / out->params.scale) + out->params.zero_point);
  wait_until(ready_us);
  return kTfLiteOk;
}

static TfLiteStatus prepare(TfLiteContext *context, TfLiteDelegate *delegate) {
  TfLiteIntArray *plan;
  if (trouble("edgetpu_prepare", NULL)) return kTfLiteDelegateError;
  if (context->GetExecutionPlan(context, &plan) != kTfLiteOk) return kTfLiteError;
  TfLiteIntArray *ours = calloc(1, sizeof(int) * (plan->size + 1));
  for (int i = 0; i < plan->size; i++) {
    TfLiteNode *node;
    TfLiteRegistration *what;
    if (context->GetNodeAndRegistration(context, plan->data[i], &node, &what) != kTfLiteOk) return kTfLiteError;
    if (what->builtin_code == BUILTIN_CUSTOM && what->custom_name && strcmp(what->custom_name, OPERATOR) == 0)
      ours->data[ours->size++] = plan->data[i];
  }
  TfLiteRegistration kernel = {.init = begin, .free = end, .invoke = invoke, .custom_name = OPERATOR, .version = 1};
  TfLiteStatus status = context->ReplaceNodeSubsetsWithDelegateKernels(context, kernel, ours, delegate);
  free(ours);
  return status;
}

TfLiteDelegate *edgetpu_create_delegate(int type, const char *name, const struct edgetpu_option *options, size_t count) {
  if (trouble("edgetpu_create_delegate", NULL)) return NULL;
  if (count > 0 && options == NULL) complain("edgetpu_create_delegate: %zu options that are not there", count);
  if (type != EDGETPU_USB || (name != NULL && strcmp(name, STICK) != 0)) return NULL;
  TfLiteDelegate *delegate = calloc(1, sizeof *delegate);
  delegate->data_ = calloc(1, sizeof(int));
  delegate->Prepare = prepare;
  delegate->flags = kTfLiteDelegateFlagsAllowDynamicTensors; // or the operator that nobody else knows is prepared first
  held++;
  return delegate;
}

void edgetpu_free_delegate(TfLiteDelegate *delegate) {
  if (delegate == NULL) return complain("edgetpu_free_delegate: nothing to free");
  if (*(int *)delegate->data_ > 0) complain("edgetpu_free_delegate: an interpreter still uses it");
  free(delegate->data_);
  free(delegate);
  held--;
}
