import type { NetworkView } from '../../server/panel/wire.ts';
import { useLive } from '../ui/live/store.ts';
import { Section } from '../ui/section.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useFormat } from '../ui/words/format.ts';
import { useAccessWords } from './access-words.ts';
import { OpenWatching } from './open-watching.tsx';

/** How other machines reach the board, how they can trust it, and whether they may watch without login. */
export function Network() {
  const { network } = useAccessWords();
  const f = useFormat();
  const admin = useLive(({ me }) => me?.role === 'admin');
  const { data, error, reload } = useSnapshot<NetworkView>('/network');
  return (
    <Section title={network.title}>
      {error && <Trouble error={error} again={reload} />}
      {data && (
        <div className="grid gap-3 text-sm" data-testid="settings-network">
          {data.insecure && <p className="rounded-lg bg-warn-soft px-3 py-2 text-warn">{network.insecure}</p>}
          {data.addresses.length === 0 ? (
            <p className="text-quiet">{network.onlyHere}</p>
          ) : (
            <div>
              <p className="label">{network.addresses}</p>
              <ul className="grid gap-1">
                {data.addresses.map((address) => (
                  <li key={address}>
                    <a className="link break-all" href={address}>
                      {address}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <p>
            <span className="text-quiet">{network.came}</span> {data.encrypted ? network.encrypted : network.plain}
          </p>
          {data.certificate && (
            <div>
              <p className="label">{network.fingerprint}</p>
              <p className="rounded-lg bg-sunken px-3 py-2 font-mono text-xs break-all select-all">
                {data.certificate.fingerprint}
              </p>
              <p className="mt-1 text-xs text-quiet">{network.until(f.date(data.certificate.validUntil))}</p>
              <div className="mt-3 flex flex-wrap items-center gap-3">
                <p className="min-w-48 flex-1 text-quiet">{network.authorityHint}</p>
                <a className="btn" href="/ca.crt" download>
                  {network.authority}
                </a>
              </div>
            </div>
          )}
        </div>
      )}
      {admin && <OpenWatching />}
    </Section>
  );
}
