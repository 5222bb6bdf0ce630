/**
 * Runs before the first paint: a page never flashes in the wrong theme, and one to be read in Korean stays unseen until its
 * words are there (a second at most). Keys as in preferences.ts and words/language.ts.
 */
export const FIRST_LOOK = `(()=>{const d=document.documentElement;try{
const t=localStorage.getItem('theme'),dark=t==='dark'||(t!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches);
d.dataset.theme=dark?'dark':'light';d.dataset.density=localStorage.getItem('density')==='compact'?'compact':'comfortable';
const l=localStorage.getItem('language')||(/^ko/i.test(navigator.language)?'ko':'en');
if(l==='ko'){d.lang='ko';d.dataset.words='waiting';setTimeout(()=>d.removeAttribute('data-words'),1000)}
}catch{d.dataset.theme='light'}})()`;
