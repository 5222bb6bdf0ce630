import { useState } from 'react';
import { PERMISSIONS } from '../../server/panel/permissions.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { Section } from '../ui/section.tsx';
import { useWords } from '../ui/words/language.ts';

/** Every door of the board, from the very table that guards them. */
export function ApiRoutes() {
  const w = useWords();
  const [filter, setFilter] = useState('');
  const doors = Object.entries(PERMISSIONS).map(([door, who]) => {
    const [method = '', path = ''] = door.split(' ');
    return { door, method: method === 'socket' ? 'Socket.IO' : method, path, who };
  });
  const shown = doors.filter(({ door, who }) => `${door} ${who}`.toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <Section
      flush
      title={w.settings.routes}
      hint={w.settings.routesHint}
      aside={
        <input
          type="search"
          className="field w-52"
          placeholder={w.keys.search}
          aria-label={`${w.keys.search}: ${w.settings.routes}`}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      }
    >
      <ScrollX name={w.settings.routes} className="max-h-[28rem] overflow-y-auto">
        <table className="table" data-testid="settings-routes">
          <thead className="sticky top-0 bg-surface">
            <tr>
              <th>{w.settings.method}</th>
              <th>{w.settings.path}</th>
              <th>{w.settings.who}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ door, method, path, who }) => (
              <tr key={door}>
                <td className="text-quiet">{method}</td>
                <td className="font-mono text-xs whitespace-nowrap">{path}</td>
                <td className="whitespace-nowrap">{w.settings.permissions[who]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}
