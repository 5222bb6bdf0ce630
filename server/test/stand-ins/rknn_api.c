// Stands in for librknn_api.so 1.7 of the RK3399Pro: two NPUs ("npu-a", "npu-b"), one input, one output, every rule checked.
#define GONE (-3)
#include "stand-in.h"
#include "rknn_types.h"

typedef struct context {
  struct context *next;
  model_t model;
  uint32_t flags, sum;
  int inputs_set, waiting, got, collected;
  int64_t ready_us;
  void *lent;
} context;

static context *contexts = NULL;

static context *find(rknn_context handle, const char *call) {
  for (context *c = contexts; c != NULL; c = c->next)
    if ((rknn_context)(uintptr_t)c == handle) return c;
  complain("%s: there is no context %llx", call, (unsigned long long)handle);
  return NULL;
}

int rknn_find_devices(rknn_devices_id *found) {
  int code = trouble("rknn_find_devices", NULL);
  if (code) return code;
  memset(found, 0, sizeof *found);
  found->n_devices = 2;
  strcpy(found->types[0], "PCIE"), strcpy(found->ids[0], "npu-a");
  strcpy(found->types[1], "USB_DEVICE"), strcpy(found->ids[1], "npu-b");
  return RKNN_OK;
}

static int begin(rknn_context *handle, const void *bytes, uint32_t size, uint32_t flags) {
  if (handle == NULL || bytes == NULL || size == 0) return complain("rknn_init: a null pointer or no bytes"), RKNN_PARAM;
  if (flags & ~FLAGS) return complain("rknn_init: flag %x", flags), RKNN_PARAM;
  if (flags & FLAG_ASYNC_MASK) complain("rknn_init: asynchronous answers are those of another frame");
  model_t model;
  if (!read_model(bytes, size, &model)) return RKNN_MODEL;
  context *c = calloc(1, sizeof *c);
  c->model = model, c->flags = flags, c->next = contexts, contexts = c, held++;
  *handle = (rknn_context)(uintptr_t)c;
  return RKNN_OK;
}

int rknn_init(rknn_context *handle, void *bytes, uint32_t size, uint32_t flags) {
  int code = trouble("rknn_init", NULL);
  return code ? code : begin(handle, bytes, size, flags);
}

int rknn_init2(rknn_context *handle, void *bytes, uint32_t size, uint32_t flags, rknn_init_extend *more) {
  int code = trouble("rknn_init2", NULL);
  if (code) return code;
  if (more == NULL || more->device_id == NULL) return complain("rknn_init2: no device"), RKNN_PARAM;
  if (strcmp(more->device_id, "npu-a") != 0 && strcmp(more->device_id, "npu-b") != 0) return RKNN_UNAVAILABLE;
  return begin(handle, bytes, size, flags);
}

int rknn_destroy(rknn_context handle) {
  context *c = find(handle, "rknn_destroy");
  if (c == NULL) return RKNN_CTX;
  if (c->got) complain("rknn_destroy: outputs were not released");
  for (context **at = &contexts; *at != NULL; at = &(*at)->next)
    if (*at == c) {
      *at = c->next;
      break;
    }
  free(c);
  held--;
  return RKNN_OK;
}

static int attribute(const context *c, rknn_tensor_attr *attr, int is_input) {
  uint32_t index = attr->index;
  if (index != 0) return complain("rknn_query: there is no tensor %u", index), RKNN_PARAM;
  memset(attr, 0, sizeof *attr);
  const model_t *m = &c->model;
  int nchw = strcmp(m->layout, "nchw") == 0, is_float = strcmp(m->input, "float32") == 0;
  uint32_t side = m->size, elements = is_input ? 3 * side * side : (uint32_t)m->classes;
  // innermost first, as the SDK's own examples read them
  uint32_t picture[4] = {nchw ? side : 3, side, nchw ? 3 : side, 1}, answer[2] = {m->classes, 1};
  attr->n_dims = is_input ? 4 : 2;
  memcpy(attr->dims, is_input ? picture : answer, 4 * attr->n_dims);
  strcpy(attr->name, is_input ? "input" : "logits");
  attr->n_elems = elements;
  attr->size = is_float ? 2 * elements : elements;
  attr->fmt = nchw ? FORMAT_NCHW : FORMAT_NHWC;
  attr->type = is_float ? TYPE_FLOAT16 : TYPE_UINT8;
  attr->qnt_type = is_float ? 0 : 2;
  attr->zp = 114;
  attr->scale = 0.0186f;
  return RKNN_OK;
}

int rknn_query(rknn_context handle, int what, void *info, uint32_t size) {
  static const uint32_t sizes[] = {sizeof(rknn_input_output_num), sizeof(rknn_tensor_attr), sizeof(rknn_tensor_attr),
                                   sizeof(rknn_perf_detail),      sizeof(rknn_perf_run),    sizeof(rknn_sdk_version)};
  int code = trouble("rknn_query", NULL);
  if (code) return code;
  context *c = find(handle, "rknn_query");
  if (c == NULL) return RKNN_CTX;
  if (what < 0 || what > QUERY_SDK_VERSION || info == NULL || size != sizes[what])
    return complain("rknn_query: %u bytes for query %d", size, what), RKNN_PARAM;
  switch (what) {
    case QUERY_IN_OUT_NUM:
      *(rknn_input_output_num *)info = (rknn_input_output_num){1, strcmp(c->model.name, "twoheads") == 0 ? 2 : 1};
      return RKNN_OK;
    case QUERY_INPUT_ATTR:
    case QUERY_OUTPUT_ATTR:
      return attribute(c, info, what == QUERY_INPUT_ATTR);
    case QUERY_PERF_DETAIL:
      if (!(c->flags & FLAG_COLLECT_PERF)) complain("rknn_query: details of a context that collects none");
      return RKNN_FAIL;
    case QUERY_PERF_RUN:
      if (!c->collected) return complain("rknn_query: the time of a run before its outputs were there"), RKNN_FAIL;
      ((rknn_perf_run *)info)->run_duration = device_us(latency_us(c->model.name));
      return RKNN_OK;
    default:
      strcpy(((rknn_sdk_version *)info)->api_version, "1.7.5 (stand-in)");
      strcpy(((rknn_sdk_version *)info)->drv_version, "1.7.3");
      return RKNN_OK;
  }
}

int rknn_inputs_set(rknn_context handle, uint32_t n, rknn_input inputs[]) {
  int code = trouble("rknn_inputs_set", NULL);
  if (code) return code;
  context *c = find(handle, "rknn_inputs_set");
  if (c == NULL) return RKNN_CTX;
  if (n != 1 || inputs == NULL) return complain("rknn_inputs_set: %u inputs, not 1", n), RKNN_PARAM;
  const rknn_input in = inputs[0];
  int is_float = strcmp(c->model.input, "float32") == 0;
  uint32_t size = 3 * c->model.size * c->model.size * (is_float ? 4 : 1);
  if (in.index != 0 || in.buf == NULL || in.pass_through != 0 || in.fmt != FORMAT_NHWC ||
      in.type != (is_float ? TYPE_FLOAT32 : TYPE_UINT8) || in.size != size)
    return complain("rknn_inputs_set: input %u of %u bytes (not %u), type %d, format %d, passed through: %d", in.index,
                    in.size, size, in.type, in.fmt, in.pass_through),
           RKNN_INPUT;
  c->sum = checksum(in.buf, in.size);
  c->inputs_set = 1;
  return RKNN_OK;
}

int rknn_run(rknn_context handle, rknn_run_extend *more) {
  (void)more;
  int code = trouble("rknn_run", NULL);
  if (code) return code;
  context *c = find(handle, "rknn_run");
  if (c == NULL) return RKNN_CTX;
  if (!c->inputs_set) return complain("rknn_run: no input was set"), RKNN_INPUT;
  if (c->waiting++ > 0) complain("rknn_run: the answer before this one was not collected");
  c->collected = 0;
  c->ready_us = now_us() + latency_us(c->model.name);
  return RKNN_OK;
}

int rknn_outputs_get(rknn_context handle, uint32_t n, rknn_output outputs[], rknn_output_extend *more) {
  (void)more;
  int count, code = trouble("rknn_outputs_get", &count);
  if (code) return code;
  context *c = find(handle, "rknn_outputs_get");
  if (c == NULL) return RKNN_CTX;
  if (n != 1 || outputs == NULL || outputs[0].index != 0) return complain("rknn_outputs_get: %u outputs", n), RKNN_PARAM;
  if (c->waiting == 0) return complain("rknn_outputs_get: nothing was run"), RKNN_FAIL;
  if (c->got) complain("rknn_outputs_get: the outputs before these were not released");
  rknn_output *out = &outputs[0];
  uint32_t size = c->model.classes * (out->want_float ? 4 : 1);
  if (!out->want_float) complain("rknn_outputs_get: numbers as they are stored");
  if (out->is_prealloc && (out->buf == NULL || out->size < size))
    return complain("rknn_outputs_get: %u bytes are there, %u are needed", out->size, size), RKNN_OUTPUT;
  wait_until(c->ready_us);
  if (!out->is_prealloc) out->buf = c->lent = malloc(size);
  for (int i = 0; i < c->model.classes; i++) ((float *)out->buf)[i] = logit(c->sum, i);
  out->size = wanted("size", "rknn_outputs_get", count, NULL) ? size - 4 : size;
  c->waiting--, c->got = c->collected = 1;
  return RKNN_OK;
}

int rknn_outputs_release(rknn_context handle, uint32_t n, rknn_output outputs[]) {
  context *c = find(handle, "rknn_outputs_release");
  if (c == NULL) return RKNN_CTX;
  if (n != 1 || outputs == NULL || !c->got) return complain("rknn_outputs_release: there is nothing to release"), RKNN_PARAM;
  free(c->lent);
  c->lent = NULL, c->got = 0;
  return RKNN_OK;
}
