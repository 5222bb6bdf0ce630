import { Unit } from './unit.tsx';

/** One exported page for every unit: the server sends it for /units/<id>, and the page reads the id itself. */
export const generateStaticParams = () => [{ id: '_' }];

export default function Page() {
  return <Unit />;
}
