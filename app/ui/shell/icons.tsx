import type { ReactNode } from 'react';

// Drawn on a grid of 20, one stroke width. Always beside a word, so hidden from readers.

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export const BoardIcon = () => (
  <Icon>
    <rect x="4.5" y="4.5" width="11" height="11" rx="2" />
    <path d="M8 1.8v2.7M12 1.8v2.7M8 15.5v2.7M12 15.5v2.7M1.8 8h2.7M1.8 12h2.7M15.5 8h2.7M15.5 12h2.7" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon>
    <path d="M10 4v12M4 10h12" />
  </Icon>
);
export const ExperimentsIcon = () => (
  <Icon>
    <path d="M7.5 2.5h5M8.3 2.5v5.2L3.6 15a1.7 1.7 0 0 0 1.5 2.5h9.8a1.7 1.7 0 0 0 1.5-2.5l-4.7-7.3V2.5M6 12.5h8" />
  </Icon>
);
export const RunsIcon = () => (
  <Icon>
    <path d="M3 5h7M6 10h11M3 15h9" strokeWidth="2.6" />
  </Icon>
);
export const CompareIcon = () => (
  <Icon>
    <path d="M4.5 16.5v-6M10 16.5v-13M15.5 16.5v-9" strokeWidth="2.6" />
  </Icon>
);
export const UserIcon = () => (
  <Icon>
    <circle cx="10" cy="7" r="3.2" />
    <path d="M3.8 17c.6-3 3.1-4.8 6.2-4.8s5.6 1.8 6.2 4.8" />
  </Icon>
);
export const ThemeIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="6.5" />
    <path d="M10 3.5v13a6.5 6.5 0 0 0 0-13z" fill="currentColor" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="M5 5l10 10M15 5L5 15" />
  </Icon>
);

export const Mark = () => (
  <svg aria-hidden="true" width="24" height="24" viewBox="0 0 32 32">
    <rect width="32" height="32" rx="7" fill="#3f4bd1" />
    <path
      d="M6 22h20M6 22h5c5 0 5-12 10-12h5"
      fill="none"
      stroke="#fff"
      strokeWidth="2.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
    <circle cx="6" cy="22" r="2.2" fill="#fff" />
  </svg>
);
