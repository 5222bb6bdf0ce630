import { attachedFrom } from '../computing/attached.ts';
import { serve } from '../computing/serve.ts';
import { openTflite } from './library.ts';
import { tflitePlaces } from './places.ts';
import { tfliteRuntime } from './runtime.ts';

// The process of a unit that computes with TensorFlow Lite. Without the library it ends, and its last words say what was tried.

serve(() => tfliteRuntime(openTflite(tflitePlaces(attachedFrom().library))));
