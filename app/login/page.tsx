import { Login } from './login.tsx';

export default function Page() {
  return <Login />;
}
