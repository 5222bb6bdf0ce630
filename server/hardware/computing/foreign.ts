import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import koffi from 'koffi';

// A vendor's C library, opened and called. There is one place for it, for koffi takes its stacks' sizes before the first call only.

/** Before anything is called: an inference of a large network needs more than the 128 KiB that calls get otherwise. */
koffi.config({ sync_stack_size: 16 << 20, async_stack_size: 8 << 20, resident_async_pools: 2 });

/** Pointers, told apart by the compiler only. */
export type Pointer<Of extends string> = { readonly [K in Of]: never };
/** For what a call gives back through an argument. */
export type Out<T> = [T | null];

export interface Foreign {
  /** Of the file that was loaded. */
  readonly path: string;
  /** What a stand-in says of itself; null: it is what its vendor made. */
  readonly standIn: string | null;
  /** Whether it has a function of this name. */
  has(name: string): boolean;
  /** The function with this C declaration; throws a sentence that names the library where it lacks one. */
  // biome-ignore lint/suspicious/noExplicitAny: what it takes and gives is said where it is bound
  f(declaration: string): (...args: any[]) => any;
}

/** Opens the first of the files that is there and fits; throws a sentence with what the loader said of each. */
export function openFirst<Library>(
  what: string,
  files: readonly string[],
  bind: (library: Foreign) => Library,
): Library {
  const refused: string[] = [];
  for (const file of files) {
    try {
      return bind(load(file));
    } catch (error) {
      refused.push(`${file}: ${loaderSaid(error)}`);
    }
  }
  throw new Error(`no ${what} was found: ${refused.join('; ') || 'no place to look was named'}`);
}

/** Without koffi's words before it: all of them failed to load. */
const loaderSaid = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^Failed to load shared library: /, '');

/** Where a unit looks for its library: where it was told, else where the environment says, else under the usual names. */
export function placesOf(told: string | null, fromEnvironment: string | undefined, usual: readonly string[]): string[] {
  if (told !== null) return [told];
  return fromEnvironment ? [fromEnvironment] : [...usual];
}

/** The text that begins there. */
export const textAt = (pointer: unknown): string => koffi.decode(pointer, 'char', -1) as string;

function load(file: string): Foreign {
  const library = koffi.load(file);
  return {
    path: pathOf(file),
    standIn: standInOf(library),
    has(name) {
      try {
        return library.symbol(name) !== null;
      } catch {
        return false;
      }
    },
    f(declaration) {
      try {
        return library.func(declaration);
      } catch (error) {
        throw new Error(`it is not the version that is needed (${error instanceof Error ? error.message : error})`);
      }
    },
  };
}

/** A name without a folder was the loader's to find: the kernel knows which file it took. */
function pathOf(file: string): string {
  if (file.includes('/')) return file;
  const mapped = readFileSync('/proc/self/maps', 'utf8').split('\n');
  const paths = mapped.map((line) => line.slice(line.indexOf('/')).trim());
  return paths.find((path) => basename(path).startsWith(file)) ?? file;
}

/** Stand-ins for tests carry this symbol, so that nothing they answer can be taken for a device's. */
function standInOf(library: ReturnType<typeof koffi.load>): string | null {
  try {
    return koffi.decode(library.symbol('switchyard_stand_in'), 'const char *') as string;
  } catch {
    return null;
  }
}
