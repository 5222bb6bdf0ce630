import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False while the exported page wakes up: until then it shows what the build has written. */
export const useAwake = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
