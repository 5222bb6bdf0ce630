/** The likeliest classes, best first. */
export function topFive(logits: Float32Array): { index: number; logit: number }[] {
  const top: { index: number; logit: number }[] = [];
  for (const [index, logit] of logits.entries()) {
    if (top.length === 5 && logit <= top[4]!.logit) continue; // five are there
    const at = top.findIndex((other) => other.logit < logit);
    top.splice(at < 0 ? top.length : at, 0, { index, logit });
    top.length = Math.min(5, top.length);
  }
  return top;
}
