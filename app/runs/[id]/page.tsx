import { Run } from './run.tsx';

/** One exported page for every run: the server sends it for /runs/<number>, and the page reads the number itself. */
export const generateStaticParams = () => [{ id: '_' }];

export default function Page() {
  return <Run />;
}
