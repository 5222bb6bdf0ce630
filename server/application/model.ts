import type { ModelId } from '../hardware/unit.ts';

/** A network that can be asked for. */
export interface Model {
  readonly id: ModelId;
  readonly name: string;
  /** Trained parameters; for an uploaded model, counted from the file. */
  readonly parameters: number;
  /** Our own generator's weights are random; a top-5 of theirs says so. */
  readonly trained: boolean;
  /** sha256 of the ONNX file, null while it has not been written. */
  readonly sha256: string | null;
  readonly labels: readonly string[] | null;
}
