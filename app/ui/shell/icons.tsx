import {
  CircleUserRound,
  CircuitBoard,
  Contrast,
  Ellipsis,
  FlaskConical,
  ImageUp,
  Layers,
  type LucideIcon,
  Microchip,
  Plus,
  Scale,
  Search,
  Settings,
  SquareChartGantt,
  X,
} from 'lucide-react';

// One size and one stroke for every icon of the panel. Always beside a word or a label, so hidden from readers.

const drawn = (Icon: LucideIcon) => () => <Icon aria-hidden="true" size={20} strokeWidth={1.7} />;

export const BoardIcon = drawn(CircuitBoard);
export const PlusIcon = drawn(Plus);
export const ExperimentsIcon = drawn(FlaskConical);
export const RunsIcon = drawn(SquareChartGantt);
export const CompareIcon = drawn(Scale);
export const ModelsIcon = drawn(Layers);
export const UnitsIcon = drawn(Microchip);
export const InferIcon = drawn(ImageUp);
export const SearchIcon = drawn(Search);
export const MoreIcon = drawn(Ellipsis);
export const SettingsIcon = drawn(Settings);
export const UserIcon = drawn(CircleUserRound);
export const ThemeIcon = drawn(Contrast);
export const CloseIcon = drawn(X);

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
