import { Welcome } from './welcome.tsx';

export default function Page() {
  return <Welcome />;
}
