import koffi from 'koffi';

// Loads one library and ends: 0 when the loader took it, else 1 and its words. A vendor's library may do anything meanwhile.

try {
  koffi.load(process.argv[2] ?? '');
  process.exit(0); // not by itself: a library may have left threads behind
} catch (error) {
  console.log(error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error));
  process.exit(1);
}
