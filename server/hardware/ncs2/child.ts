import { attachedFrom } from '../computing/attached.ts';
import { serve } from '../computing/serve.ts';
import { openNcs2 } from './runtime.ts';

// The process of a unit that computes on an Intel Neural Compute Stick 2.

serve(() => {
  const { library, device } = attachedFrom();
  return openNcs2(library, device);
});
