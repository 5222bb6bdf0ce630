'use client';

import Link from 'next/link';
import { useState } from 'react';
import { DoorCard } from '../ui/shell/door-card.tsx';
import { useWords } from '../ui/words/language.ts';
import { ClaimForm } from './claim-form.tsx';
import { useSetup } from './use-setup.ts';
import { WhatIsHere } from './what-is-here.tsx';

/** Shown once: what was found, and whoever holds the token from the console becomes its owner. */
export function Welcome() {
  const w = useWords();
  const { setup, found, error } = useSetup();
  const [measure, setMeasure] = useState(false);
  if (setup?.claimed)
    return (
      <DoorCard title={w.welcome.title}>
        <p className="mt-2 text-quiet">{w.welcome.owned}</p>
        <Link href="/login" className="btn btn-primary mt-4">
          {w.welcome.toLogin}
        </Link>
      </DoorCard>
    );
  return (
    <DoorCard title={w.welcome.title} aside={<WhatIsHere found={found} measure={measure} onMeasure={setMeasure} />}>
      <ClaimForm measure={measure} unreachable={error} />
    </DoorCard>
  );
}
