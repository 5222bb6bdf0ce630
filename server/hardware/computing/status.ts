/** What a library's codes mean, and for some what to do about them. */
export interface Codes {
  readonly meaning: Readonly<Record<number, string>>;
  /** By code, or by call and code ("rknn_init -3"), which is the nearer one. */
  readonly cure?: Readonly<Record<string, string>>;
}

/** Throws "rknn_init: device unavailable (-3): is npu_transfer_proxy running?", unless the code says that all is well. */
export function checker({ meaning, cure = {} }: Codes): (call: string, code: number) => void {
  return (call, code) => {
    if (code === 0) return;
    const advice = cure[`${call} ${code}`] ?? cure[code];
    throw new Error(`${call}: ${meaning[code] ?? 'unknown code'} (${code})${advice ? `: ${advice}` : ''}`);
  };
}

/** A device's own time of an inference, unless it cannot be: one that is longer than the host's is of something else. */
export const deviceTime = (ms: number, hostMs: number): { readonly deviceMs?: number } =>
  ms > 0 && ms <= hostMs ? { deviceMs: ms } : {};
