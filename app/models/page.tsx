import { Models } from './models.tsx';

export default function Page() {
  return <Models />;
}
