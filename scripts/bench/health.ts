import { portsIn } from '../../server/hardware/detect/usb.ts';
import { findSensors } from '../../server/hardware/health/sensors.ts';
import { readMachine } from '../../server/hardware/machine-now.ts';
import { CORAL, fakeRoot, NCS2, RK3399 } from '../../server/test/fake-root.ts';

const LOOKS = 2000;

/**
 * CPU microseconds of one look at the machine and its sockets, which is taken once a second: on the files of an RK3399, and on
 * this machine's own. The files of a real kernel cost more than those of a disk.
 */
export function benchHealth() {
  const rk3399 = fakeRoot({ ...RK3399, ...CORAL, ...NCS2 });
  const result = { rk3399: looksUs(rk3399.path), here: looksUs('') };
  rk3399.remove();
  return result;
}

function looksUs(root: string) {
  const sensors = findSensors(root);
  const files = sensors.clusters.length * 3 + sensors.zones.length + sensors.brakes.length + sensors.power.length;
  const look = () => {
    readMachine(sensors);
    portsIn(root);
  };
  for (let i = 0; i < LOOKS / 10; i++) look();
  const from = process.cpuUsage();
  for (let i = 0; i < LOOKS; i++) look();
  const { user, system } = process.cpuUsage(from);
  const cpuUs = Number(((user + system) / LOOKS).toFixed(1));
  return { files, cpuUs, sharePercent: Number((cpuUs / 1e4).toFixed(4)) };
}
