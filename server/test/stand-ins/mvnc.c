// Stands in for libmvnc.so of NCSDK 2.10: one stick, which holds one graph at a time, every rule checked.
#define GONE (-4)
#include "stand-in.h"
#include "mvnc_types.h"

enum { CREATED, OPENED, CLOSED };
typedef struct { int state; } device_t;
typedef struct { model_t model; int allocated; uint32_t sum; int64_t ready_us; int waiting, done; } graph_t;
typedef struct { graph_t *graph; int writes; uint32_t bytes; } fifo_t;

static device_t *the_device = NULL;
static graph_t *on_the_stick = NULL;

static int put(void *data, uint32_t *length, const void *value, uint32_t size) {
  if (data == NULL || length == NULL) return complain("an option without a place"), NC_INVALID_PARAMETERS;
  uint32_t there = *length;
  *length = size;
  if (there < size) return NC_INVALID_LENGTH;
  memcpy(data, value, size);
  return 0;
}

int ncGlobalGetOption(int option, void *data, uint32_t *length) {
  uint32_t version[4] = {2, 10, 1, 1};
  return option == 1 ? put(data, length, version, sizeof version) : NC_INVALID_PARAMETERS;
}

int ncDeviceCreate(int index, device_t **device) {
  int code = trouble("ncDeviceCreate", NULL);
  if (code) return code;
  if (index != 0) return NC_NOT_FOUND;
  if (the_device) return complain("ncDeviceCreate: the stick is there already"), NC_BUSY;
  *device = the_device = calloc(1, sizeof **device);
  held++;
  return 0;
}

static int is_device(const device_t *device, int state, const char *call) {
  if (device != NULL && device == the_device && device->state == state) return 1;
  complain("%s: no device, or not in that state", call);
  return 0;
}

int ncDeviceOpen(device_t *device) {
  int code = trouble("ncDeviceOpen", NULL);
  if (code) return code;
  if (!is_device(device, CREATED, "ncDeviceOpen")) return NC_INVALID_HANDLE;
  device->state = OPENED;
  return 0;
}

int ncDeviceClose(device_t *device) {
  if (!is_device(device, OPENED, "ncDeviceClose")) return NC_INVALID_HANDLE;
  if (on_the_stick) complain("ncDeviceClose: a graph is still on the stick");
  device->state = CLOSED;
  return 0;
}

int ncDeviceDestroy(device_t **device) {
  if (device == NULL || *device != the_device || (*device)->state == OPENED)
    return complain("ncDeviceDestroy: not a device that is closed"), NC_INVALID_HANDLE;
  free(the_device);
  *device = the_device = NULL;
  held--;
  return 0;
}

int ncDeviceGetOption(device_t *device, int option, void *data, uint32_t *length) {
  if (device == NULL || device != the_device) return complain("ncDeviceGetOption: no device"), NC_INVALID_HANDLE;
  char name[28] = "2.1-ma2480";
  float warm[25] = {41.5};
  if (option == 2000) return is_device(device, OPENED, "ncDeviceGetOption") ? put(data, length, warm, sizeof warm) : NC_INVALID_HANDLE;
  return option == 2013 ? put(data, length, name, sizeof name) : NC_INVALID_PARAMETERS;
}

int ncGraphCreate(const char *name, graph_t **graph) {
  if (name == NULL || strlen(name) > 27) return complain("ncGraphCreate: no name, or a long one"), NC_INVALID_PARAMETERS;
  *graph = calloc(1, sizeof **graph);
  held++;
  return 0;
}

static fifo_t *queue_of(graph_t *graph, int writes, int elements) {
  fifo_t *fifo = calloc(1, sizeof *fifo);
  *fifo = (fifo_t){graph, writes, 4 * elements};
  held++;
  return fifo;
}

int ncGraphAllocateWithFifosEx(device_t *device, graph_t *graph, const void *bytes, uint32_t length, fifo_t **in,
                               int in_type, int in_count, int in_data, fifo_t **out, int out_type, int out_count,
                               int out_data) {
  int code = trouble("ncGraphAllocateWithFifosEx", NULL);
  if (code) return code;
  if (!is_device(device, OPENED, "ncGraphAllocateWithFifosEx") || graph == NULL) return NC_INVALID_HANDLE;
  if (on_the_stick) return complain("ncGraphAllocateWithFifosEx: the stick holds one graph"), NC_OUT_OF_MEMORY;
  if (in_type != 1 || out_type != 0 || in_count < 1 || out_count < 1 || in_data != 1 || out_data != 1)
    return complain("ncGraphAllocateWithFifosEx: queues %d/%d/%d and %d/%d/%d", in_type, in_count, in_data, out_type,
                    out_count, out_data),
           NC_INVALID_PARAMETERS;
  if (!read_model(bytes, length, &graph->model)) return NC_UNSUPPORTED_GRAPH;
  graph->allocated = 1;
  on_the_stick = graph;
  *in = queue_of(graph, 1, 3 * graph->model.size * graph->model.size);
  *out = queue_of(graph, 0, graph->model.classes);
  return 0;
}

int ncGraphDestroy(graph_t **graph) {
  if (graph == NULL || *graph == NULL) return complain("ncGraphDestroy: no graph"), NC_INVALID_HANDLE;
  if (*graph == on_the_stick) on_the_stick = NULL;
  free(*graph);
  *graph = NULL;
  held--;
  return 0;
}

int ncGraphGetOption(graph_t *graph, int option, void *data, uint32_t *length) {
  if (graph == NULL || !graph->allocated) return complain("ncGraphGetOption: no graph on the stick"), NC_NOT_ALLOCATED;
  uint32_t side = graph->model.size, times = 8;
  int planes = strcmp(graph->model.layout, "nchw") == 0;
  ncTensorDescriptor_t in = {1, 3, side, side, 6 * side * side, planes ? 2 * side * side : 2, planes ? 2 : 6,
                             planes ? 2 * side : 6 * side, 0};
  float half_ms = device_us(latency_us(graph->model.name)) / 2000.0f, layers[2] = {half_ms, half_ms};
  switch (option) {
    case 1001:
      if (!graph->done) complain("ncGraphGetOption: the time of a run before its answer was there");
      return put(data, length, layers, sizeof layers);
    case 1004:
      return put(data, length, &in, sizeof in);
    case 1011:
      return put(data, length, &times, sizeof times);
    default:
      return NC_INVALID_PARAMETERS;
  }
}

int ncGraphQueueInferenceWithFifoElem(graph_t *graph, fifo_t *in, fifo_t *out, const void *tensor, uint32_t *length,
                                      void *user) {
  int code = trouble("ncGraphQueueInferenceWithFifoElem", NULL);
  if (code) return code;
  if (user != NULL || in == NULL || out == NULL || in->graph != graph || out->graph != graph || !in->writes || out->writes)
    return complain("ncGraphQueueInferenceWithFifoElem: queues of another graph"), NC_INVALID_HANDLE;
  if (tensor == NULL || *length != in->bytes)
    return complain("ncGraphQueueInferenceWithFifoElem: %u bytes, not %u", *length, in->bytes), NC_INVALID_LENGTH;
  if (graph->waiting++ > 0) complain("ncGraphQueueInferenceWithFifoElem: the answer before was not read");
  graph->sum = checksum(tensor, *length);
  graph->ready_us = now_us() + latency_us(graph->model.name);
  graph->done = 0;
  return 0;
}

int ncFifoReadElem(fifo_t *out, void *data, uint32_t *length, void **user) {
  int count, code = trouble("ncFifoReadElem", &count);
  if (code) return code;
  if (out == NULL || out->writes || user == NULL || data == NULL) return complain("ncFifoReadElem: not so"), NC_INVALID_HANDLE;
  if (*length < out->bytes) return complain("ncFifoReadElem: %u bytes, not %u", *length, out->bytes), NC_INVALID_LENGTH;
  if (out->graph->waiting == 0) return complain("ncFifoReadElem: nothing was queued"), NC_ERROR;
  wait_until(out->graph->ready_us);
  for (uint32_t i = 0; i < out->bytes / 4; i++) ((float *)data)[i] = logit(out->graph->sum, i);
  *length = wanted("size", "ncFifoReadElem", count, NULL) ? out->bytes - 4 : out->bytes;
  *user = NULL;
  out->graph->waiting--, out->graph->done = 1;
  return 0;
}

int ncFifoGetOption(fifo_t *fifo, int option, void *data, uint32_t *length) {
  if (fifo == NULL) return complain("ncFifoGetOption: no queue"), NC_INVALID_HANDLE;
  return option == 10 ? put(data, length, &fifo->bytes, 4) : NC_INVALID_PARAMETERS;
}

int ncFifoDestroy(fifo_t **fifo) {
  if (fifo == NULL || *fifo == NULL) return complain("ncFifoDestroy: no queue"), NC_INVALID_HANDLE;
  free(*fifo);
  *fifo = NULL;
  held--;
  return 0;
}
