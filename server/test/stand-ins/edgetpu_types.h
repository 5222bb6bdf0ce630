// libedgetpu's C interface, as its callers see it.
#pragma once
struct edgetpu_device { int type; const char *path; };
struct edgetpu_option { const char *name; const char *value; };
_Static_assert(sizeof(struct edgetpu_device) == 16 && sizeof(struct edgetpu_option) == 16, "as its header has it");
enum { EDGETPU_PCI = 0, EDGETPU_USB = 1 };
