import { Board } from './board.tsx';

export default function Page() {
  return <Board />;
}
