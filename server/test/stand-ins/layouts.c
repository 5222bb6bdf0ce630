// Says what C makes of the vendors' structs, for a comparison with what the drivers take them for.
#include <stddef.h>
#include <stdio.h>
#include "edgetpu_types.h"
#include "mvnc_types.h"
#include "openvino_types.h"
#include "rknn_types.h"

#define SIZE(type) printf(#type " %zu\n", sizeof(type))
#define AT(type, field) printf(#type "." #field " %zu\n", offsetof(type, field))

int main(void) {
  SIZE(rknn_devices_id), AT(rknn_devices_id, n_devices), AT(rknn_devices_id, types), AT(rknn_devices_id, ids);
  SIZE(rknn_init_extend), AT(rknn_init_extend, device_id);
  SIZE(rknn_input_output_num), AT(rknn_input_output_num, n_input), AT(rknn_input_output_num, n_output);
  SIZE(rknn_tensor_attr), AT(rknn_tensor_attr, index), AT(rknn_tensor_attr, n_dims), AT(rknn_tensor_attr, dims);
  AT(rknn_tensor_attr, name), AT(rknn_tensor_attr, n_elems), AT(rknn_tensor_attr, size), AT(rknn_tensor_attr, fmt);
  AT(rknn_tensor_attr, type), AT(rknn_tensor_attr, qnt_type), AT(rknn_tensor_attr, fl), AT(rknn_tensor_attr, zp);
  AT(rknn_tensor_attr, scale);
  SIZE(rknn_perf_run), AT(rknn_perf_run, run_duration);
  SIZE(rknn_sdk_version), AT(rknn_sdk_version, api_version), AT(rknn_sdk_version, drv_version);
  SIZE(rknn_input), AT(rknn_input, index), AT(rknn_input, buf), AT(rknn_input, size), AT(rknn_input, pass_through);
  AT(rknn_input, type), AT(rknn_input, fmt);
  SIZE(rknn_output), AT(rknn_output, want_float), AT(rknn_output, is_prealloc), AT(rknn_output, index);
  AT(rknn_output, buf), AT(rknn_output, size);
  typedef struct edgetpu_device edgetpu_device;
  SIZE(edgetpu_device), AT(edgetpu_device, type), AT(edgetpu_device, path);
  SIZE(ncTensorDescriptor_t), AT(ncTensorDescriptor_t, n), AT(ncTensorDescriptor_t, c), AT(ncTensorDescriptor_t, w);
  AT(ncTensorDescriptor_t, h), AT(ncTensorDescriptor_t, totalSize), AT(ncTensorDescriptor_t, cStride);
  AT(ncTensorDescriptor_t, wStride), AT(ncTensorDescriptor_t, hStride), AT(ncTensorDescriptor_t, dataType);
  SIZE(ov_version_t), AT(ov_version_t, buildNumber), AT(ov_version_t, description);
  SIZE(ov_available_devices_t), AT(ov_available_devices_t, devices), AT(ov_available_devices_t, size);
  SIZE(ov_shape_t), AT(ov_shape_t, rank), AT(ov_shape_t, dims);
  SIZE(ov_profiling_info_t), AT(ov_profiling_info_t, status), AT(ov_profiling_info_t, real_time);
  AT(ov_profiling_info_t, cpu_time), AT(ov_profiling_info_t, node_name), AT(ov_profiling_info_t, exec_type);
  AT(ov_profiling_info_t, node_type);
  SIZE(ov_profiling_info_list_t), AT(ov_profiling_info_list_t, items), AT(ov_profiling_info_list_t, size);
  return 0;
}
