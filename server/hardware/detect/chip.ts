import { lineOf, namesIn } from '../kernel-files.ts';

/** What the device tree calls the board; nulls where there is none (a PC). */
export interface Chip {
  readonly model: string | null;
  /** From the most to the least particular: "asus,…", "rockchip,rk3399pro". */
  readonly compatible: readonly string[];
}

const TREES = ['/proc/device-tree', '/sys/firmware/devicetree/base'];

export function chipOf(root = ''): Chip {
  const said = (name: string) =>
    TREES.map((tree) => lineOf(`${root}${tree}/${name}`)).find((line) => line !== null) ?? null;
  const compatible = (said('compatible') ?? '').split('\0').map((name) => name.trim());
  return { model: said('model')?.replaceAll('\0', '').trim() || null, compatible: compatible.filter(Boolean) };
}

/** The RK3399Pro is the one whose NPU its library reaches; the plain RK3399 has none. */
export const hasNpu = ({ compatible }: Chip): boolean => compatible.includes('rockchip,rk3399pro');

/** The kernel cuts names of processes to fifteen letters. */
const PROXY = 'npu_transfer_pr';

/** Without it no program reaches the NPU. */
export const proxyRuns = (root = ''): boolean =>
  namesIn(`${root}/proc`).some((name) => /^\d+$/.test(name) && lineOf(`${root}/proc/${name}/comm`) === PROXY);
