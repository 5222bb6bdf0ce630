import { Suspense } from 'react';
import { Compare } from './compare.tsx';

export default function Page() {
  return (
    <Suspense>
      <Compare />
    </Suspense>
  );
}
