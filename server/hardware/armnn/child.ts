import { attachedFrom } from '../computing/attached.ts';
import { serve } from '../computing/serve.ts';
import { openArmnn } from './library.ts';
import { armnnPlaces } from './places.ts';
import { armnnRuntime } from './runtime.ts';

// The process of a unit that computes with Arm NN. Without the bridge, or without Arm Compute Library, it ends and says so.

const { library, device } = attachedFrom();
serve(() => armnnRuntime(openArmnn(armnnPlaces(library)), device === 'CpuRef' ? 'CpuRef' : 'CpuAcc'));
