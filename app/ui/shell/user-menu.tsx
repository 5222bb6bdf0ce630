import Link from 'next/link';
import { signOut } from '../api.ts';
import { useLive } from '../live/store.ts';
import { MENU_ITEM, Menu } from '../menu.tsx';
import { useTheme } from '../theme.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { UserIcon } from './icons.tsx';

export function UserMenu() {
  const w = useWords();
  const me = useLive((live) => live.me);
  const { language, swap } = useLanguage();
  const { theme, next } = useTheme();
  return (
    <Menu bare name={<UserIcon />} label={w.shell.account} className="btn-quiet px-2 sm:min-w-11">
      <p className="px-2.5 py-1.5">
        <b className="block">{me?.guest ? w.shell.guest : me?.name}</b>
        {me && !me.guest && <span className="text-quiet">{w.shell.role[me.role]}</span>}
      </p>
      <Link data-closes href="/settings" className={MENU_ITEM}>
        {w.settings.title}
      </Link>
      {/* On a wide screen they stand in the bar. */}
      <button type="button" className={`${MENU_ITEM} sm:hidden`} lang={language === 'en' ? 'ko' : 'en'} onClick={swap}>
        {w.shell.language}
      </button>
      <button type="button" className={`${MENU_ITEM} sm:hidden`} onClick={next}>
        {w.shell.theme[theme]}
      </button>
      {me?.guest ? (
        <a href="/login" className={MENU_ITEM}>
          {w.login.submit}
        </a>
      ) : (
        <button type="button" className={MENU_ITEM} onClick={() => void signOut()}>
          {w.shell.signOut}
        </button>
      )}
    </Menu>
  );
}
