import { Units } from './units.tsx';

export default function Page() {
  return <Units />;
}
