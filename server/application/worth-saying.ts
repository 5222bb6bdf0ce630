/** A tenth more or less. Smaller changes of speed are followed without a word. */
export const isWorthSaying = (factor: number): boolean => Math.abs(Math.log(factor)) > Math.log(1.1);
