/** The classes' names in a file: a JSON list of texts, or one a line. null: neither. Empty lines at the end are no classes. */
export function labelsIn(text: string): string[] | null {
  const whole = text.replace(/^\uFEFF/, '').trim();
  if (whole === '') return null;
  if (!whole.startsWith('[')) return whole.split(/\r?\n/).map((line) => line.trim());
  try {
    const parsed: unknown = JSON.parse(whole);
    return Array.isArray(parsed) && parsed.length > 0 && parsed.every((one) => typeof one === 'string') ? parsed : null;
  } catch {
    return null;
  }
}

/** "My Net (v2).onnx" → my-net-v2: what an id may be made of; empty where nothing of the name is. */
export const idFrom = (fileName: string): string =>
  fileName
    .toLowerCase()
    .replace(/(_edgetpu)?\.(onnx|tflite|rknn|blob|graph)$/, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 64);

export const isModelId = (id: string): boolean => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(id);
