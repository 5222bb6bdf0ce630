import { Experiment } from './experiment.tsx';

/** One exported page for every experiment, as for runs. */
export const generateStaticParams = () => [{ id: '_' }];

export default function Page() {
  return <Experiment />;
}
