import { Experiments } from './experiments.tsx';

export default function Page() {
  return <Experiments />;
}
