import { attachedFrom } from '../computing/attached.ts';
import { serve } from '../computing/serve.ts';
import { openRknn } from './library.ts';
import { rknnRuntime } from './runtime.ts';

// The process of a unit that computes on the NPU of an RK3399Pro.

serve(() => {
  const { library, device } = attachedFrom();
  return rknnRuntime(openRknn(library), device);
});
