/** The pictures that ship, by the names of their files. */
export const SAMPLES = [
  'cat.png',
  'cup.png',
  'leaf.jpg',
  'locomotive.png',
  'marble.jpg',
  'signals.png',
  'switchyard.jpg',
  'waves.png',
] as const;
