/** A string or number that says what it names, so that a unit's id cannot be passed where a model's is wanted. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };

/** An expected failure is a value with a sentence in it; a broken promise of our own code throws. */
export type Result<T = void> = { ok: true; value: T } | { ok: false; error: string };
