import { useEffect, useState } from 'react';
import type { Pin } from './pin.ts';

/** The pinned row, as it changes. */
export function usePinned(pin: Pin): number | null {
  const [row, setRow] = useState(pin.row);
  useEffect(() => {
    setRow(pin.row);
    return pin.hear(() => setRow(pin.row));
  }, [pin]);
  return row;
}
