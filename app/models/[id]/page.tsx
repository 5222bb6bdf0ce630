import { Model } from './model.tsx';

/** One exported page for every model: the server sends it for /models/<id>, and the page reads the id itself. */
export const generateStaticParams = () => [{ id: '_' }];

export default function Page() {
  return <Model />;
}
