// What a library that computes networks has to offer, to be a unit: everything else is the same for all of them.

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A network that is loaded and has run once. */
export interface Session<Picture> extends Size {
  /** As many as it really answered with. */
  readonly classes: number;
  /** Throws a sentence. */
  run(picture: Picture): Timed | Promise<Timed>;
  release(): void | Promise<void>;
  /** Where its layers are computed, in the library's own words, where it says. */
  readonly placement?: string;
}

export interface Timed {
  readonly logits: Float32Array;
  /** CLOCK_MONOTONIC milliseconds of the inference alone. */
  readonly startMs: number;
  readonly endMs: number;
  /** The device's own time of it, where its library tells: at most `endMs - startMs`. */
  readonly deviceMs?: number | undefined;
}

export interface Runtime<Picture> {
  /** Such as "ONNX Runtime on the CPU", with its version as soon as that is known. */
  name(): string;
  /** Where it lies, and whether it only stands in for its vendor's; undefined: it is part of this program. */
  readonly library?: { readonly path: string; readonly standIn: string | null };
  /** How many networks its device holds: the oldest leaves for a new one. Undefined: as many as there is memory for. */
  readonly slots?: number;
  /** Before the first network, where the library has something to open then; says how many threads it really uses. Throws a sentence. */
  begin?(threads: number): number;
  /** From bytes, never from a path: a file that names other files on this disk finds none of them. Throws a sentence. */
  open(bytes: Uint8Array, threads: number): Promise<Session<Picture>>;
  /** As the library takes it, from three planes of normalised floats (NCHW). */
  picture(planes: Float32Array, size: Size): Picture;
  /** Of the device itself, in degrees Celsius, where its library tells; null: not this time. Between inferences, a second apart. */
  temperatureC?(): number | null;
  /** Gives the device back; every session was released before. */
  close?(): void;
}
