import { Infer } from './infer.tsx';

export default function Page() {
  return <Infer />;
}
