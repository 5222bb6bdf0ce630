import { Suspense } from 'react';
import { Runs } from './runs.tsx';

export default function Page() {
  return (
    <Suspense>
      <Runs />
    </Suspense>
  );
}
