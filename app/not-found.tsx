import { NotFound } from './ui/not-found.tsx';

export default function Page() {
  return <NotFound />;
}
