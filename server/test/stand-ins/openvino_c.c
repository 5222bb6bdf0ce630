// Stands in for libopenvino_c.so of 2022.3 with one stick, which holds one network at a time, every rule checked.
#define GONE (-1)
#include "stand-in.h"
#include "openvino_types.h"

#define NEED(ok, ...) \
  if (!(ok)) return complain(__VA_ARGS__), OV_INVALID

typedef struct { int profiles; } core_t;
typedef struct { model_t model; int profiles; } net_t;
typedef struct { const net_t *net; int is_input; } port_t;
typedef struct { int type; size_t bytes; uint8_t *data; } tensor_t;
typedef struct { const net_t *net; const tensor_t *input; uint32_t sum; int done; } request_t;

static int on_the_stick = 0;

static void *lend(size_t size) { return held++, calloc(1, size); }
static void give_back(void *thing, const char *what) {
  if (thing == NULL) return complain("%s: nothing to free", what);
  free(thing);
  held--;
}

static int type_of(const model_t *m) {
  return strcmp(m->input, "float16") == 0 ? F16 : strcmp(m->input, "uint8") == 0 ? U8 : F32;
}
static int answer_type(const model_t *m) { return type_of(m) == F16 ? F16 : F32; }
static size_t width_of(int type) { return type == U8 ? 1 : type == F16 ? 2 : 4; }

int ov_get_openvino_version(ov_version_t *version) {
  const char *told = getenv("SWITCHYARD_STANDIN_VERSION");
  *version = (ov_version_t){strdup(told ? told : "2022.3.1-stand-in"), strdup("OpenVINO Runtime")};
  held++;
  return 0;
}
void ov_version_free(ov_version_t *version) {
  free((char *)version->description);
  give_back((char *)version->buildNumber, "ov_version_free");
}

int ov_core_create(core_t **core) {
  int code = trouble("ov_core_create", NULL);
  if (code) return code;
  *core = lend(sizeof **core);
  return 0;
}
void ov_core_free(core_t *core) { give_back(core, "ov_core_free"); }

int ov_core_get_available_devices(const core_t *core, ov_available_devices_t *list) {
  NEED(core, "ov_core_get_available_devices: no core");
  int gone = trouble("ov_core_get_available_devices", NULL);
  list->size = gone ? 1 : 2;
  list->devices = lend(2 * sizeof(char *));
  list->devices[0] = strdup("CPU"), list->devices[1] = strdup("MYRIAD");
  return 0;
}
void ov_available_devices_free(ov_available_devices_t *list) {
  for (int i = 0; i < 2; i++) free(list->devices[i]);
  give_back(list->devices, "ov_available_devices_free");
}

int ov_core_set_property(core_t *core, const char *device, const char *key, const char *value) {
  NEED(core && strcmp(device, "MYRIAD") == 0, "ov_core_set_property: of %s", device);
  if (strcmp(key, "PERF_COUNT") != 0) return OV_NOT_FOUND;
  core->profiles = strcmp(value, "YES") == 0;
  return 0;
}

int ov_core_get_property(const core_t *core, const char *device, const char *key, char **value) {
  NEED(core && strcmp(device, "MYRIAD") == 0, "ov_core_get_property: of %s", device);
  if (strcmp(key, "DEVICE_THERMAL") != 0) return OV_NOT_FOUND;
  *value = strcpy(lend(16), "41.500000");
  return 0;
}
void ov_free(const char *text) { give_back((char *)text, "ov_free"); }

static int load(core_t *core, const model_t *model, const char *device, net_t **net) {
  NEED(strcmp(device, "MYRIAD") == 0, "a network for %s", device);
  if (on_the_stick) return complain("the stick holds one network"), OV_GENERAL_ERROR;
  *net = lend(sizeof **net);
  **net = (net_t){*model, core->profiles};
  on_the_stick = 1;
  return 0;
}

/** As irFile of the tests writes them: a W at the start and a w at the end. */
static int weights_are_whole(const char *file) {
  FILE *in = fopen(file, "rb");
  if (in == NULL) return 0;
  int first = fgetc(in), last = fseek(in, -1, SEEK_END) == 0 ? fgetc(in) : 0;
  fclose(in);
  return first == 'W' && last == 'w';
}

int ov_core_read_model(const core_t *core, const char *file, const char *weights, model_t **model) {
  NEED(core && file, "ov_core_read_model: no file");
  int code = trouble("ov_core_read_model", NULL);
  if (code) return code;
  char bytes[256] = "";
  FILE *in = fopen(file, "rb");
  NEED(in, "ov_core_read_model: %s is not there", file);
  size_t length = fread(bytes, 1, 255, in);
  fclose(in);
  model_t found;
  const char *text = bytes[0] == '<' ? strstr(bytes, "stand-in model") : bytes + 1; // else after the byte that makes it ONNX
  if (length < 2 || text == NULL || !read_model(text, length - (text - bytes), &found)) return OV_NOT_READ;
  NEED((bytes[0] == '<') == (weights != NULL), "ov_core_read_model: weights of their own belong to an .xml");
  NEED(weights == NULL || weights_are_whole(weights), "ov_core_read_model: %s is not the .bin that was brought", weights);
  *model = lend(sizeof found);
  **model = found;
  return 0;
}
void ov_model_free(model_t *model) { give_back(model, "ov_model_free"); }

int ov_core_compile_model(core_t *core, const model_t *model, const char *device, size_t properties, net_t **net, ...) {
  int code = trouble("ov_core_compile_model", NULL);
  if (code) return code;
  NEED(core && model && properties == 0, "ov_core_compile_model: %zu properties", properties);
  return load(core, model, device, net);
}

int ov_core_import_model(core_t *core, const char *bytes, size_t length, const char *device, net_t **net) {
  int code = trouble("ov_core_import_model", NULL);
  if (code) return code;
  model_t model;
  if (!read_model(bytes, length, &model)) return OV_NOT_READ;
  return load(core, &model, device, net);
}

void ov_compiled_model_free(net_t *net) {
  on_the_stick = 0;
  give_back(net, "ov_compiled_model_free");
}
int ov_compiled_model_inputs_size(const net_t *net, size_t *count) { return (*count = net ? 1 : 0), 0; }
int ov_compiled_model_outputs_size(const net_t *net, size_t *count) {
  return (*count = strcmp(net->model.name, "twoheads") == 0 ? 2 : 1), 0;
}

static int port(const net_t *net, size_t index, int is_input, port_t **found) {
  if (net == NULL || index > 0) return complain("there is no port %zu", index), OV_OUT_OF_BOUNDS;
  *found = lend(sizeof **found);
  **found = (port_t){net, is_input};
  return 0;
}
int ov_compiled_model_input_by_index(const net_t *net, size_t i, port_t **found) { return port(net, i, 1, found); }
int ov_compiled_model_output_by_index(const net_t *net, size_t i, port_t **found) { return port(net, i, 0, found); }
void ov_output_const_port_free(port_t *port) { give_back(port, "ov_output_const_port_free"); }

int ov_const_port_get_shape(const port_t *port, ov_shape_t *shape) {
  const model_t *m = &port->net->model;
  int planes = strcmp(m->layout, "nchw") == 0;
  int64_t in[4] = {1, planes ? 3 : m->size, m->size, planes ? m->size : 3}, out[2] = {1, m->classes};
  shape->rank = port->is_input ? 4 : 2;
  shape->dims = lend(8 * shape->rank);
  memcpy(shape->dims, port->is_input ? in : out, 8 * shape->rank);
  return 0;
}
int ov_shape_free(ov_shape_t *shape) { return give_back(shape->dims, "ov_shape_free"), 0; }
int ov_port_get_element_type(const port_t *port, int *type) {
  const model_t *m = &port->net->model;
  return (*type = port->is_input ? type_of(m) : answer_type(m)), 0;
}

static tensor_t *tensor_of(int type, size_t elements) {
  tensor_t *tensor = lend(sizeof *tensor);
  *tensor = (tensor_t){type, elements * width_of(type), calloc(elements, width_of(type))};
  return tensor;
}
int ov_tensor_create(int type, const ov_shape_t shape, tensor_t **tensor) {
  NEED(shape.rank == 4 && shape.dims && shape.dims[0] == 1, "ov_tensor_create: rank %d", (int)shape.rank);
  *tensor = tensor_of(type, shape.dims[1] * shape.dims[2] * shape.dims[3]);
  return 0;
}
int ov_tensor_data(const tensor_t *tensor, void **data) { return (*data = tensor->data), 0; }
int ov_tensor_get_byte_size(const tensor_t *tensor, size_t *bytes) { return (*bytes = tensor->bytes), 0; }
void ov_tensor_free(tensor_t *tensor) {
  free(tensor->data);
  give_back(tensor, "ov_tensor_free");
}

int ov_compiled_model_create_infer_request(const net_t *net, request_t **request) {
  NEED(net, "ov_compiled_model_create_infer_request: no network");
  *request = lend(sizeof **request);
  (*request)->net = net;
  return 0;
}
void ov_infer_request_free(request_t *request) { give_back(request, "ov_infer_request_free"); }

int ov_infer_request_set_input_tensor_by_index(request_t *request, size_t index, const tensor_t *tensor) {
  const model_t *m = &request->net->model;
  size_t bytes = 3 * m->size * m->size * width_of(type_of(m));
  NEED(index == 0 && tensor && tensor->type == type_of(m) && tensor->bytes == bytes,
       "ov_infer_request_set_input_tensor_by_index: not that tensor");
  request->input = tensor;
  return 0;
}

int ov_infer_request_infer(request_t *request) {
  int code = trouble("ov_infer_request_infer", NULL);
  if (code) return code;
  NEED(request->input, "ov_infer_request_infer: no input was set");
  int64_t ready_us = now_us() + latency_us(request->net->model.name);
  request->sum = checksum(request->input->data, request->input->bytes);
  wait_until(ready_us);
  request->done = 1;
  return 0;
}

int ov_infer_request_get_output_tensor_by_index(const request_t *request, size_t index, tensor_t **tensor) {
  int count = 0;
  trouble("ov_infer_request_get_output_tensor_by_index", &count);
  const model_t *m = &request->net->model;
  NEED(index == 0 && request->done, "ov_infer_request_get_output_tensor_by_index: nothing was inferred");
  int type = answer_type(m);
  *tensor = tensor_of(type, m->classes);
  for (int i = 0; i < m->classes; i++) {
    float value = logit(request->sum, i);
    _Float16 half = value;
    if (type == F16) memcpy((*tensor)->data + 2 * i, &half, 2);
    else memcpy((*tensor)->data + 4 * i, &value, 4);
  }
  if (wanted("size", "ov_infer_request_get_output_tensor_by_index", count, NULL)) (*tensor)->bytes -= 2;
  return 0;
}

int ov_infer_request_get_profiling_info(const request_t *request, ov_profiling_info_list_t *list) {
  if (!request->net->profiles) return OV_GENERAL_ERROR;
  NEED(request->done, "ov_infer_request_get_profiling_info: nothing was inferred");
  int64_t half = device_us(latency_us(request->net->model.name)) / 2;
  list->size = 3;
  list->items = lend(3 * sizeof *list->items);
  list->items[0] = (ov_profiling_info_t){2, half, 0, "conv", "", ""};
  list->items[1] = (ov_profiling_info_t){1, 99999, 0, "optimised out", "", ""};
  list->items[2] = (ov_profiling_info_t){2, half, 0, "dense", "", ""};
  return 0;
}
void ov_profiling_info_list_free(ov_profiling_info_list_t *list) { give_back(list->items, "ov_profiling_info_list_free"); }
