import { NewExperiment } from './new-experiment.tsx';

export default function Page() {
  return <NewExperiment />;
}
