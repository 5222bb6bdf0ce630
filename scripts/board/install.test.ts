import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../server/test/product.ts';

// What the installer does to a machine, done to a folder.

const board = fileURLToPath(new URL('.', import.meta.url));

function stage(t: TestContext) {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const root = join(folder.path, 'root');
  mkdirSync(root);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  /** As npm run bundle lays it out, without its weight. */
  const bundle = (version: string, migrations: readonly string[]) => {
    const place = join(folder.path, `bundle-${version}`);
    cpSync(board, join(place, 'board'), { recursive: true });
    cpSync(join(board, 'install.sh'), join(place, 'install.sh'));
    write(join(place, 'board/architecture'), 'aarch64\n');
    write(join(place, 'board/glibc'), '2.28\n');
    write(join(place, 'package.json'), `${JSON.stringify({ name: 'switchyard', version, type: 'module' }, null, 2)}\n`);
    for (const name of migrations) write(join(place, 'prisma/migrations', name, 'migration.sql'), '');
    for (const program of ['node/bin/node', 'bin/switchyard', 'dist/server.js']) {
      write(join(place, program), '#!/bin/sh\n');
      chmodSync(join(place, program), 0o755);
    }
    return (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync('sh', [join(place, 'install.sh'), ...args, '--root', root], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      return { status, said: stdout + stderr };
    };
  };
  return {
    root,
    bundle,
    write: (path: string, text: string) => write(join(root, path), text),
    read: (path: string) => readFileSync(join(root, path), 'utf8'),
    has: (path: string) => existsSync(join(root, path)),
    current: () => readlinkSync(join(root, 'opt/switchyard/current')),
  };
}

test('an upgrade keeps settings and data, and can be taken back', (t) => {
  const { bundle, current, read, write } = stage(t);
  assert.deepEqual(bundle('0.1.0', ['1_init'])('--port', '8123', '--lan'), {
    status: 0,
    said: 'switchyard: installed; it was not started\n',
  });
  assert.equal(current(), 'releases/0.1.0');
  assert.match(read('etc/switchyard/switchyard.env'), /^HOST=0\.0\.0\.0\nPORT=8123$/m);
  assert.match(read('etc/switchyard/switchyard.env'), /^SWITCHYARD_FLAGS=$/m);
  assert.match(read('etc/avahi/services/switchyard.service'), /<port>8123<\/port>/);
  assert.match(read('etc/systemd/dnssd/switchyard.dnssd'), /^Port=8123$/m);
  write('var/lib/switchyard/switchyard.db', 'runs of 0.1.0');
  const next = bundle('0.2.0', ['1_init']);
  assert.equal(next().status, 0);
  assert.equal(current(), 'releases/0.2.0');
  assert.match(read('etc/switchyard/switchyard.env'), /^PORT=8123$/m);
  write('var/lib/switchyard/switchyard.db', 'runs of 0.2.0');
  assert.match(next('rollback').said, /back at 0\.1\.0/);
  assert.equal(current(), 'releases/0.1.0');
  assert.equal(read('var/lib/switchyard/switchyard.db'), 'runs of 0.2.0', 'both releases read the same database');
});

test('a release that changed the database is taken back with the database from before it', (t) => {
  const { bundle, has, read, write } = stage(t);
  bundle('0.1.0', ['1_init'])();
  write('var/lib/switchyard/switchyard.db', 'old');
  write('var/lib/switchyard/switchyard.db-wal', 'old wal');
  const next = bundle('0.2.0', ['1_init', '2_more']);
  next();
  write('var/lib/switchyard/switchyard.db', 'new');
  write('var/lib/switchyard/switchyard.db-shm', 'shared memory of the new one');
  assert.match(
    next('rollback').said,
    /as it was before the upgrade; what came since lies in \/var\/lib\/switchyard\/after/,
  );
  assert.equal(read('var/lib/switchyard/switchyard.db'), 'old');
  assert.equal(read('var/lib/switchyard/switchyard.db-wal'), 'old wal');
  assert.equal(read('var/lib/switchyard/after-upgrade/switchyard.db'), 'new', 'nothing is lost');
  assert.ok(!has('var/lib/switchyard/switchyard.db-shm'), 'it belonged to the other file');
});

test('the same version twice is two releases, and only the last two stay', (t) => {
  const { bundle, current, root } = stage(t);
  const install = bundle('0.1.0', ['1_init']);
  for (let times = 0; times < 3; times++) assert.equal(install().status, 0);
  assert.equal(current(), 'releases/0.1.0-3');
  assert.deepEqual(readdirSync(join(root, 'opt/switchyard/releases')).sort(), ['0.1.0-2', '0.1.0-3']);
});

test('uninstalling leaves nothing, or nothing but the data, and is not done by mistake', (t) => {
  const { bundle, has, root, write } = stage(t);
  const install = bundle('0.1.0', ['1_init']);
  install();
  write('var/lib/switchyard/switchyard.db', 'runs');
  assert.deepEqual(install('uninstall'), {
    status: 2,
    said: 'switchyard: this deletes every run and model in /var/lib/switchyard; say --yes, or --keep-data\n',
  });
  assert.ok(has('opt/switchyard/current'));
  install('uninstall', '--keep-data');
  assert.deepEqual(left(root), ['var/lib/switchyard', 'var/lib/switchyard/switchyard.db']);
  install();
  install('uninstall', '--yes');
  assert.deepEqual(left(root), []);
});

test('where there are two kinds of cores the panel keeps to the little ones', (t) => {
  const { bundle, has, read, write } = stage(t);
  const install = bundle('0.1.0', ['1_init']);
  install();
  assert.ok(!has('etc/systemd/system/switchyard.service.d/cores.conf'), 'nothing is known of the cores');
  for (let core = 0; core < 6; core++)
    write(`sys/devices/system/cpu/cpu${core}/cpu_capacity`, core < 4 ? '485\n' : '1024\n');
  install();
  assert.equal(read('etc/systemd/system/switchyard.service.d/cores.conf'), '[Service]\nCPUAffinity=0 1 2 3\n');
  for (let core = 0; core < 6; core++)
    write(`sys/devices/system/cpu/cpu${core}/cpu_capacity`, core ? '1024\n' : '1000\n');
  install();
  assert.ok(!has('etc/systemd/system/switchyard.service.d/cores.conf'), 'all of one kind');
});

test('what it does not know it refuses, before anything is touched', (t) => {
  const { bundle, root } = stage(t);
  const install = bundle('0.1.0', ['1_init']);
  for (const [args, sentence] of [
    [['--port', 'eighty'], '--port wants a number, not "eighty"'],
    [['--port', '70000'], 'there is no port 70000'],
    [['--prot', '80'], 'there is no "--prot"'],
  ] as const) {
    const { status, said } = install(...args);
    assert.equal(status, 2);
    assert.match(said, /^usage: /);
    assert.equal(said.trim().split('\n').at(-1), `switchyard: ${sentence}`);
  }
  assert.match(install('rollback').said, /Switchyard is not installed here/);
  assert.deepEqual(readdirSync(root), []);
});

test('systemd itself finds nothing to say against the service', (t) => {
  if (spawnSync('systemd-analyze', ['--version']).error) return t.skip('systemd-analyze is not on this machine');
  const { bundle, root } = stage(t);
  bundle('0.1.0', ['1_init'])();
  for (const name of ['basic', 'sysinit', 'shutdown', 'network-online'])
    writeUnit(join(root, 'etc/systemd/system', `${name}.target`), name);
  const { stdout, stderr, status } = spawnSync(
    'systemd-analyze',
    ['verify', '--man=no', `--root=${root}`, 'switchyard.service'],
    { encoding: 'utf8' },
  );
  const about = (stdout + stderr).split('\n').filter((line) => line.includes('switchyard'));
  assert.deepEqual({ about, status }, { about: [], status: 0 });
});

const writeUnit = (file: string, name: string) => writeFileSync(file, `[Unit]\nDescription=${name}\n`);

const left = (root: string): string[] =>
  execFileSync('find', [root, '-printf', '%P\n'], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((path) => path.includes('switchyard'))
    .sort();
